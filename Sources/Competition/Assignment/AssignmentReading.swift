import Foundation
import Kernel

/// A table as read from a CSV file: its header, and its rows with the lines they begin on.
package struct AssignmentSheet: Sendable {
    package let file: String
    package let header: [String]
    package let rows: [(line: Int, fields: [String])]

    package init(file: String, header: [String], rows: [(line: Int, fields: [String])]) {
        (self.file, self.header, self.rows) = (file, header, rows)
    }

    func place(of column: String) throws(AssignmentRefusal) -> Int {
        guard let place = header.firstIndex(of: column) else {
            throw .missingColumn(file: file, column: column)
        }
        return place
    }

    func checked(_ row: (line: Int, fields: [String])) throws(AssignmentRefusal) -> [String] {
        guard row.fields.count == header.count else {
            throw .width(file: file, line: row.line, expected: header.count, found: row.fields.count)
        }
        return row.fields
    }

    func whole(
        _ text: String, _ column: String, line: Int, in range: ClosedRange<Int>
    ) throws(AssignmentRefusal) -> Int {
        guard let number = Int(text.trimmingCharacters(in: .whitespaces)), range.contains(number) else {
            throw .notWhole(file: file, line: line, column: column, text: text, range: range)
        }
        return number
    }

    func name(_ text: String, line: Int, seen: inout [String: Int]) throws(AssignmentRefusal) -> String {
        guard !text.isEmpty else { throw .emptyName(file: file, line: line) }
        guard seen.updateValue(seen.count, forKey: text) == nil else {
            throw .repeated(file: file, line: line, name: text)
        }
        return text
    }
}

extension AssignmentInstance {
    /// The widest limits the files may name: reads of a proposal, and reads of an evaluator.
    static let readRange = 0...1_000
    static let loadRange = 0...1_000_000
    static let costRange = 0...1_000

    /// Reads proposals (proposal, category, province, reads), evaluators (evaluator, province, categories, min, max) and
    /// costs (proposal, then a column for each evaluator); throws the first thing wrong, with its file and line.
    package init(
        proposals: AssignmentSheet, evaluators: AssignmentSheet, costs: AssignmentSheet
    ) throws(AssignmentRefusal) {
        var proposalPlaces: [String: Int] = [:]
        let listed = try Self.proposals(proposals, &proposalPlaces)
        var evaluatorPlaces: [String: Int] = [:]
        let readers = try Self.evaluators(evaluators, &evaluatorPlaces)
        let flat = try Self.costs(costs, proposalPlaces, evaluatorPlaces, listed.map(\.name), readers.map(\.name))
        self.init(proposals: listed, evaluators: readers, flat: flat)
    }

    private static func proposals(
        _ sheet: AssignmentSheet, _ places: inout [String: Int]
    ) throws(AssignmentRefusal) -> [Proposal] {
        let name = try sheet.place(of: "proposal"), category = try sheet.place(of: "category")
        let province = try sheet.place(of: "province"), reads = try sheet.place(of: "reads")
        var list: [Proposal] = []
        for row in sheet.rows {
            let fields = try sheet.checked(row)
            list.append(
                Proposal(
                    try sheet.name(fields[name], line: row.line, seen: &places), category: fields[category],
                    province: fields[province],
                    reads: try sheet.whole(fields[reads], "reads", line: row.line, in: readRange)))
        }
        return list
    }

    private static func evaluators(
        _ sheet: AssignmentSheet, _ places: inout [String: Int]
    ) throws(AssignmentRefusal) -> [Evaluator] {
        let name = try sheet.place(of: "evaluator"), province = try sheet.place(of: "province")
        let categories = try sheet.place(of: "categories")
        let min = try sheet.place(of: "min"), max = try sheet.place(of: "max")
        var list: [Evaluator] = []
        for row in sheet.rows {
            let fields = try sheet.checked(row)
            let evaluator = Evaluator(
                try sheet.name(fields[name], line: row.line, seen: &places), province: fields[province],
                categories: fields[categories].split(separator: " ").map(String.init),
                least: try sheet.whole(fields[min], "min", line: row.line, in: loadRange),
                most: try sheet.whole(fields[max], "max", line: row.line, in: loadRange))
            guard evaluator.least <= evaluator.most else {
                throw .limits(line: row.line, name: evaluator.name, least: evaluator.least, most: evaluator.most)
            }
            list.append(evaluator)
        }
        return list
    }

    private static func costs(
        _ sheet: AssignmentSheet, _ proposals: [String: Int], _ evaluators: [String: Int], _ proposalNames: [String],
        _ evaluatorNames: [String]
    ) throws(AssignmentRefusal) -> [Int32] {
        guard sheet.header.first == "proposal" else { throw .missingColumn(file: sheet.file, column: "proposal") }
        var columns: [Int] = [], met: [String: Int] = [:]
        for name in sheet.header.dropFirst() {
            guard let place = evaluators[name] else { throw .unknown(file: sheet.file, line: 1, name: name) }
            columns.append(place)
            _ = try sheet.name(name, line: 1, seen: &met)
        }
        for name in evaluatorNames where met[name] == nil { throw .unlisted(file: sheet.file, name: name) }
        var flat = [Int32](repeating: conflict, count: proposals.count * evaluators.count)
        var seen: [String: Int] = [:]
        for row in sheet.rows {
            let fields = try sheet.checked(row)
            let name = try sheet.name(fields[0], line: row.line, seen: &seen)
            guard let place = proposals[name] else { throw .unknown(file: sheet.file, line: row.line, name: name) }
            for (column, evaluator) in columns.enumerated() where !fields[column + 1].isEmpty {
                let cost = try sheet.whole(
                    fields[column + 1], sheet.header[column + 1], line: row.line, in: costRange)
                flat[place * evaluators.count + evaluator] = Int32(cost)
            }
        }
        for name in proposalNames where seen[name] == nil { throw .unlisted(file: sheet.file, name: name) }
        return flat
    }
}
