import Directory
import Documents
import Hummingbird
import Institutions
import Kernel
import People
import Web

/// How current the data are, for everybody; whom to call, for the secretariat and the Hub.
package struct CurrencyPages: Sendable {
    private static let rows = 100
    private let figures: CurrencyFigures
    private let register: @Sendable () -> Register
    private let publicURL: String

    package init(_ figures: CurrencyFigures, register: @escaping @Sendable () -> Register, publicURL: String) {
        self.figures = figures
        self.register = register
        self.publicURL = publicURL
    }

    package func add(to routes: Routes) {
        routes.page("/kemutakhiran") { request, context in
            let frame = Frame(request, context, publicURL: publicURL)
            let now = Instant.now()
            let counted = try await figures.count(at: now)
            let all = lines(counted.institutions, register())
            let place = try Place(try request.query().one("sesudah"), all.map(\.code), rows: Self.rows)
            let page = CurrencyPage(
                all: counted.all, continuity: counted.continuity, hubs: hubs(counted.institutions, register()),
                institutions: Array(all[place.range]), asOf: now,
                pager: place.pager { frame.to(.path("kemutakhiran", query: $0.map { [("sesudah", $0)] } ?? [])) })
            return .page(CurrencyView.page(page, frame), until: counted.until)
        }
        routes.get("/kemutakhiran.csv") { _, _ in
            let counted = try await figures.count(at: .now())
            var bytes = DelimitedText.byteOrderMark
            for row in [Self.header] + lines(counted.institutions, register()).map({ Self.cells($0) }) {
                DelimitedText.append(row, to: &bytes)
            }
            return .bytes(bytes, type: Exports.Format.csv.type, sharing: .everyone(until: counted.until))
        }
    }

    package func add(to desk: Desk) {
        desk.page("/kerja/kemutakhiran", .callInstitutions) { request, _, person, frame in
            let register = register()
            let calls = try await calls(person, register)
            let place = try Place(try request.query().one("sesudah"), calls.map(\.code), rows: Self.rows)
            return .personal(
                CurrencyView.calls(
                    Array(calls[place.range]), name: { register.institution($0)?.name ?? $0 },
                    pager: place.pager {
                        frame.to(.path("kerja", "kemutakhiran", query: $0.map { [("sesudah", $0)] } ?? []))
                    }, frame))
        }
        for format in [Exports.Format.csv, .xlsx] {
            desk.page("/kerja/kemutakhiran.\(format.rawValue)", .callInstitutions) { _, _, person, _ in
                let register = register()
                let rows = try await calls(person, register).map { Self.cells($0, register) }
                return TableFile.answer("kemutakhiran", format, header: Self.callHeader, rows)
            }
        }
    }

    private func calls(_ person: Person, _ register: Register) async throws -> [CurrencyFigures.Call] {
        let grants = person.grants(for: .callInstitutions)
        let calls = try await figures.calls(at: .now()) { code in grants.contains { $0.reaches(code) } }
        func name(_ code: String) -> String { register.institution(code)?.name ?? code }
        return calls.sorted { (name($0.code), $0.code) < (name($1.code), $1.code) }
    }

    private func lines(_ counted: [String: Currency], _ register: Register) -> [CurrencyLine] {
        counted.map {
            CurrencyLine(code: $0.key, name: register.institution($0.key)?.name ?? $0.key, currency: $0.value)
        }
        .sorted { ($0.name, $0.code) < ($1.name, $1.code) }
    }

    /// Each hub with what its members hold: for a province's the province with its regencies and cities, for others
    /// their own.
    private func hubs(_ counted: [String: Currency], _ register: Register) -> [CurrencyLine] {
        Set(register.hubs.map(\.institution)).map { hub in
            let grant = Grant(.hubManager, institution: hub)
            let members = counted.filter { grant.reaches($0.key) }.values
            return CurrencyLine(
                code: hub, name: "Hub " + (register.institution(hub)?.name ?? hub),
                currency: members.reduce(Currency(), +))
        }.filter { $0.currency.total > 0 }.sorted { ($0.name, $0.code) < ($1.name, $1.code) }
    }

    private static let header: [Cell] = [
        "institution_code", "institution_name", "total", "in_force", "due", "overdue", "never_validated", "stopped",
        "running_year_before", "in_force_year_before",
    ].map { .text($0) }

    private static func cells(_ line: CurrencyLine) -> [Cell] {
        let currency = line.currency
        return [
            .text(line.code), .text(line.name), .number(currency.total), .number(currency.inForce),
            .number(currency.due), .number(currency.overdue), .number(currency.never), .number(currency.stopped),
            currency.before.map { .number($0.running) } ?? .none, currency.before.map { .number($0.inForce) } ?? .none,
        ]
    }

    private static let callHeader = [
        "Kode", "Instansi", "Lewat masa berlaku", "Jatuh tempo", "Belum divalidasi", "Kontak",
    ]

    private static func cells(_ call: CurrencyFigures.Call, _ register: Register) -> [Cell] {
        let contacts = call.contacts.map {
            [$0.office, $0.email, $0.phone].compactMap(\.self).joined(separator: ", ")
        }
        return [
            .text(call.code), .text(register.institution(call.code)?.name ?? call.code), .number(call.currency.overdue),
            .number(call.currency.due), .number(call.currency.never), .text(contacts.joined(separator: "; ")),
        ]
    }
}

/// A stretch of an alphabetical list, found by the code after which it begins.
struct Place {
    let range: Range<Int>
    private let codes: [String]
    private let rows: Int

    /// Throws `QueryRefusal.unknownValue` for a code that the list does not hold.
    init(_ after: String?, _ codes: [String], rows: Int) throws {
        var start = 0
        if let after {
            guard let place = codes.firstIndex(of: after) else {
                throw QueryRefusal.unknownValue(name: "sesudah", allowed: codes)
            }
            start = place + 1
        }
        range = start..<min(start + rows, codes.count)
        self.codes = codes
        self.rows = rows
    }

    func pager(_ address: (String?) -> Address) -> Pager {
        let before = range.lowerBound - rows
        return Pager(
            from: range.isEmpty ? 0 : range.lowerBound + 1, to: range.upperBound, total: codes.count,
            previous: range.lowerBound == 0 ? nil : address(before > 0 ? codes[before - 1] : nil),
            next: range.upperBound < codes.count ? address(codes[range.upperBound - 1]) : nil)
    }
}
