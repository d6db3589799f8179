import Hummingbird
import Kernel
import Web

/// The desk: `/kerja`, what to do today for whoever is signed in.
package struct DeskHomePages: Sendable {
    private let accounts: Accounts
    private let counts: [DeskCounts]
    private let clock: @Sendable () -> Instant

    /// - Parameter counts: what the other slices know of somebody's work, in the order of the page.
    package init(
        accounts: Accounts, counts: [DeskCounts], clock: @escaping @Sendable () -> Instant = Instant.now
    ) {
        self.accounts = accounts
        self.counts = counts
        self.clock = clock
    }

    package func add(to desk: Desk) {
        desk.page("/kerja", .enterDesk) { _, _, person, frame in
            var lines: [DeskLine] = try await people(person, frame.language)
            for count in counts { lines += try await count(person, frame.language) }
            // Places that no slice spoke of still stand here, without a number.
            let named = Set(lines.map(\.address.text))
            lines += DeskLinks.links(person, frame.language).dropFirst()
                .filter { !named.contains($0.address.text) }.map { DeskLine($0.name, $0.address) }
            let own = try await accounts.own(person.account, at: clock())
            return .personal(
                DeskView.page(
                    DeskPage(
                        lines: lines.filter { $0.urgency != .quiet }.sorted { $0.urgency < $1.urgency }
                            + lines.filter { $0.urgency == .quiet },
                        person: person,
                        roles: own.grants.filter(\.isLive).map { GrantWords.say($0, frame.language) }), frame))
        }
    }

    /// Whom an agency admin must confirm this year.
    private func people(_ person: Person, _ language: Language) async throws -> [DeskLine] {
        var lines: [DeskLine] = []
        for institution in Set(person.grants.filter { $0.role == .agencyAdmin }.compactMap(\.institution)).sorted() {
            let held = try await accounts.people(at: institution, at: clock())
                .filter { $0.account != person.account }.flatMap(\.grants)
            let late = held.count { $0.certification.isLapsed }
            let due = held.count { if case .due = $0.certification { true } else { false } }
            guard late + due > 0 else { continue }
            lines.append(
                DeskLine(
                    language.say("Konfirmasi siapa yang masih bertugas", "Confirm who is still in office"),
                    .path("kerja", "orang", query: [("instansi", institution)]), count: late + due,
                    note: late > 0
                        ? language.say("\(late) sudah berhenti berlaku", "\(late) rest already")
                        : language.say("setahun sekali", "once a year"), urgency: late > 0 ? .late : .soon))
        }
        return lines
    }
}
