import Web

/// The shape of a piece of JSON, written as JSON Schema 2020-12 in the OpenAPI document.
indirect enum Shape: Sendable {
    case text
    /// A day, e.g. `2026-11-21`.
    case day
    /// An instant in UTC, e.g. `2026-11-21T08:30:00Z`.
    case instant
    case address
    case integer(ClosedRange<Int>)
    case boolean
    case choice([String])
    case list(Shape)
    /// Every member is always there; no other member is.
    case object([(String, Shape)])
    /// Members whose names are data.
    case map(Shape)
    /// A shape of the document's own list.
    case named(String)
    case orNull(Shape)

    static let count = Shape.integer(0...Int(Int32.max))
    static let year = Shape.orNull(.integer(1900...2999))
    static let textOrNull = Shape.orNull(.text)

    /// Writes the schema as the next value.
    func write(into json: inout JSON) {
        switch self {
        case .orNull(.named(let name)):
            json.object {
                $0.list("oneOf", [Shape.named(name), nil]) { json, shape in
                    if let shape { shape.write(into: &json) } else { json.object { $0.set("type", "null") } }
                }
            }
        case .orNull(let shape): json.object { shape.members(of: &$0, orNull: true) }
        default: json.object { members(of: &$0, orNull: false) }
        }
    }

    private func members(of json: inout JSON, orNull: Bool) {
        func type(_ name: String) {
            if orNull { json.list("type", [name, "null"]) { $0.add($1) } } else { json.set("type", name) }
        }
        switch self {
        case .text: type("string")
        case .day:
            type("string")
            json.set("format", "date")
        case .instant:
            type("string")
            json.set("format", "date-time")
        case .address:
            type("string")
            json.set("format", "uri-reference")
        case .integer(let range):
            type("integer")
            json.set("minimum", range.lowerBound)
            json.set("maximum", range.upperBound)
        case .boolean: type("boolean")
        case .choice(let values):
            type("string")
            json.list("enum", values + (orNull ? [nil] : [])) { $0.add($1) }
        case .list(let item):
            type("array")
            json.name("items")
            item.write(into: &json)
        case .object(let members):
            type("object")
            json.list("required", members) { $0.add($1.0) }
            json.object("properties") { json in
                for (name, shape) in members {
                    json.name(name)
                    shape.write(into: &json)
                }
            }
            json.set("additionalProperties", false)
        case .map(let value):
            type("object")
            json.name("additionalProperties")
            value.write(into: &json)
        case .named(let name): json.set("$ref", "#/components/schemas/\(name)")
        case .orNull(let shape): shape.members(of: &json, orNull: true)
        }
    }
}
