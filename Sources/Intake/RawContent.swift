import Foundation

/// A source's row as it came, for people to read.
enum RawContent {
    private static let longest = 300

    /// The filled cells of a JSON object by name; nothing for anything else.
    static func cells(_ json: String) -> [(name: String, value: String)] {
        guard let object = try? JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any] else { return [] }
        return object.keys.sorted().compactMap { name in
            guard let value = object[name].flatMap(text), !value.isEmpty else { return nil }
            return (name, value.count > longest ? value.prefix(longest) + "…" : value)
        }
    }

    private static func text(_ value: Any) -> String? {
        switch value {
        case let text as String: text
        case let number as NSNumber: number.stringValue
        case let list as [Any]: list.compactMap(text).joined(separator: "; ")
        case let object as [String: Any]:
            object.keys.sorted().compactMap { key in object[key].flatMap(text).map { "\(key): \($0)" } }
                .joined(separator: ", ")
        default: nil
        }
    }
}
