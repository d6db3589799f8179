import Directory
import Foundation
import Kernel
import Text

/// One rule of completeness, held as data in `Reference/completeness.csv`.
package struct CompletenessRule: Sendable, Hashable {
    package enum Need: String, Sendable {
        /// Without it nothing can be submitted; the record is Belum Lengkap.
        case required
        /// Worth doing; refuses nothing.
        case advised
    }

    package enum Condition: String, Sendable {
        case filled
        case wordsMax = "words-max"
        case wordsMin = "words-min"
        /// At least so many claims of the kind that say all they must.
        case claims
        /// At least so many claims of the kind that say all they must and have a file.
        case proved
        /// At least so many indicators with a value before and one after.
        case beforeAndAfter = "before-after"
        /// The years of idea, trial and start do not run backwards.
        case yearOrder = "year-order"
        /// What has a testimony has the consent of its speaker.
        case consent
    }

    package let code: String
    /// A field, fields joined by `+`, or `claim:` and a kind.
    package let subject: String
    package let condition: Condition
    package let parameter: Int
    /// The stages to which it applies; empty for all.
    package let stages: Set<Innovation.Stage>
    package let need: Need
    /// What to do when it is not met.
    package let text: Phrase
    /// Where the rule comes from, with the standing of that source.
    package let source: String

    /// The step of the form in which it is met.
    package var step: Step {
        if let kind { return kind.step }
        return fields.first.flatMap { FieldGuide.guide(to: $0)?.step } ?? .nama
    }

    package var fields: [Innovation.Field] {
        subject.split(separator: "+").compactMap { Innovation.Field(rawValue: String($0)) }
    }

    package var kind: ClaimKind? {
        subject.hasPrefix("claim:") ? ClaimKind(rawValue: String(subject.dropFirst(6))) : nil
    }
}

/// What one rule finds in one draft.
package struct Finding: Sendable, Hashable {
    package let rule: CompletenessRule
    package let met: Bool
}

/// Lengkap or Belum Lengkap, by rules held as data.
package enum Completeness {
    /// The shipped rules, in their order.
    package static let rules: [CompletenessRule] = ReferenceTable.rows("completeness").compactMap(CompletenessRule.init)

    /// What every rule that applies finds, in the order of the rules.
    package static func check(_ content: Innovation, _ claims: [Claim]) -> [Finding] {
        // Most are services in use: until the stage is chosen, what those need is shown.
        let stage = content.stage ?? .implementation
        return rules.filter { $0.stages.isEmpty || $0.stages.contains(stage) }
            .map { Finding(rule: $0, met: $0.isMet(content, claims)) }
    }

    /// Whether nothing required is missing.
    package static func isComplete(_ findings: [Finding]) -> Bool {
        findings.allSatisfy { $0.met || $0.rule.need == .advised }
    }

    /// The words of a text as word processors count them: runs between spaces that hold a letter or a digit.
    package static func words(in text: String) -> Int {
        text.split(whereSeparator: \.isWhitespace).count { $0.contains { $0.isLetter || $0.isNumber } }
    }
}

extension CompletenessRule {
    func isMet(_ content: Innovation, _ claims: [Claim]) -> Bool {
        let ofKind = claims.filter { $0.kind == kind }
        switch condition {
        case .filled: return fields.allSatisfy { content[$0].map { !$0.isEmpty } ?? false }
        case .wordsMax: return words(content) <= parameter
        case .wordsMin: return words(content) >= parameter
        case .claims: return ofKind.count { $0.content.gaps.isEmpty } >= parameter
        case .proved: return ofKind.count { $0.content.gaps.isEmpty && !$0.evidence.isEmpty } >= parameter
        case .beforeAndAfter: return ofKind.count { $0.content.gaps.isEmpty && $0.content.change != nil } >= parameter
        case .yearOrder:
            let years = [content.yearOfIdea, content.yearOfTrial, content.yearOfStart].compactMap(\.self)
            return years == years.sorted()
        case .consent: return ofKind.allSatisfy(\.isPublic)
        }
    }

    private func words(_ content: Innovation) -> Int {
        fields.reduce(0) { $0 + (content[$1].map(Completeness.words) ?? 0) }
    }

    fileprivate init?(_ row: [String: String]) {
        guard let code = row["code"], let subject = row["subject"],
            let condition = row["condition"].flatMap(Condition.init), let need = row["need"].flatMap(Need.init),
            let indonesian = row["text_id"], let english = row["text_en"], let source = row["source"]
        else { return nil }
        self.code = code
        self.subject = subject
        self.condition = condition
        parameter = row["parameter"].flatMap { Int($0) } ?? 1
        stages = Set((row["stages"] ?? "").split(separator: " ").compactMap { Innovation.Stage(rawValue: String($0)) })
        self.need = need
        text = Phrase(indonesian, english)
        self.source = source
    }
}
