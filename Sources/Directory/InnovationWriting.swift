import Kernel
import Web

/// The stored form of a record: JSON with only what is known, keys in order, so that equal records have equal bytes.
extension Innovation {
    package func json() -> String {
        var out = KnownJSON()
        out.object {
            $0.list("activities", activities) { out, activity in
                out.object {
                    $0.set("kind", activity.kind.rawValue)
                    $0.set("note", activity.note)
                    $0.set("on", activity.on?.iso)
                }
            }
            $0.set("affair", affair)
            $0.list("awards", awards) { out, award in
                out.object {
                    $0.set("decree", award.decree)
                    $0.set("programme", award.programme)
                    $0.set("rank", award.rank)
                    $0.set("year", award.year)
                }
            }
            $0.set("category", category)
            $0.set("continuity", continuity?.rawValue)
            $0.set("continuityOn", continuityOn?.iso)
            $0.set("continuityReason", continuityReason)
            $0.texts("criteria", Innovation.orderedCriteria) { criteria[$0] }
            $0.set("digital", digital)
            $0.set("expansion", expansion)
            $0.set("form", form?.rawValue)
            $0.set("institution", institution)
            $0.set("institutionAsGiven", institutionAsGiven)
            $0.list("links", links) { out, link in
                out.object {
                    $0.set("address", link.address)
                    $0.set("kind", link.kind.rawValue)
                    $0.set("label", link.label)
                }
            }
            $0.list("notes", notes) { $0.add($1) }
            $0.set("nri", nri)
            $0.set("region", region)
            $0.set("regionAsGiven", regionAsGiven)
            $0.list("sdgs", sdgs) { $0.add($1) }
            $0.set("shortName", shortName)
            $0.set("stage", stage?.rawValue)
            $0.texts("texts", Innovation.orderedSections) { texts[$0] }
            $0.set("title", title)
            $0.set("unit", unit)
            $0.set("yearOfIdea", yearOfIdea)
            $0.set("yearOfStart", yearOfStart)
            $0.set("yearOfTrial", yearOfTrial)
            $0.set("yearStated", yearStated)
        }
        return out.text
    }

    private static let orderedCriteria = Criterion.allCases.sorted { $0.rawValue < $1.rawValue }
    private static let orderedSections = Section.allCases.sorted { $0.rawValue < $1.rawValue }
}

/// Appends JSON to bytes; what is unknown or empty is left out.
private struct KnownJSON {
    private var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(2048) }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    mutating func object(_ body: (inout KnownJSON) -> Void) {
        separate()
        bytes.append(UInt8(ascii: "{"))
        body(&self)
        bytes.append(UInt8(ascii: "}"))
    }

    mutating func list<T>(_ name: StaticString, _ items: [T], _ body: (inout KnownJSON, T) -> Void) {
        guard !items.isEmpty else { return }
        key(name)
        bytes.append(UInt8(ascii: "["))
        for item in items { body(&self, item) }
        bytes.append(UInt8(ascii: "]"))
    }

    mutating func texts<T: RawRepresentable>(_ name: StaticString, _ keys: [T], _ text: (T) -> String?)
    where T.RawValue == String {
        guard keys.contains(where: { text($0) != nil }) else { return }
        key(name)
        object { out in
            for key in keys {
                guard let text = text(key) else { continue }
                out.add(key.rawValue)
                out.bytes.append(UInt8(ascii: ":"))
                appendJSON(text, to: &out.bytes)
            }
        }
    }

    mutating func set(_ name: StaticString, _ value: String?) {
        guard let value else { return }
        key(name)
        appendJSON(value, to: &bytes)
    }

    mutating func set(_ name: StaticString, _ value: Int?) {
        guard let value else { return }
        key(name)
        bytes += String(value).utf8
    }

    mutating func set(_ name: StaticString, _ value: Bool?) {
        guard let value else { return }
        key(name)
        bytes += (value ? "true" : "false").utf8
    }

    mutating func add(_ value: String) {
        separate()
        appendJSON(value, to: &bytes)
    }

    mutating func add(_ value: Int) {
        separate()
        bytes += String(value).utf8
    }

    private mutating func key(_ name: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        name.withUTF8Buffer { bytes += $0 }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }

    /// A comma, unless this is the first of its object or list, or a member's value.
    private mutating func separate() {
        switch bytes.last {
        case nil, UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ":"): break
        default: bytes.append(UInt8(ascii: ","))
        }
    }
}
