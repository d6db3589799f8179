import Kernel

/// A reason why somebody must not read, hear or judge a proposal, nor see what others make of it.
package struct Conflict: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case works, worked, province, mentor, trainer, author, panel, declared

        package var name: Phrase {
            switch self {
            case .works: Phrase("bekerja di instansinya", "works at the institution")
            case .worked: Phrase("pernah bekerja di instansinya", "worked at the institution")
            case .province: Phrase("satu provinsi", "the same province")
            case .mentor: Phrase("mendampingi pengusul", "mentors the proposer")
            case .trainer: Phrase("melatih pengusul", "trained the proposer")
            case .author: Phrase("ikut menulis atau mencipta", "co-author or creator")
            case .panel: Phrase("duduk di panel", "sits on the panel")
            case .declared: Phrase("dinyatakan sendiri", "declared")
            }
        }
    }

    /// A proposal and an evaluator, by number.
    package struct Pair: Sendable, Hashable {
        package let proposal: Int
        package let evaluator: Int

        package init(_ proposal: Int, _ evaluator: Int) { (self.proposal, self.evaluator) = (proposal, evaluator) }
    }

    package let proposal: Int
    package let evaluator: Int
    package let kind: Kind
    /// For the organiser's eyes: it names institutions and, where accounts look alike, says so.
    package let why: Phrase

    package var pair: Pair { Pair(proposal, evaluator) }
}

/// What is known of a proposal that somebody may be in conflict with.
package struct ConflictSubject: Sendable, Hashable {
    package let proposal: Int
    /// The institution and all that it became or came from.
    package let family: Set<String>
    package let institutionName: String
    package let unit: Int?
    /// The record that its innovation belongs to now, whatever was merged.
    package let innovation: Int
    /// The province's region code; nil for a national institution.
    package let province: String?
    /// The accounts that wrote, corrected or sent it.
    package let authors: Set<Int>
}

/// What is known of somebody who may be in conflict with a proposal.
package struct ConflictSide: Sendable, Hashable {
    /// A post that an account holds or held.
    package struct Post: Sendable, Hashable {
        package let institution: String
        package let unit: Int?
        package let isNow: Bool
        /// The manager of a Hub mentors all that the Hub reaches.
        package let isHub: Bool
        /// Whether it is of another account, which bears the same name or telephone.
        package let isLookalike: Bool
    }

    /// A tie as it was declared, or entered by the secretariat.
    package struct Tie: Sendable, Hashable {
        package enum Kind: String, Sendable, Hashable, CaseIterable {
            case works, worked, mentor, trainer, author, other

            package var conflict: Conflict.Kind {
                switch self {
                case .works: .works
                case .worked: .worked
                case .mentor: .mentor
                case .trainer: .trainer
                case .author: .author
                case .other: .declared
                }
            }
        }

        package let kind: Kind
        package let institution: String?
        package let unit: Int?
        /// The institution of the unit.
        package let unitInstitution: String?
        /// The record that the innovation belongs to now.
        package let innovation: Int?
        package let proposal: Int?
        package let words: String?
        package let isOwn: Bool
    }

    package let evaluator: Int
    package let account: Int
    package let seat: Evaluator.Seat
    package let province: String?
    package let posts: [Post]
    package let ties: [Tie]
    /// The account sits on the edition's panel, whatever this seat is.
    package let isPanelist: Bool
    /// Proposals that the account began or finished reading as an evaluator.
    package let read: Set<Int>
}

extension Conflict {
    /// Every conflict between a proposal and somebody; each kind once, the gravest of its reasons.
    package static func all(_ subject: ConflictSubject, _ side: ConflictSide) -> [Conflict] {
        var found: [Conflict] = []
        func add(_ kind: Kind, _ why: Phrase) {
            guard !found.contains(where: { $0.kind == kind }) else { return }
            found.append(Conflict(proposal: subject.proposal, evaluator: side.evaluator, kind: kind, why: why))
        }
        if subject.authors.contains(side.account) {
            add(.author, Phrase("Ikut menulis atau mengirim usulan ini.", "Wrote or sent this proposal."))
        }
        for post in side.posts where !post.isLookalike || subject.family.contains(post.institution) {
            if let (kind, why) = post.conflict(with: subject) { add(kind, why) }
        }
        for tie in side.ties where tie.reaches(subject) { add(tie.kind.conflict, tie.why(subject)) }
        if let province = side.province, province == subject.province {
            add(
                .province,
                Phrase(
                    "Satu provinsi dengan \(subject.institutionName).", "Same province as \(subject.institutionName).")
            )
        }
        // Of the two seats one bears it: the panel's for what was read already, the evaluator's for all the rest.
        if side.isPanelist, side.seat == .evaluator, !side.read.contains(subject.proposal) {
            add(.panel, Phrase("Duduk di panel yang akan menilainya.", "Sits on the panel that will judge it."))
        }
        if side.seat == .panelist, side.read.contains(subject.proposal) {
            add(.panel, Phrase("Sudah membacanya sebagai penilai.", "Read it as an evaluator."))
        }
        return found
    }
}

extension ConflictSide.Post {
    func conflict(with subject: ConflictSubject) -> (Conflict.Kind, Phrase)? {
        let name = subject.institutionName
        guard subject.family.contains(institution) else {
            // A province's Hub reaches the regencies and cities of the province.
            guard isHub, institution.hasPrefix("P"),
                subject.family.contains(where: { $0.hasPrefix("R\(institution.dropFirst()).") })
            else { return nil }
            return (.mentor, Phrase("Mengelola Hub yang mendampingi \(name).", "Manages the Hub that mentors \(name)."))
        }
        if isLookalike {
            return (
                isNow ? .works : .worked,
                Phrase(
                    "Akun lain dengan nama atau telepon yang sama \(isNow ? "bertugas" : "pernah bertugas") di \(name).",
                    "Another account with the same name or telephone \(isNow ? "has" : "had") a role at \(name).")
            )
        }
        return isNow
            ? (.works, Phrase("Bertugas di \(name).", "Has a role at \(name)."))
            : (.worked, Phrase("Pernah bertugas di \(name).", "Had a role at \(name)."))
    }
}

extension ConflictSide.Tie {
    func reaches(_ subject: ConflictSubject) -> Bool {
        if let institution, subject.family.contains(institution) { return true }
        if let unit, unit == subject.unit { return true }
        if let unitInstitution, subject.family.contains(unitInstitution) {
            // Who belongs to the institution belongs to all of it; whom a unit is otherwise close to, only to what is
            // the unit's own, or the whole institution's.
            if kind == .works || kind == .worked || subject.unit == nil { return true }
        }
        return innovation.map { $0 == subject.innovation } ?? false || proposal.map { $0 == subject.proposal } ?? false
    }

    func why(_ subject: ConflictSubject) -> Phrase {
        let name = kind.conflict.name
        let note = words.map { ": " + $0 } ?? ""
        return isOwn
            ? Phrase("Dinyatakan sendiri (\(name.indonesian))\(note)", "Declared (\(name.english))\(note)")
            : Phrase(
                "Dicatat penyelenggara (\(name.indonesian))\(note)", "Entered by the organiser (\(name.english))\(note)"
            )
    }
}
