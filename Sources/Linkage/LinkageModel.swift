import Foundation

/// What is compared, which pairs are looked at, and what agreement is worth: read from and written to JSON.
package struct LinkageModel: Codable, Sendable, Hashable {
    package var name: String
    /// The column that identifies a record.
    package var id: String
    /// The probability that two records drawn at random are the same (within `population`, if given).
    package var prior: Double
    /// Whether training leaves the prior as it is.
    package var priorFixed: Bool?
    /// Probabilities at and above which a pair is linked automatically, or shown to a person.
    package var automatic: Double
    package var review: Double
    /// The field within whose equal values the prior and the u probabilities are meant; the whole when nil.
    package var population: String?
    /// The column of sources: when given, only pairs from two different sources are compared.
    package var across: String?
    package var rarity: Rarity?
    package var blocking: [Rule]
    package var comparisons: [Comparison]

    /// How words are weighed: by their rarity in all records, less so when several records of one group hold them.
    package struct Rarity: Codable, Sendable, Hashable {
        package var within: String?
        /// Words at least this alike (Jaro–Winkler) count as one; 1 is equal words only.
        package var alike: Double
        /// Stems known to be common and the share of records that hold them, as if seen in `background` records more,
        /// so that few records do not make common words look rare.
        package var common: [String: Double]?
        package var background: Int?
    }

    /// A blocking rule: pairs whose keys are all equal are compared.
    package struct Rule: Codable, Sendable, Hashable {
        package var keys: [Key]
        /// Blocks with more records are passed over; no limit when nil.
        package var largest: Int?

        package init(keys: [Key], largest: Int? = nil) {
            self.keys = keys
            self.largest = largest
        }
    }

    /// A key derived from one field.
    package struct Key: Codable, Sendable, Hashable {
        package var field: String
        /// The folded value (default), its first `first` letters, or each of its stems.
        package var words: Bool?
        package var first: Int?

        package init(_ field: String, first: Int? = nil, words: Bool? = nil) {
            self.field = field
            self.words = words
            self.first = first
        }
    }

    /// One aspect of a pair, graded into levels; the first level whose condition holds is taken.
    package struct Comparison: Codable, Sendable, Hashable {
        package var name: String
        /// A pair of which either record lacks one of these says nothing here (weight 0).
        package var needs: [String]
        /// The field whose value's frequency refines levels marked `frequency`.
        package var frequencies: String?
        /// Probabilities given by hand are kept when training.
        package var fixed: Bool?
        /// How many matches, and the others that go with them by the prior, the given probabilities are worth when
        /// training; nothing when nil.
        package var belief: Double?
        package var levels: [Level]
    }

    package struct Level: Codable, Sendable, Hashable {
        package var name: String
        /// Any of these lists, all of whose conditions hold; always when nil.
        package var when: [[Condition]]?
        /// The probability of this level among matches, and among others.
        package var m: Double?
        package var u: Double?
        package var frequency: Bool?
        /// Whether a pair at this level is never linked without a person, whatever its probability.
        package var person: Bool?
    }

    package struct Condition: Codable, Sendable, Hashable {
        package var measure: Measure
        package var field: String
        /// The other record's field where it is not the same one, or the longitude.
        package var other: String?
        package var atLeast: Double?
        package var atMost: Double?
    }

    package enum Measure: String, Codable, Sendable, CaseIterable {
        /// 1 or 0: the same text; folded; folded without spaces; the same set of stems.
        case equal, folded, compact, stems
        /// 1 or 0: one of the texts between `|` is one of the other record's, folded without spaces.
        case alias
        /// 1 or 0: one text goes on where the other, word by word the same, ends.
        case begins
        /// 1 or 0: either record lacks the field; the comparison must not need it.
        case missing
        /// 0 to 1: Jaro–Winkler; Jaccard of stems; the same weighted by rarity; the weighted share of the poorer set.
        case jaroWinkler, jaccard, rareJaccard, rareContained
        /// The summed rarity of shared stems, in natural logarithms.
        case rareShared
        /// The summed rarity of the stems that only one record has, of the one whose sum is less: high when each says
        /// something that the other does not.
        case rareApart
        /// Edits on folded text; edits by the length of the longer text, 0 to 1.
        case editDistance, editShare
        /// 1 or 0: one field is made of the initials of another's words, stop words counted or not.
        case acronym
        /// Days between ISO dates, the difference of numbers, and kilometres between latitude and longitude.
        case days, number, kilometres
    }
}

extension LinkageModel {
    /// Reads a model; throws `LinkageRefusal`.
    package init(json: Data) throws {
        do {
            self = try JSONDecoder().decode(LinkageModel.self, from: json)
        } catch let error as DecodingError {
            throw LinkageRefusal.unreadableModel(LinkageModel.reason(error))
        }
        try check()
    }

    /// The model as JSON, keys sorted so that two equal models are equal files.
    package func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }

    /// Every field that a record set must have as a column.
    package var fields: Set<String> {
        var all = Set(blocking.flatMap(\.keys).map(\.field))
        for comparison in comparisons {
            all.formUnion(comparison.needs)
            if let field = comparison.frequencies { all.insert(field) }
            for condition in comparison.levels.compactMap(\.when).joined().joined() {
                all.insert(condition.field)
                if let other = condition.other { all.insert(other) }
            }
        }
        for field in [population, across, rarity?.within] { if let field { all.insert(field) } }
        return all
    }

    /// The fields whose texts between `|` are compared one by one.
    var aliasFields: Set<String> {
        Set(
            comparisons.flatMap(\.levels).compactMap(\.when).joined().joined().filter { $0.measure == .alias }.map(
                \.field))
    }

    private func check() throws {
        guard prior > 0, prior < 1 else { throw LinkageRefusal.badProbability("prior") }
        guard (0...1).contains(automatic), (0...automatic).contains(review) else {
            throw LinkageRefusal.badProbability("automatic, review")
        }
        var patterns = 1.0
        for comparison in comparisons {
            guard comparison.levels.count >= 2, comparison.levels.last?.when == nil,
                comparison.levels.dropLast().allSatisfy({ $0.when?.isEmpty == false })
            else { throw LinkageRefusal.noLevels(comparison: comparison.name) }
            patterns *= Double(comparison.levels.count + 1)
            for level in comparison.levels {
                for value in [level.m, level.u] {
                    guard let value else { continue }
                    guard value > 0, value <= 1 else { throw LinkageRefusal.badProbability("\(comparison.name): m, u") }
                }
                for condition in level.when.map({ $0.joined() }) ?? [[]].joined()
                where condition.measure == .kilometres && condition.other == nil {
                    throw LinkageRefusal.missingOther(comparison: comparison.name, measure: condition.measure.rawValue)
                }
            }
        }
        guard !comparisons.isEmpty else { throw LinkageRefusal.noLevels(comparison: name) }
        guard patterns < 1e15 else { throw LinkageRefusal.tooManyPatterns }
    }

    private static func reason(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let context): place(context) + "\(key.stringValue) ?"
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            place(context) + context.debugDescription
        @unknown default: "JSON"
        }
    }

    private static func place(_ context: DecodingError.Context) -> String {
        context.codingPath.isEmpty ? "" : context.codingPath.map(\.stringValue).joined(separator: ".") + ": "
    }
}
