/// Writes JSON into bytes in the order in which it is told, without building a tree first.
///
///     var json = JSON()
///     json.object {
///         $0.set("id", 7)
///         $0.list("awards", awards) { $0.add($1.name) }
///     }
package struct JSON: Sendable {
    package private(set) var bytes: [UInt8] = []

    package init(capacity: Int = 256) { bytes.reserveCapacity(capacity) }

    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// An object as the whole, or as the next member of a list.
    package mutating func object(_ body: (inout JSON) throws -> Void) rethrows {
        separate()
        bytes.append(UInt8(ascii: "{"))
        try body(&self)
        bytes.append(UInt8(ascii: "}"))
    }

    /// A list as the whole, or as the next member of a list.
    package mutating func list<S: Sequence>(
        _ items: S, _ body: (inout JSON, S.Element) throws -> Void
    ) rethrows {
        separate()
        bytes.append(UInt8(ascii: "["))
        for item in items { try body(&self, item) }
        bytes.append(UInt8(ascii: "]"))
    }

    package mutating func object(_ name: String, _ body: (inout JSON) throws -> Void) rethrows {
        self.name(name)
        try object(body)
    }

    package mutating func list<S: Sequence>(
        _ name: String, _ items: S, _ body: (inout JSON, S.Element) throws -> Void
    ) rethrows {
        self.name(name)
        try list(items, body)
    }

    /// A member of an object; nil is null.
    package mutating func set(_ name: String, _ value: String?) {
        self.name(name)
        add(value)
    }

    package mutating func set(_ name: String, _ value: Int?) {
        self.name(name)
        add(value)
    }

    package mutating func set(_ name: String, _ value: Bool?) {
        self.name(name)
        separate()
        bytes += value.map { $0 ? "true" : "false" }.map { $0.utf8 } ?? "null".utf8
    }

    /// The next member of a list; nil is null.
    package mutating func add(_ value: String?) {
        separate()
        if let value { appendJSON(value, to: &bytes) } else { bytes += "null".utf8 }
    }

    package mutating func add(_ value: Int?) {
        separate()
        bytes += (value.map(String.init) ?? "null").utf8
    }

    /// The name of the member that follows.
    package mutating func name(_ name: String) {
        separate()
        appendJSON(name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
    }

    // Outside of strings, which end in a quote, only these bytes may come directly before a value.
    private mutating func separate() {
        switch bytes.last {
        case nil, UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ":"): break
        default: bytes.append(UInt8(ascii: ","))
        }
    }
}
