import Kernel

/// Choosing proposals under the constraints that an edition published: what a chosen set breaks, in words with numbers.
/// A constraint never changes a score; it only says which sets may be chosen.
package struct Selection: Sendable {
    /// What the constraints ask of a proposal.
    package struct Candidate: Sendable, Hashable {
        package let proposal: Int
        package let group: String?
        package let category: String?
        /// The kind of its institution, as `Institution.Kind` writes it.
        package let agency: String?
        /// The code of its institution's region: `33`, `33.17`.
        package let region: String?
        package let institution: String

        package init(
            proposal: Int, group: String?, category: String?, agency: String?, region: String?, institution: String
        ) {
            (self.proposal, self.group, self.category) = (proposal, group, category)
            (self.agency, self.region, self.institution) = (agency, region, institution)
        }
    }

    /// One bound on how many of some candidates are chosen.
    struct Bound: Sendable, Hashable {
        let balance: EditionBalance
        /// For a bound on any one institution: which.
        let institution: String?
        let least: Int
        let most: Int

        func holds(_ candidate: Candidate) -> Bool {
            if let institution { return candidate.institution == institution }
            switch balance.kind {
            case .category: return candidate.category == balance.value
            case .group: return candidate.group == balance.value
            case .agency: return candidate.agency == balance.value
            case .regions: return Selection.lies(candidate.region, within: balance.value)
            case .institution: return false
            }
        }
    }

    let edition: Edition
    let subject: EditionBalance.Subject
    package let candidates: [Candidate]
    let bounds: [Bound]

    package init(_ edition: Edition, _ subject: EditionBalance.Subject, _ candidates: [Candidate]) {
        self.edition = edition
        self.subject = subject
        self.candidates = candidates
        let institutions = Set(candidates.map(\.institution)).sorted()
        bounds = edition.selection.filter { $0.subject == subject }.flatMap { balance in
            let (least, most) = (balance.least ?? 0, balance.most ?? Int.max)
            guard balance.kind == .institution else {
                return [Bound(balance: balance, institution: nil, least: least, most: most)]
            }
            // Any one institution: a least would ask each of them for some, which no edition means.
            return institutions.map { Bound(balance: balance, institution: $0, least: 0, most: most) }
        }
    }

    /// How many may be chosen at most: the number of finalists, or the sum of the tiers' places; nil where open.
    package var most: Int? {
        switch subject {
        case .finalists: return edition.finalists
        case .awards:
            let places = edition.awards.map(\.most)
            return places.isEmpty || places.contains(nil) ? nil : places.compactMap(\.self).reduce(0, +)
        }
    }

    /// What a chosen set breaks; nothing when it keeps every published constraint.
    ///
    /// - Parameter awards: the tier of each chosen proposal that has one.
    package func problems(chosen: Set<Int>, awards: [Int: String] = [:]) -> [Phrase] {
        var found: [Phrase] = []
        if let most, chosen.count > most {
            found.append(
                Phrase(
                    "Terpilih \(chosen.count), paling banyak \(most).", "\(chosen.count) chosen, \(most) at most."))
        }
        let taken = candidates.filter { chosen.contains($0.proposal) }
        for bound in bounds {
            let count = taken.count(where: bound.holds)
            guard count < bound.least || count > bound.most else { continue }
            found.append(broken(bound, count))
        }
        return subject == .awards ? found + tiers(chosen, awards, taken) : found
    }

    /// What holds, constraint by constraint, with how many of the chosen it concerns.
    package func account(of chosen: Set<Int>) -> [(rule: Phrase, count: Int, isKept: Bool)] {
        let taken = candidates.filter { chosen.contains($0.proposal) }
        return edition.selection.filter { $0.subject == subject }.map { balance in
            let own = bounds.filter { $0.balance == balance }
            let counts = own.map { bound in taken.count(where: bound.holds) }
            return (
                Self.rule(balance, edition), counts.max() ?? 0,
                zip(own, counts).allSatisfy { $0.least <= $1 && $1 <= $0.most }
            )
        }
    }

    private func tiers(_ chosen: Set<Int>, _ awards: [Int: String], _ taken: [Candidate]) -> [Phrase] {
        guard !edition.awards.isEmpty else { return [] }
        var found: [Phrase] = []
        for tier in edition.awards {
            let holders = taken.filter { awards[$0.proposal] == tier.code }
            if let most = tier.most, holders.count > most {
                found.append(
                    Phrase(
                        "\(tier.name.indonesian): \(holders.count) terpilih, paling banyak \(most).",
                        "\(tier.name.english): \(holders.count) chosen, \(most) at most."))
            }
            let strangers = holders.filter { tier.group != nil && $0.group != tier.group }.map { String($0.proposal) }
            if !strangers.isEmpty {
                let numbers = strangers.joined(separator: ", ")
                found.append(
                    Phrase(
                        "\(tier.name.indonesian) bukan untuk kelompok usulan \(numbers).",
                        "\(tier.name.english) is not for the group of proposals \(numbers)."))
            }
        }
        let known = Set(edition.awards.map(\.code))
        let bare = chosen.filter { proposal in !(awards[proposal].map(known.contains) ?? false) }.sorted()
        if !bare.isEmpty {
            let numbers = bare.map(String.init).joined(separator: ", ")
            found.append(
                Phrase(
                    "Pilih penghargaan untuk usulan \(numbers).", "Choose the award of proposals \(numbers)."))
        }
        return found
    }

    private func broken(_ bound: Bound, _ count: Int) -> Phrase {
        let (whose, limit) = (Self.whose(bound.balance, edition, bound.institution), bound.least > count)
        return limit
            ? Phrase(
                "\(whose.indonesian): \(count) terpilih, paling sedikit \(bound.least).",
                "\(whose.english): \(count) chosen, \(bound.least) at least.")
            : Phrase(
                "\(whose.indonesian): \(count) terpilih, paling banyak \(bound.most).",
                "\(whose.english): \(count) chosen, \(bound.most) at most.")
    }

    /// A constraint in words: "paling sedikit 1 dari kategori Kesehatan".
    static func rule(_ balance: EditionBalance, _ edition: Edition, institution: String? = nil) -> Phrase {
        let whose = whose(balance, edition, institution)
        var (indonesian, english): ([String], [String]) = ([], [])
        if let least = balance.least {
            indonesian.append("paling sedikit \(least)")
            english.append("at least \(least)")
        }
        if let most = balance.most {
            indonesian.append("paling banyak \(most)")
            english.append("at most \(most)")
        }
        return Phrase(
            "\(indonesian.joined(separator: " dan ")) dari \(whose.indonesian)",
            "\(english.joined(separator: " and ")) of \(whose.english)")
    }

    private static func whose(_ balance: EditionBalance, _ edition: Edition, _ institution: String?) -> Phrase {
        func named(_ choices: [EditionChoice], _ kind: Phrase) -> Phrase {
            let name = choices.first { $0.code == balance.value }?.name ?? Phrase(balance.value, balance.value)
            return Phrase("\(kind.indonesian) \(name.indonesian)", "\(kind.english) \(name.english)")
        }
        switch balance.kind {
        case .category: return named(edition.categories, Phrase("kategori", "category"))
        case .group: return named(edition.groups, Phrase("kelompok", "group"))
        case .agency:
            return Phrase("jenis instansi \(balance.value)", "institutions of the kind \(balance.value)")
        case .regions: return Phrase("wilayah \(balance.value)", "the regions \(balance.value)")
        case .institution:
            return institution.map { Phrase("instansi \($0)", "institution \($0)") }
                ?? Phrase("tiap instansi", "each institution")
        }
    }

    /// Whether a region is one of a list of codes, or lies in one of them.
    static func lies(_ region: String?, within list: String) -> Bool {
        guard let region else { return false }
        return list.split(separator: ",").contains { code in
            let code = code.filter { $0 != " " }
            return region == code || region.hasPrefix(code + ".")
        }
    }
}
