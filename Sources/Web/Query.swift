import Kernel

/// The parameters of a query string or of a urlencoded form, decoded strictly, in the order given.
package struct Query: Sendable, Equatable {
    package struct Parameter: Sendable, Equatable {
        package let name: String
        package let value: String
    }

    package let parameters: [Parameter]

    package static let empty = Query(parameters: [])

    /// Reads `a=1&b=2`; `+` is a space. Throws `QueryRefusal` `notText`, `control` or `tooMany`.
    package init(_ text: some StringProtocol, limit: Int = 200) throws {
        var parameters: [Parameter] = []
        for piece in text.split(separator: "&") {
            guard parameters.count < limit else { throw QueryRefusal.tooMany(limit: limit) }
            let cut = piece.firstIndex(of: "=")
            let rawName = piece[..<(cut ?? piece.endIndex)]
            let rawValue = cut.map { piece[piece.index(after: $0)...] } ?? ""
            guard let name = percentDecoded(rawName, plusIsSpace: true), !hasForbiddenControl(name) else {
                throw QueryRefusal.notText(name: String(rawName.prefix(40)))
            }
            let shown = String(name.prefix(40))
            guard let value = percentDecoded(rawValue, plusIsSpace: true) else {
                throw QueryRefusal.notText(name: shown)
            }
            guard !hasForbiddenControl(value) else { throw QueryRefusal.control(name: shown) }
            parameters.append(Parameter(name: name, value: value))
        }
        self.parameters = parameters
    }

    init(parameters: [Parameter]) { self.parameters = parameters }

    /// Every value of a name in the order given, empty ones left out.
    package func all(_ name: String) -> [String] {
        parameters.filter { $0.name == name && !$0.value.isEmpty }.map(\.value)
    }

    /// The value of a name that may be given once, as sent; nil when absent or empty. Throws `repeated`.
    package func one(_ name: String) throws -> String? {
        let values = all(name)
        guard values.count <= 1 else { throw QueryRefusal.repeated(name: name) }
        return values.first
    }

    /// A text of at most `limit` characters without white space around it; nil when nothing is left.
    /// Throws `repeated` or `tooLong`.
    package func text(_ name: String, limit: Int) throws -> String? {
        guard let value = try one(name) else { return nil }
        guard value.unicodeScalars.count <= limit else { throw QueryRefusal.tooLong(name: name, limit: limit) }
        let trimmed = value.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
        return trimmed.isEmpty ? nil : String(trimmed)
    }

    /// A whole number in a range; nil when absent. Throws `repeated` or `notInRange`.
    package func integer(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let value = try one(name) else { return nil }
        guard let number = Int(value), range.contains(number) else {
            throw QueryRefusal.notInRange(name: name, range: range)
        }
        return number
    }

    /// Every whole number of a name, each within a range. Throws `notInRange`.
    package func integers(_ name: String, in range: ClosedRange<Int>) throws -> [Int] {
        try all(name).map { value in
            guard let number = Int(value), range.contains(number) else {
                throw QueryRefusal.notInRange(name: name, range: range)
            }
            return number
        }
    }

    /// One of the values that exist; nil when absent. Throws `repeated` or `unknownValue`.
    package func choice(_ name: String, among allowed: [String]) throws -> String? {
        guard let value = try one(name) else { return nil }
        guard allowed.contains(value) else { throw QueryRefusal.unknownValue(name: name, allowed: allowed) }
        return value
    }

    /// Every value of a name, each one that exists. Throws `unknownValue`.
    package func choices(_ name: String, among allowed: [String]) throws -> [String] {
        try all(name).map { value in
            guard allowed.contains(value) else { throw QueryRefusal.unknownValue(name: name, allowed: allowed) }
            return value
        }
    }

    /// The case of a string enum with this value; nil when absent. Throws `repeated` or `unknownValue`.
    package func choice<T: RawRepresentable & CaseIterable>(_ name: String, of type: T.Type) throws -> T?
    where T.RawValue == String {
        try choice(name, among: T.allCases.map(\.rawValue)).flatMap(T.init(rawValue:))
    }

    /// The value a form needs. Throws `absent`, `repeated` or `tooLong`.
    package func required(_ name: String, limit: Int) throws -> String {
        guard let value = try text(name, limit: limit) else { throw QueryRefusal.absent(name: name) }
        return value
    }

    /// Refuses names other than these. Pages ignore what they do not know; programs are told. Throws `unknownName`.
    package func allow(only names: [String]) throws {
        if let stranger = parameters.first(where: { !names.contains($0.name) }) {
            throw QueryRefusal.unknownName(name: String(stranger.name.prefix(40)), allowed: names)
        }
    }
}
