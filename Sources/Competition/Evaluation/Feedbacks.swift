import Database
import Foundation
import Kernel
import People

/// What a proposer is told of the evaluation, once the edition shows it. Never who read it, and nothing uncertain.
package struct Feedback: Sendable, Hashable {
    package struct Part: Sendable, Hashable {
        package let section: EditionSection
        /// The mean of its scores; nil below two reads, where it would be one person's score.
        package let mean: Double?
        /// The comments that were released, in an order that says nothing of who wrote them.
        package let comments: [String]
    }

    package let stored: Editions.Stored
    package let proposal: Proposal
    package let reads: Int
    /// The mean of the weighted scores; nil below two reads.
    package let total: Double?
    package let parts: [Part]
    /// The quarter in which it stood by the mean of its scores, 1 the best, and of how many; nil where it is not shown.
    package let quarter: Int?
    package let among: Int
}

package struct Feedbacks: Sendable {
    private let database: Database

    package init(_ database: Database) { self.database = database }

    /// Feedback for a proposal's own people; throws `ProposalRefusal.missing` for everybody else, for one that was not
    /// evaluated, and before the edition shows it.
    package func feedback(on id: Int, for person: Person, at: Instant) async throws -> Feedback {
        try await database.read { db in
            let proposal = try Proposals.load(id, at: at, db)
            if let refusal = proposal.mayRead(person.grants) { throw refusal }
            let stored = try Editions.found(proposal.edition, db)
            guard proposal.state == .passed, stored.edition.shows(.scores, to: .proposer, at: at) else {
                throw ProposalRefusal.missing(id)
            }
            let all = try Readings.finished(in: stored.id, db)
            let own = all.filter { $0.proposal == id }
            let comments = try Self.comments(on: id, db)
            let showsStanding = own.count > 1 && stored.edition.shows(.standing, to: .proposer, at: at)
            let passed = Set(
                try db.rows("SELECT id FROM proposal WHERE edition = \(stored.id) AND state = 'passed'") {
                    try $0.int("id")
                })
            let means = Dictionary(grouping: all.filter { passed.contains($0.proposal) }, by: \.proposal).mapValues {
                reads in
                Self.mean(reads.map { stored.edition.total($0.sections) }) ?? 0
            }
            let higher = means.values.count { $0 > means[id] ?? 0 }
            return Feedback(
                stored: stored, proposal: proposal, reads: own.count,
                total: own.count > 1 ? means[id] : nil,
                parts: stored.edition.form(of: proposal.group).map { section in
                    let values = own.compactMap { $0.sections[section.code] }.map(Double.init)
                    return .init(
                        section: section, mean: values.count > 1 ? Self.mean(values) : nil,
                        comments: comments[section.code] ?? [])
                }, quarter: showsStanding && !means.isEmpty ? higher * 4 / means.count + 1 : nil, among: means.count)
        }
    }

    private static func mean(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    private static func comments(on id: Int, _ db: Reader) throws -> [String: [String]] {
        var found: [String: [String]] = [:]
        try db.each(
            """
            SELECT s.section, s.cleared FROM score s JOIN reading r ON r.id = s.reading
            WHERE r.proposal = \(id) AND r.state = 'done' AND s.cleared IS NOT NULL ORDER BY s.section, s.cleared
            """
        ) { found[try $0.text("section"), default: []].append(try $0.text("cleared")) }
        return found
    }
}
