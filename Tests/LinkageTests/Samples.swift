import Foundation
import Testing

@testable import Linkage

func level(_ name: String, _ when: [[LinkageModel.Condition]]?, m: Double? = nil, u: Double? = nil)
    -> LinkageModel.Level
{
    LinkageModel.Level(name: name, when: when, m: m, u: u)
}

func condition(
    _ measure: LinkageModel.Measure, _ field: String, other: String? = nil, atLeast: Double? = nil,
    atMost: Double? = nil
) -> LinkageModel.Condition {
    LinkageModel.Condition(measure: measure, field: field, other: other, atLeast: atLeast, atMost: atMost)
}

/// A comparison of equal or not equal on one field.
func equality(_ field: String, m: Double? = nil, u: Double? = nil) -> LinkageModel.Comparison {
    LinkageModel.Comparison(
        name: field, needs: [field],
        levels: [
            level("same", [[condition(.folded, field)]], m: m, u: u),
            level("different", nil, m: m.map { 1 - $0 }, u: u.map { 1 - $0 }),
        ])
}

func model(_ comparisons: [LinkageModel.Comparison], blocking: [LinkageModel.Rule] = [], prior: Double = 0.01)
    -> LinkageModel
{
    LinkageModel(
        name: "test", id: "id", prior: prior, automatic: 0.99, review: 0.1, blocking: blocking, comparisons: comparisons
    )
}

func records(_ rows: [[String: String]]) -> [LinkageRecord] {
    rows.enumerated().map { LinkageRecord(id: "r\($0.offset)", fields: $0.element) }
}

/// Whether one condition holds between two records.
func holds(_ condition: LinkageModel.Condition, _ a: [String: String], _ b: [String: String]) throws -> Bool {
    let comparison = LinkageModel.Comparison(
        name: "one", needs: [], levels: [level("holds", [[condition]]), level("not", nil)])
    let model = model([comparison])
    let table = try LinkageTable(records([a, b]), model: model, known: model.fields)
    let comparer = Comparer(model, table)
    return comparer.levels(of: comparer.pattern(0, 1)) == [0]
}
