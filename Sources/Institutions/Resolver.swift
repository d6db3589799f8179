import Foundation
import Kernel

/// Turns the spellings of real data into institutions, by general rules and the reference lists; says why when it
/// cannot. A wrong answer is worse than none: whatever fits two institutions is left open.
package struct Resolver: Sendable {
    private let gazetteer: Gazetteer
    private let names: NameIndex
    private let codes: Set<String>
    private let waterCompanies: [String: String]

    package init(institutions: [Institution], names: [InstitutionName], regions: [Region]) {
        gazetteer = Gazetteer(regions: regions, names: names)
        self.names = NameIndex(institutions: institutions, names: names)
        codes = Set(institutions.map(\.code))
        var water: [String: String] = [:]
        for institution in institutions where institution.code.hasPrefix("B-PDAM-") {
            if let region = institution.region { water[region] = institution.code }
        }
        waterCompanies = water
    }

    /// The institution a spelling names. The region hint (another column's text) only settles what the spelling leaves
    /// open, since such columns are often coarser or wrong; the year picks among names that were used in turn.
    package func resolve(_ spelling: String, region hint: String? = nil, year: Int? = nil) -> Resolution {
        let (outer, inner) = Spelling.parts(String(spelling.prefix(400)))
        let near = hint.flatMap { resolveRegion($0) }
        let words = Spelling(outer).words
        let aside = inner.map { Spelling($0).words }
        if let region = manyGovernments(words, aside) { return .unresolved(.manyGovernments(region: region)) }
        let answer = resolve(words, near: near, year: year)
        if answer.code != nil { return answer }
        for words in aside where !words.isEmpty {
            let other = resolve(words, near: near, year: year)
            if other.code != nil, case .unresolved(let reason) = answer, reason != .citizens { return other }
        }
        return answer
    }

    /// The region a spelling names: `33.72`, `33`; nil when it names none or leaves open which.
    package func resolveRegion(_ spelling: String) -> String? {
        let words = Spelling(Spelling.parts(String(spelling.prefix(400))).outer).words
        guard case .one(let code, _, _) = place(in: words, near: nil, bare: true) else { return nil }
        return code
    }

    private func resolve(_ words: [String], near: String?, year: Int?) -> Resolution {
        let spelling = Spelling(words: words)
        let core = spelling.core
        if words.isEmpty || ["tidak ada", "nihil", "null", "n a"].contains(words.joined(separator: " ")) {
            return .unresolved(.empty)
        }
        if LocalUnits.isCitizens(words) { return .unresolved(.citizens) }
        if words.contains("pdam") { return waterCompany(words, core, near: near, year: year) }
        if let named = names.named(core, year: year) { return named }
        let enterprise = LocalUnits.isEnterprise(words)
        if let office = NationalOffices.owner(words, year: year) {
            // Whose the office was depends on the year; a ministry named in the text settles it.
            if office.code == nil, let within = names.within(core, enterprise: enterprise, year: year) { return within }
            return office
        }
        if let local = government(words, near: near, sure: !enterprise) { return local }
        if let within = names.within(core, enterprise: enterprise, year: year) { return within }
        if let office = officeAt(words, year: year) { return office }
        if let code = names.misspelt(core) { return .found(code: code, how: .typo) }
        if enterprise { return .unresolved(.enterpriseNotListed(owner: nil)) }
        if LocalUnits.isUniversity(words) { return .unresolved(.universityNotListed) }
        return open(words, near: near)
    }

    private enum Place {
        case one(region: String, manner: Gazetteer.Mention.Manner, bare: Bool)
        case open(Resolution.Reason)
        case none
    }

    /// A regional government or a unit of one, when the words name it; nil leaves the words to other rules.
    private func government(_ words: [String], near: String?, sure: Bool) -> Resolution? {
        guard sure, !LocalUnits.isUniversity(words), !LocalUnits.isForeign(words) else { return nil }
        // A ministry's own unit may carry a place; the ministry named is the owner.
        let unit = LocalUnits.isUnit(words) || Gazetteer.level[words[0]] != nil
        if !unit, names.within(Spelling(words: words).core, enterprise: false, year: nil) != nil { return nil }
        switch place(in: words, near: near, bare: bareCounts(words)) {
        case .one(let region, let manner, _):
            guard let code = institution(governing: region) else { return nil }
            switch manner {
            case .exact: return .found(code: code, how: isPlain(words) ? .government : .unit)
            case .otherKind: return .found(code: code, how: .otherKind)
            case .typo: return .found(code: code, how: .typo)
            }
        case .open(let reason): return .unresolved(reason)
        case .none: return nil
        }
    }

    /// Whether a place without "Kabupaten" or "Kota" before it may name the government.
    private func bareCounts(_ words: [String]) -> Bool {
        if LocalUnits.isBelowRegion(words) { return false }
        if LocalUnits.isUnit(words) { return LocalUnits.takesBarePlace(words) }
        return gazetteer.mentions(in: words).first?.range.lowerBound == 0
    }

    private func isPlain(_ words: [String]) -> Bool {
        words[0] == "pemerintah" || gazetteer.mentions(in: words).first?.range.lowerBound == 0
    }

    private func place(in raw: [String], near: String?, bare: Bool) -> Place {
        let words = gazetteer.split(raw)
        let mentions = gazetteer.mentions(in: words)
        let stated = mentions.filter { !$0.stated.isEmpty }
        let lower = stated.filter { !$0.stated.isSubset(of: [.province]) }
        let provinces = stated.filter { $0.stated == [.province] }
        if let first = lower.first {
            if let province = provinces.first, province.range.lowerBound < first.range.lowerBound,
                province.range.lowerBound > 0
            {
                return .open(.several(governments(Set([province, first].flatMap(\.codes)))))
            }
            return settle(lower, words: words, near: near)
        }
        if let province = provinces.first {
            if bare, let before = mentions.first(where: { $0.range.upperBound == province.range.lowerBound }) {
                let inside = before.codes.filter { $0.count > 2 && province.codes.contains(String($0.prefix(2))) }
                if inside.count == 1 { return .one(region: inside[0], manner: .exact, bare: true) }
                if inside.count > 1 { return settle([before], words: words, near: near) }
            }
            return settle(provinces, words: words, near: near)
        }
        guard bare, let first = mentions.first else { return .none }
        guard let last = mentions.last, last.range.upperBound == words.count else { return .none }
        if mentions.count == 2, first.range.upperBound == last.range.lowerBound, last.codes.count == 1,
            last.codes[0].count == 2
        {
            let inside = first.codes.filter { $0.count > 2 && $0.hasPrefix(last.codes[0]) }
            if inside.count == 1 { return .one(region: inside[0], manner: .exact, bare: true) }
        }
        return settle(mentions, words: words, near: near)
    }

    private func settle(_ mentions: [Gazetteer.Mention], words: [String], near: String?) -> Place {
        let sets = Set(mentions.map(\.codes))
        guard sets.count == 1, let codes = sets.first, let mention = mentions.first else {
            return .open(.several(governments(Set(mentions.flatMap(\.codes)))))
        }
        if codes.count == 1 {
            return .one(region: codes[0], manner: mention.manner, bare: mention.stated.isEmpty)
        }
        if let near, codes.contains(near) { return .one(region: near, manner: mention.manner, bare: true) }
        if let near, near.count == 2 {
            let inside = codes.filter { $0.hasPrefix(near) }
            if inside.count == 1 { return .one(region: inside[0], manner: mention.manner, bare: true) }
        }
        return .open(.ambiguous(governments(Set(codes))))
    }

    private func waterCompany(_ words: [String], _ core: [String], near: String?, year: Int?) -> Resolution {
        if let named = names.named(core, year: year) { return named }
        switch place(in: words, near: near, bare: true) {
        case .one(let region, _, _):
            if let code = waterCompanies[region] { return .found(code: code, how: .enterprise) }
            return .unresolved(.enterpriseNotListed(owner: institution(governing: region)))
        case .open(let reason): return .unresolved(reason)
        case .none:
            if let within = names.within(core, enterprise: true, year: year) { return within }
            if let near, let code = waterCompanies[near] { return .found(code: code, how: .region) }
            return .unresolved(.enterpriseNotListed(owner: nil))
        }
    }

    /// "BPKP DIY", "PLN Bogor": a national body's or an enterprise's name, then a place and nothing else.
    private func officeAt(_ words: [String], year: Int?) -> Resolution? {
        guard let last = gazetteer.mentions(in: words).last, last.range.upperBound == gazetteer.split(words).count,
            last.range.lowerBound > 0
        else { return nil }
        let head = Spelling(words: Array(gazetteer.split(words)[..<last.range.lowerBound])).core
        guard case .found(let code, _)? = names.named(head, year: year), !code.hasPrefix("U-") else { return nil }
        return .found(code: code, how: .office)
    }

    /// What remains when no rule applies: the region column for units that only regional governments have.
    private func open(_ words: [String], near: String?) -> Resolution {
        if LocalUnits.isVillage(words) { return .unresolved(.village) }
        guard LocalUnits.isUnit(words) else { return .unresolved(.unknown) }
        if LocalUnits.isSurelyRegional(words), let near, let code = institution(governing: near),
            near.count > 2 || near == "31" || !LocalUnits.isBelowRegion(words)
        {
            return .found(code: code, how: .region)
        }
        return .unresolved(.unitWithoutGovernment)
    }

    /// "Jawa Timur (kab/kota)", "Kabupaten/Kota se-Jawa Tengah": the region whose governments are meant together.
    private func manyGovernments(_ words: [String], _ aside: [[String]]) -> String? {
        func both(_ words: [String]) -> Bool { words.contains("kabupaten") && words.contains("kota") }
        if aside.contains(where: both), case .one(let region, _, _) = place(in: words, near: nil, bare: true) {
            return region
        }
        guard both(words), let i = words.firstIndex(where: { $0 == "se" || $0 == "di" }) else { return nil }
        guard case .one(let region, _, _) = place(in: Array(words[(i + 1)...]), near: nil, bare: true) else {
            return nil
        }
        return region.count == 2 ? region : nil
    }

    private func governments(_ regions: Set<String>) -> [String] {
        Set(regions.compactMap { institution(governing: $0) }).sorted()
    }

    /// The government of a region; of a unit named Administrasi it is its province's.
    private func institution(governing region: String) -> String? {
        guard let region = gazetteer.regions[region] else { return nil }
        let code = region.level == .province || !region.autonomous ? "P\(region.province)" : "R\(region.code)"
        return codes.contains(code) ? code : nil
    }
}
