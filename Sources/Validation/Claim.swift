import Files
import Foundation
import Kernel

/// Something an innovation asserts that can be proved, with its proof.
package struct Claim: Sendable, Hashable {
    package let id: Int
    package let draft: Int
    package let content: ClaimContent
    /// The draft's version at which it last changed.
    package let version: Int
    /// The claim of an earlier draft that it was copied from.
    package let copyOf: Int?
    package let at: Instant
    package let evidence: [Evidence]

    package var kind: ClaimKind { content.kind }
    /// Whether the public may see it: a testimony only with consent.
    package var isPublic: Bool { kind != .testimony || content["consent"] == "yes" }
}

/// A file that proves a claim.
package struct Evidence: Sendable, Hashable {
    package let id: Int
    package let claim: Int
    /// SHA-256 of its content, 64 hexadecimal digits.
    package let digest: String
    /// As the person named it; for showing only, never a path.
    package let name: String
    package let type: String
    package let size: Int
    package let scan: ScanState
    package let at: Instant
}

extension Claim {
    /// Without files that were found infected: nobody is handed those.
    var forPublic: Claim {
        Claim(
            id: id, draft: draft, content: content, version: version, copyOf: copyOf, at: at,
            evidence: evidence.filter { $0.scan != .infected })
    }
}

/// The values of a claim in their canonical spelling, by field name.
package struct ClaimContent: Sendable, Hashable {
    package let kind: ClaimKind
    /// Only what is known: days as `2026-11-21`, numbers as `27.5`, rupiah as digits, consent as `yes`.
    package let values: [String: String]

    package subscript(name: String) -> String? { values[name] }

    /// Reads a form; fields that are not of the kind are passed over.
    ///
    /// What is empty stays empty, so that nothing typed is lost for a missing rest; throws `ClaimRefusal.invalid` for
    /// what cannot be read, for dates in the wrong order and when nothing is filled in at all.
    package init(_ kind: ClaimKind, form: [String: String]) throws(ClaimRefusal) {
        var values: [String: String] = [:]
        var problems: [Problem] = []
        for field in kind.fields {
            let typed = form[field.name] ?? ""
            guard !typed.allSatisfy(\.isWhitespace) else { continue }
            switch field.read(typed) {
            case .success(let value): values[field.name] = value
            case .failure(let problem): problems.append(Problem(field.name, problem.message))
            }
        }
        if let before = values["beforeDate"], let after = values["afterDate"], after <= before {
            problems.append(
                Problem(
                    "afterDate",
                    Phrase(
                        "Tanggal nilai sesudah harus lebih akhir daripada tanggal nilai sebelum.",
                        "The date of the value after must be later than that of the value before.")))
        }
        if values.isEmpty, problems.isEmpty, let first = kind.fields.first {
            problems.append(Problem(first.name, Phrase("Isi sedikitnya satu kolom.", "Fill in at least one field.")))
        }
        guard problems.isEmpty else { throw .invalid(problems) }
        self.kind = kind
        self.values = values
    }

    /// What the claim still needs to say something.
    package var gaps: [ClaimField] { kind.fields.filter { $0.needed && values[$0.name] == nil } }

    package func json() -> String {
        let members = values.sorted { $0.key < $1.key }.map { "\(Self.quoted($0.key)):\(Self.quoted($0.value))" }
        return "{" + members.joined(separator: ",") + "}"
    }

    package init(_ kind: ClaimKind, json: String) throws {
        self.kind = kind
        values = try JSONDecoder().decode([String: String].self, from: Data(json.utf8))
    }

    static func quoted(_ text: String) -> String {
        guard let data = try? JSONEncoder().encode(text) else { return "\"\"" }
        return String(decoding: data, as: UTF8.self)
    }
}

extension ClaimContent {
    package func day(_ name: String) -> Day? { values[name].flatMap { Day(iso: $0) } }
    package func measure(_ name: String) -> Measure? { values[name].flatMap { Measure(digits: $0) } }
    package func whole(_ name: String) -> Int? { values[name].flatMap { Int($0) } }

    /// A measured change, when both ends are known.
    package var change: Change? {
        guard kind == .indicator, let name = values["indicator"], let before = measure("before"),
            let beforeDate = day("beforeDate"), let after = measure("after"), let afterDate = day("afterDate")
        else { return nil }
        return Change(
            indicator: name, unit: values["unit"] ?? "", before: before, beforeDate: beforeDate, after: after,
            afterDate: afterDate, population: values["population"], source: values["source"])
    }

    /// An indicator with a value before and one after, for drawing.
    package struct Change: Sendable, Hashable {
        package let indicator: String
        package let unit: String
        package let before: Measure
        package let beforeDate: Day
        package let after: Measure
        package let afterDate: Day
        package let population: String?
        package let source: String?
    }

    /// A value as the screen says it; nil when unknown.
    package func shown(_ field: ClaimField, _ language: Language) -> String? {
        guard let value = values[field.name] else { return nil }
        switch field.form {
        case .day: return day(field.name)?.long(language)
        case .number: return measure(field.name)?.shown(language)
        case .rupiah: return whole(field.name).map { "Rp" + language.number($0) }
        case .yes: return language.say("Ya", "Yes")
        case .choice(let choices): return choices.first { $0.code == value }.map { language.say($0.name) } ?? value
        case .line, .text, .year, .link: return value
        }
    }

    /// The value as a form's field holds it: numbers with a decimal comma, as they are typed.
    package func typed(_ field: ClaimField) -> String {
        guard case .number = field.form else { return values[field.name] ?? "" }
        return measure(field.name)?.digits.replacing(".", with: ",") ?? ""
    }
}
