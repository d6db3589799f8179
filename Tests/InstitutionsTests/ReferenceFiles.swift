import Foundation
import Institutions

/// The reference files of the target under test, read from the source tree.
enum ReferenceFiles {
    static func rows(_ name: String) throws -> [[String: String]] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources/Institutions")
        let text = try String(contentsOf: root.appending(path: "Reference/\(name).csv"), encoding: .utf8)
        let lines = text.split(separator: "\n").map { cells(String($0)) }
        guard let header = lines.first else { return [] }
        return lines.dropFirst().map { Dictionary(zip(header, $0), uniquingKeysWith: { first, _ in first }) }
    }

    static func regions() throws -> [Region] {
        try rows("regions").compactMap { row in
            guard let code = row["code"], let name = row["name"], let level = Region.Level(rawValue: row["level"] ?? "")
            else { return nil }
            return Region(code: code, name: name, level: level, autonomous: row["autonomous"] == "true")
        }
    }

    static func institutions() throws -> [Institution] {
        try rows("institutions").compactMap { row in
            guard let code = row["code"], let name = row["name"],
                let kind = Institution.Kind(rawValue: row["kind"] ?? "")
            else { return nil }
            return Institution(
                code: code, name: name, kind: kind, region: row["region"].flatMap { $0.isEmpty ? nil : $0 },
                from: Int(row["from"] ?? ""), until: Int(row["until"] ?? ""), source: row["source"] ?? "")
        }
    }

    static func names() throws -> [InstitutionName] {
        try rows("institution_names").compactMap { row in
            guard let code = row["code"], let name = row["name"],
                let kind = InstitutionName.Kind(rawValue: row["kind"] ?? "")
            else { return nil }
            return InstitutionName(
                code: code, name: name, kind: kind, from: Int(row["from"] ?? ""), until: Int(row["until"] ?? ""),
                source: row["source"] ?? "")
        }
    }

    static func resolver() throws -> Resolver {
        try Resolver(institutions: institutions(), names: names(), regions: regions())
    }

    private static func cells(_ line: String) -> [String] {
        var out = [""]
        var quoted = false
        for c in line {
            if c == "\"" {
                quoted.toggle()
            } else if c == ",", !quoted {
                out.append("")
            } else {
                out[out.count - 1].append(c)
            }
        }
        return out
    }
}
