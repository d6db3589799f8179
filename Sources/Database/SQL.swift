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
    package var sqlValue: Value { map(\.sqlValue) ?? .null }
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

    package init(stringLiteral value: String) {
        fragments = [value]
        values = []
    }

    package init(stringInterpolation: StringInterpolation) {
        fragments = stringInterpolation.fragments
        values = stringInterpolation.values
    }

    /// The text with the engine's placeholders.
    func text(_ placeholder: (Int) -> String) -> String {
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
