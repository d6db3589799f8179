import Database
import Directory
import Institutions
import Kernel
import Linkage
import People
import Text

/// Which other proposals of the edition may be for the same innovation under other words, or repeat a text.
extension Proposals {
    /// How many candidates of each kind are looked at, and how many twins are told of.
    private static let mostCandidates = 20
    private static let mostTwins = 10

    /// A proposal as it is compared.
    private struct Compared {
        let id: Int
        let title: String
        let institution: String
        let unit: Int?
        let state: Proposal.State
        let record: Innovation
        let texts: [String: String]
    }

    /// Keeps the marks of a proposal that is being submitted.
    static func keepPrints(of proposal: Proposal, _ edition: Edition, _ db: Writer) throws {
        let print = ProposalPrint(title: proposal.title, texts: Array(texts(of: proposal, edition).values))
        try db.execute("DELETE FROM proposal_print WHERE proposal = \(proposal.id)")
        for (kind, marks) in [("title", print.title), ("word", print.words), ("passage", print.passages)] {
            try db.insert(
                "proposal_print", ["edition", "kind", "print", "proposal"],
                marks.map { [proposal.edition.sqlValue, kind.sqlValue, $0.sqlValue, proposal.id.sqlValue] })
        }
    }

    /// The sections of a group's form that hold something, by code.
    static func texts(of proposal: Proposal, _ edition: Edition) -> [String: String] {
        Dictionary(edition.form(of: proposal.group).map { ($0.code, proposal.text($0)) }) { first, _ in first }
            .filter { !$0.value.isEmpty }
    }

    /// The twins of a proposal among what was sent; for its own people also among what their agency has not sent yet.
    ///
    /// - Parameter grants: of the proposal's own people; nil for the organiser.
    static func twins(
        of proposal: Proposal, _ edition: Edition, for grants: [Grant]?, at: Instant, _ db: Reader
    ) throws -> [ProposalTwin] {
        let successors = try Successors.read(at: at, db)
        let family = successors.family(of: proposal.institution)
        let members = try Innovations.members(of: proposal.innovation, db)
        let texts = texts(of: proposal, edition)
        var candidates = try candidates(ProposalPrint(title: proposal.title, texts: Array(texts.values)), proposal, db)
        candidates.formUnion(try kin(of: proposal, family, withUnsent: grants != nil, db))
        // The same record in the edition is a verdict already, and no matter of likeness.
        let others = try read(candidates, edition, db).filter { !members.contains($0.0) }.map(\.1)
        guard !others.isEmpty, let own = try read([proposal.id], edition, db).first?.1 else { return [] }
        let chances = try chances(own, others)
        let mine = texts.values.reduce(into: Set()) { $0.formUnion(stems(of: $1)) }
        return zip(others, chances).map { other, chance in
            let theirs = other.texts.values.reduce(into: Set<String>()) { $0.formUnion(stems(of: $1)) }
            let all = mine.union(theirs).count
            return ProposalTwin(
                proposal: other.id, title: other.title, institution: other.institution, state: other.state,
                isSameOffice: family.contains(other.institution),
                mayOpen: grants.map { Self.reads($0, other, successors) } ?? true, probability: chance,
                // A few words agree by chance.
                words: min(mine.count, theirs.count) < 20 ? 0 : Double(mine.intersection(theirs).count) / Double(all),
                passages: ProposalPassage.shared(texts, other.texts))
        }.filter(\.isTelling).sorted { ($1.weight, $0.proposal) < ($0.weight, $1.proposal) }
            .prefix(mostTwins).map(\.self)
    }

    private static func reads(_ grants: [Grant], _ other: Compared, _ successors: Successors) -> Bool {
        let offices = successors.offices(of: other.institution)
        return grants.contains { grant in
            Right.write.roles.contains(grant.role) && offices.contains { grant.reaches($0) }
                && (grant.role.scope == .institution || grant.unit == other.unit)
        }
    }

    // MARK: who is compared

    /// Those sent that share marks: the title's words, most words, or a passage.
    private static func candidates(
        _ print: ProposalPrint, _ proposal: Proposal, _ db: Reader
    ) throws -> Set<Int> {
        var found: Set<Int> = []
        let kinds: [(String, [Int64], least: Int)] = [
            ("title", print.title, max(1, print.title.count / 2)),
            ("word", print.words, max(8, print.words.count * 3 / 5)), ("passage", print.passages, 1),
        ]
        for (kind, marks, least) in kinds where !marks.isEmpty {
            found.formUnion(
                try db.rows(
                    """
                    SELECT p.id, COUNT(*) AS shared FROM proposal_print k JOIN proposal p ON p.id = k.proposal
                    WHERE k.edition = \(proposal.edition) AND k.kind = \(kind) AND k.print IN \(marks)
                        AND p.id <> \(proposal.id) AND p.state IN \(Proposal.State.sent)
                    GROUP BY p.id HAVING COUNT(*) >= \(least) ORDER BY 2 DESC, 1 LIMIT \(mostCandidates)
                    """
                ) { try $0.int("id") })
        }
        return found
    }

    /// Those of the same institution, the latest first.
    private static func kin(
        of proposal: Proposal, _ family: [String], withUnsent: Bool, _ db: Reader
    ) throws -> [Int] {
        try db.rows(
            """
            SELECT id FROM proposal WHERE edition = \(proposal.edition) AND institution IN \(family)
                AND id <> \(proposal.id) AND state IN \(withUnsent ? Proposal.State.live : Proposal.State.sent)
            ORDER BY id DESC LIMIT \(2 * mostCandidates)
            """
        ) { try $0.int("id") }
    }

    private static func read(_ ids: Set<Int>, _ edition: Edition, _ db: Reader) throws -> [(Int, Compared)] {
        try db.rows(
            """
            SELECT p.id, p.innovation, p.title, p.institution, p.unit, p.state, p.group_code, p.content,
                r.content AS record, n.name AS office
            FROM proposal p JOIN revision r ON r.innovation = p.innovation AND r.number = p.revision
            JOIN institution n ON n.code = p.institution
            WHERE p.id IN \(ids.sorted()) ORDER BY p.id
            """
        ) { row in
            let content = try decoded([String: String].self, try row.text("content"))
            let form = edition.form(of: try row.textOrNil("group_code"))
            var record = try Innovation(json: try row.text("record"))
            record.title = try row.text("title")
            record.institution = try row.text("institution")
            record.institutionAsGiven = try row.text("office")
            record.texts[.summary] = form.lazy.compactMap { content[Proposal.field($0)] }.first ?? ""
            // Awards tell lists apart in which one innovation stands once; proposals are no such list.
            record.awards = []
            let texts = form.compactMap { section in content[Proposal.field(section)].map { (section.code, $0) } }
            return (
                try row.int("innovation"),
                Compared(
                    id: try row.int("id"), title: record.title, institution: try row.text("institution"),
                    unit: try row.intOrNil("unit"), state: try row.choice("state"), record: record,
                    texts: Dictionary(texts) { first, _ in first })
            )
        }
    }

    /// Read once: pages ask for it often.
    private static let model = Result { try LinkageRecords.model() }

    /// The chance of each that it is the same innovation, as if all were of one institution.
    private static func chances(_ own: Compared, _ others: [Compared]) throws -> [Double] {
        let scorer = try scorer([own] + others)
        return others.indices.map { scorer.score(0, $0 + 1).probability }
    }

    private static func scorer(_ compared: [Compared]) throws -> Scorer {
        let model = try model.get()
        let records = compared.map { one in
            var record = LinkageRecords.record(of: one.record, id: String(one.id))
            record.fields["institution"] = "satu"
            return record
        }
        return Scorer(model, try LinkageTable(records, model: model, known: model.fields))
    }

    // MARK: two side by side

    /// Two proposals of an edition that were sent, with what they have in common.
    package struct Pairing: Sendable {
        package let stored: Editions.Stored
        package let one: Proposal
        package let other: Proposal
        package let twin: ProposalTwin
        /// How the chance comes about, step by step.
        package let steps: [WaterfallStep]
    }

    /// For those who hold the edition; throws `missing` for everybody else and unless both were sent to it.
    package func pairing(
        _ id: Int, _ other: Int, in code: String, for person: Person, at: Instant
    ) async throws -> Pairing {
        try await database.read { db in
            let one = try Self.load(id, at: at, db)
            let stored = try Editions.found(one.edition, db)
            guard one.editionCode == code, one.state.isSent, id != other,
                person.may(.manageEditions, at: stored.edition.organiser)
            else { throw ProposalRefusal.missing(id) }
            let second = try Self.load(other, at: at, db)
            guard second.edition == one.edition, second.state.isSent else { throw ProposalRefusal.missing(other) }
            let compared = try Self.read([id, other], stored.edition, db).map(\.1)
            guard let mine = compared.first(where: { $0.id == id }),
                let theirs = compared.first(where: { $0.id == other })
            else { throw ProposalRefusal.missing(other) }
            let scorer = try Self.scorer([mine, theirs])
            let (a, b) = (
                mine.texts.values.reduce(into: Set<String>()) { $0.formUnion(stems(of: $1)) },
                theirs.texts.values.reduce(into: Set<String>()) { $0.formUnion(stems(of: $1)) }
            )
            let family = try Successors.read(at: at, db).family(of: one.institution)
            return Pairing(
                stored: stored, one: one, other: second,
                twin: ProposalTwin(
                    proposal: other, title: theirs.title, institution: theirs.institution, state: theirs.state,
                    isSameOffice: family.contains(theirs.institution), mayOpen: true,
                    probability: scorer.score(0, 1).probability,
                    words: Double(a.intersection(b).count) / Double(max(1, a.union(b).count)),
                    passages: ProposalPassage.shared(mine.texts, theirs.texts)),
                steps: scorer.waterfall(0, 1))
        }
    }
}
