import Hummingbird
import Institutions
import Kernel
import People
import Web

/// `/kerja/kompetisi/{edition}/penyamaran`: hiding the names in the proposals of a blind edition.
package struct RedactionPages: Sendable {
    private let redactions: Redactions
    private let register: @Sendable () -> Register

    package init(_ redactions: Redactions, register: @escaping @Sendable () -> Register) {
        self.redactions = redactions
        self.register = register
    }

    package func add(to desk: Desk) {
        desk.page("/kerja/kompetisi/{edition}/penyamaran", .manageEditions) { _, context, person, frame in
            let (stored, lines) = try await redactions.all(
                in: try context.part("edition"), for: person, at: context.began)
            let register = register()
            let names = Dictionary(
                lines.map { ($0.institution, register.institution($0.institution)?.name ?? $0.institution) },
                uniquingKeysWith: { a, _ in a })
            return .personal(RedactionView.list(stored, lines, names, frame))
        }
        desk.page("/kerja/kompetisi/{edition}/penyamaran/{proposal}", .manageEditions) { _, context, person, frame in
            .personal(RedactionView.page(try await sheet(context, person), nil, .none, frame))
        }
        desk.submit("/kerja/kompetisi/{edition}/penyamaran/{proposal}", .manageEditions) {
            form, _, context, person, frame in
            let sheet = try await sheet(context, person)
            var typed = Redaction(texts: sheet.offered.texts, documents: form.all("dokumen"))
            for field in form.parameters where Redactions.isShown(field.name) { typed.texts[field.name] = field.value }
            let left = form.all("tetap").isEmpty ? leaks(typed, sheet.names) : []
            guard left.isEmpty else {
                return .personal(RedactionView.page(sheet, typed, FormProblems(left), frame), status: 422)
            }
            try await redactions.confirm(
                sheet.proposal.id, in: sheet.stored.code, texts: typed.texts, documents: typed.documents,
                by: person.actor(from: context.clientAddress), at: context.began)
            return .seeOther(frame.to(EditionMenuView.Place.redaction.path(sheet.stored.code)))
        }
    }

    /// The fields that still hold a name, an address or a number.
    private func leaks(_ typed: Redaction, _ names: [String]) -> [Problem] {
        typed.texts.filter { Redactions.isShown($0.key) && Redaction.hide(names, in: $0.value) != $0.value }
            .keys.sorted().map {
                Problem(
                    $0,
                    Phrase(
                        "Masih memuat nama, alamat, atau nomor. Samarkan, atau tandai bahwa memang boleh tampil.",
                        "Still holds a name, an address or a number. Hide it, or mark that it may stay."))
            }
    }

    private func sheet(_ context: Context, _ person: Person) async throws -> Redactions.Sheet {
        let register = register()
        return try await redactions.sheet(
            try context.number("proposal") { _ in ReadingRefusal.missing }, in: try context.part("edition"),
            for: person, at: context.began
        ) { register.giveaways(of: $0) }
    }
}

extension Register {
    /// Names of places and institutions near one, which tell whose a text is: all provinces, and every government and
    /// region of its own province.
    fileprivate func giveaways(of code: String) -> [String] {
        let province = province(of: institution(code)?.region)?.code
        let near = institutions.filter { $0.region.map { String($0.prefix(2)) } == province && province != nil }
        let own = names(of: code) + near.flatMap { names(of: $0.code) }
        return provinces.map(\.name) + regions.filter { $0.province == province }.map(\.name) + near.map(\.name)
            + own.filter { $0.kind != .spelling }.map(\.name)
    }
}
