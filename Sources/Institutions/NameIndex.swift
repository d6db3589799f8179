/// Names of institutions other than regional governments, by their core words.
struct NameIndex: Sendable {
    struct Entry: Hashable {
        let code: String
        let kind: InstitutionName.Kind
        let from: Int?
        let until: Int?
    }

    private var entries: [String: [Entry]] = [:]
    private let institutions: [String: Institution]
    private let longest: Int

    init(institutions list: [Institution], names: [InstitutionName]) {
        var institutions: [String: Institution] = [:]
        for institution in list { institutions[institution.code] = institution }
        let governments: Set<Institution.Kind> = [.province, .regency, .city]
        var longest = 0
        for name in names {
            guard let institution = institutions[name.code], !governments.contains(institution.kind) else { continue }
            let core = Spelling(name.name).core
            let entry = Entry(code: name.code, kind: name.kind, from: name.from, until: name.until)
            let key = core.joined(separator: " ")
            guard !key.isEmpty, !entries[key, default: []].contains(entry) else { continue }
            entries[key, default: []].append(entry)
            longest = max(longest, core.count)
        }
        self.institutions = institutions
        self.longest = longest
    }

    /// The institutions that bear exactly this name, in that year where the year is known.
    func named(_ core: [String], year: Int?) -> Resolution? {
        let key = Self.withoutDepartment(core).joined(separator: " ")
        guard let all = entries[key] else { return nil }
        let fitting = all.filter { entry in
            guard let year else { return true }
            return (entry.from ?? .min) <= year && year <= (entry.until ?? .max)
        }
        let candidates = fitting.isEmpty ? all : fitting
        let codes = Set(candidates.map(\.code))
        if codes.count == 1, let entry = candidates.first { return .found(code: entry.code, how: how(entry.kind)) }
        let official = candidates.filter { $0.kind == .official }
        if official.count == 1, let entry = official.first { return .found(code: entry.code, how: .official) }
        return .unresolved(.ambiguous(codes.sorted()))
    }

    /// The longest name inside a longer spelling: a ministry or agency followed by nothing or by words of an office, a
    /// university at the end, an enterprise at the beginning followed by words of an office.
    func within(_ core: [String], enterprise: Bool, year: Int?) -> Resolution? {
        let core = Self.withoutDepartment(core)
        for length in stride(from: min(longest, core.count - 1), to: 0, by: -1) {
            var codes: Set<String> = []
            for start in 0...(core.count - length) {
                let end = start + length
                let words = Array(core[start..<end])
                guard case .found(let code, _)? = named(words, year: year), let kind = institutions[code]?.kind else {
                    continue
                }
                let closes = end == core.count || Self.officeWords.contains(core[end])
                let fits =
                    switch kind {
                    case .ministry, .agency:
                        closes && !enterprise
                            && (length > 1 || start == 0 || end == core.count && words[0].utf8.count >= 5)
                    case .university: length > 1 && end == core.count
                    case .stateEnterprise, .regionalEnterprise, .other:
                        start == 0 && closes && (enterprise || length > 1)
                    case .province, .regency, .city: false
                    }
                if fits { codes.insert(code) }
            }
            if codes.count == 1, let code = codes.first { return .found(code: code, how: .office) }
            if codes.count > 1 { return .unresolved(.several(codes.sorted())) }
        }
        return nil
    }

    /// The one name that a small typing error makes of this.
    func misspelt(_ core: [String]) -> String? {
        let text = core.joined()
        let known = entries.lazy.flatMap { key, list in
            Set(list.map(\.code)).map { (key: key.split(separator: " ").joined(), value: $0) }
        }
        return closest(to: text, among: known, shortest: 10)
    }

    private func how(_ kind: InstitutionName.Kind) -> Resolution.How {
        switch kind {
        case .official: .official
        case .former: .former
        case .short: .short
        case .spelling: .spelling
        }
    }

    /// "Departemen X" and "Kementerian Negara X" are the older forms of "Kementerian X" (UU 39/2008).
    private static func withoutDepartment(_ core: [String]) -> [String] {
        guard let first = core.first else { return core }
        if first == "departemen" { return ["kementerian"] + core.dropFirst() }
        if core.count > 2, first == "kementerian", core[1] == "negara" { return ["kementerian"] + core.dropFirst(2) }
        return core
    }

    /// Words that begin the name of an office of the body named before them.
    static let officeWords: Set<String> = [
        "perwakilan", "kantor", "wilayah", "kanwil", "cabang", "regional", "unit", "area", "divisi", "daop", "daerah",
        "provinsi", "kabupaten", "kota", "pusat", "direktorat", "balai", "biro", "sekretariat", "deputi", "uid", "up3",
        "ulp", "uiw", "witel", "region", "region", "refinery", "kilang", "subholding", "di", "pelabuhan", "bagian",
        "puslatbang", "uptd", "upt", "kpp", "divre", "sekretaris", "badan", "fakultas", "distribusi",
    ]
}
