import Foundation
import Kernel

/// A value as both engines store it.
package enum Value: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case bytes([UInt8])
}

/// What may be interpolated into `SQL` as a bound value.
package protocol Bindable {
    var sqlValue: Value { get }
}

extension Int: Bindable { package var sqlValue: Value { .integer(Int64(self)) } }
extension Int64: Bindable { package var sqlValue: Value { .integer(self) } }
extension Double: Bindable { package var sqlValue: Value { .real(self) } }
extension String: Bindable { package var sqlValue: Value { .text(self) } }
/// Stored as 0 or 1: the engines part on booleans.
extension Bool: Bindable { package var sqlValue: Value { .integer(self ? 1 : 0) } }
extension Instant: Bindable { package var sqlValue: Value { .integer(milliseconds) } }
extension Day: Bindable { package var sqlValue: Value { .text(iso) } }
extension Value: Bindable { package var sqlValue: Value { self } }
extension Optional: Bindable where Wrapped: Bindable {
    package var sqlValue: Value {
        // Not `map(\.sqlValue)`: the key path is made anew at every call, which shows in imports.
        if let self { self.sqlValue } else { .null }
    }
}
extension RawRepresentable where RawValue == String {
    package var sqlValue: Value { .text(rawValue) }
}

/// A statement. An interpolated value is bound, never spliced into the text:
///
///     db.rows("SELECT title FROM innovation WHERE id = \(id) AND region IN \(regions)")
package struct SQL: Sendable, ExpressibleByStringInterpolation {
    /// Text around the values: always one more than there are values.
    private(set) var fragments: [String]
    private(set) var values: [Value]
    /// The whole text with the placeholders of the one engine it was made for.
    private let made: String?

    package init(stringLiteral value: String) {
        fragments = [value]
        values = []
        made = nil
    }

    package init(stringInterpolation: StringInterpolation) {
        fragments = stringInterpolation.fragments
        values = stringInterpolation.values
        made = nil
    }

    /// Rows of values after a text that the program itself wrote: `head (?, ?), (?, ?)`.
    init(trusted head: String, rows: ArraySlice<[Value]>, _ engine: Engine) {
        var text = head
        var number = 0
        for row in rows {
            text += number == 0 ? "(" : ", ("
            for place in row.indices {
                number += 1
                if place > 0 { text += ", " }
                if engine == .sqlite { text += "?" } else { text += "$\(number)" }
            }
            text += ")"
        }
        fragments = []
        values = rows.flatMap(\.self)
        made = text
    }

    /// The text with the engine's placeholders.
    func text(_ placeholder: (Int) -> String) -> String {
        if let made { return made }
        var out = fragments[0]
        for (i, fragment) in fragments.dropFirst().enumerated() { out += placeholder(i + 1) + fragment }
        return out
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        var fragments = [""]
        var values: [Value] = []

        package init(literalCapacity: Int, interpolationCount: Int) {}

        package mutating func appendLiteral(_ literal: String) { fragments[fragments.count - 1] += literal }

        package mutating func appendInterpolation(_ value: some Bindable) {
            values.append(value.sqlValue)
            fragments.append("")
        }

        package mutating func appendInterpolation(_ value: (some Bindable)?) {
            values.append(value?.sqlValue ?? .null)
            fragments.append("")
        }

        package mutating func appendInterpolation<T: RawRepresentable>(_ value: T?) where T.RawValue == String {
            appendInterpolation(value?.rawValue)
        }

        /// A list in parentheses, for `IN`; an empty list matches nothing.
        package mutating func appendInterpolation<T: Bindable>(_ list: [T]) {
            appendLiteral(list.isEmpty ? "(NULL)" : "(")
            for (i, value) in list.enumerated() {
                if i > 0 { appendLiteral(", ") }
                appendInterpolation(value)
            }
            if !list.isEmpty { appendLiteral(")") }
        }

        /// A part of a statement written elsewhere in the program.
        package mutating func appendInterpolation(_ part: SQL) {
            fragments[fragments.count - 1] += part.fragments[0]
            fragments += part.fragments.dropFirst()
            values += part.values
        }

        /// A name that the program itself wrote: a table or column of a schema, never input.
        package mutating func appendInterpolation(name: StaticString) { appendLiteral("\(name)") }
        mutating func appendInterpolation(trusted: String) { appendLiteral(trusted) }
    }
}

extension String {
    /// Whether it holds a character that neither engine stores in a text.
    var holdsNUL: Bool {
        utf8.withContiguousStorageIfAvailable { bytes in
            bytes.baseAddress.map { memchr($0, 0, bytes.count) != nil } ?? false
        } ?? utf8.contains(0)
    }
}
