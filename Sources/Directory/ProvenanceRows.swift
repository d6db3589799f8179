import Institutions
import Kernel
import Text
import Web

extension ProvenanceRow {
    /// Each value of a record with whoever says it, and beside it what other sources say instead.
    static func rows(
        _ shown: Innovations.Shown, _ statements: [Statement], _ register: Register, _ goals: [Goal],
        _ language: Language
    ) -> [ProvenanceRow] {
        shown.innovation.known.compactMap { field in
            guard let text = shown.innovation.shown(field, register, goals: goals, language) else { return nil }
            let used = shown.origin.sources(of: field)
            let tellers = statements.filter { used.contains($0.id) }
            var values = [
                Value(
                    text: shortened(text, to: 160),
                    source: tellers.isEmpty
                        ? language.say("sumber tidak tercatat", "source not recorded")
                        : tellers.map(\.name).joined(separator: ", "),
                    on: tellers.map { $0.changedAt.day() }.max(), used: true)
            ]
            // Lists are united, so nobody contradicts; what an institution said here before it corrected it is history.
            for other in statements where used.count == 1 && !other.own && !used.contains(other.id) {
                guard other.fields.contains(field),
                    let said = other.innovation.shown(field, register, goals: goals, language),
                    fold(said) != fold(text)
                else { continue }
                values.append(
                    Value(
                        text: shortened(said, to: 160), source: other.name, on: other.changedAt.day(), used: false))
            }
            return ProvenanceRow(field: field.key, values: values)
        }
    }
}

extension Statement {
    /// The row as people point to it, e.g. "LAN 8.2.3".
    var name: String { "\(source) \(externalID)" }
}
