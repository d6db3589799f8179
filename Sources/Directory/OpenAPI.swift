import Kernel
import Web

/// Writes the OpenAPI 3.1 document from the list of endpoints and shapes. Filter values are those that exist now.
struct OpenAPI: Sendable {
    let catalogue: Catalogue
    let publicURL: String
    let version: String

    func document() -> [UInt8] {
        var json = JSON(capacity: 64 * 1024)
        json.object { json in
            json.set("openapi", "3.1.0")
            json.object("info") {
                $0.set("title", "Simpul")
                $0.set("version", version)
                $0.set("summary", "Public service innovations of Indonesia, with their sources")
                $0.set("description", Self.description)
            }
            json.list("servers", [publicURL.isEmpty ? "/" : publicURL]) { json, url in
                json.object { $0.set("url", url) }
            }
            json.object("paths") { json in
                for endpoint in Endpoint.allCases { path(endpoint, into: &json) }
            }
            json.object("components") { components(into: &$0) }
        }
        return json.bytes
    }

    static let description = """
        Read only, without a key. Lists are paged: `next` is the `cursor` of the following page, null at the end. A \
        repeated filter means *or*, different filters *and*. Unknown is null, never empty. Refusals are problem \
        documents (RFC 9457). Answers carry an ETag. The data keep the terms of their sources; every record lists its \
        sources.
        """

    private func path(_ endpoint: Endpoint, into json: inout JSON) {
        json.object(endpoint.rawValue) { json in
            json.object("get") { json in
                json.set("operationId", endpoint.operation)
                json.set("summary", endpoint.summary.english)
                let parameters = endpoint.parameters.filter { !values($0.kind, are: []) }
                if !parameters.isEmpty { json.list("parameters", parameters) { parameter($1, into: &$0) } }
                json.object("responses") { json in
                    json.object("200") { json in
                        json.set("description", "As asked")
                        json.object("headers") { $0.object("ETag") { $0.set("$ref", "#/components/headers/ETag") } }
                        json.object("content") { json in
                            json.object("application/json") { json in
                                json.name("schema")
                                Shape.named(endpoint.answer).write(into: &json)
                            }
                        }
                    }
                    if endpoint.moves {
                        json.object("308") { json in
                            json.set("description", "The record was merged into the one at Location")
                            json.object("headers") { json in
                                json.object("Location") { json in
                                    json.set("required", true)
                                    json.object("schema") { $0.set("type", "string") }
                                }
                            }
                        }
                    }
                    for status in endpoint.refusals {
                        json.object(String(status)) { $0.set("$ref", "#/components/responses/Problem\(status)") }
                    }
                }
            }
        }
    }

    private func parameter(_ parameter: APIParameter, into json: inout JSON) {
        json.object { json in
            json.set("name", parameter.name)
            json.set("in", parameter.isInPath ? "path" : "query")
            json.set("required", parameter.isInPath)
            json.set("description", parameter.meaning.english)
            json.object("schema") { json in
                if parameter.repeated {
                    json.set("type", "array")
                    json.set("maxItems", APIParameter.mostValues)
                    json.object("items") { schema(parameter, into: &$0) }
                } else {
                    schema(parameter, into: &json)
                }
            }
            if let example = parameter.example {
                json.name("example")
                if let number = Int(example) { json.add(number) } else { json.add(example) }
            }
        }
    }

    private func schema(_ parameter: APIParameter, into json: inout JSON) {
        switch parameter.kind {
        case .text(let limit):
            json.set("type", "string")
            json.set("maxLength", limit)
            // Control characters are refused, as is the sign that stands for unreadable bytes.
            json.set("pattern", "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\ufffd]*$")
        case .integer(let range):
            json.set("type", "integer")
            json.set("minimum", range.lowerBound)
            json.set("maximum", range.upperBound)
            if let fallback = parameter.fallback { json.set("default", Int(fallback)) }
        case .number:
            json.set("type", "integer")
            json.set("minimum", 1)
            json.set("maximum", 999_999_999_999_999)
        case .choice(let values):
            json.set("type", "string")
            json.list("enum", values(catalogue)) { $0.add($1) }
        case .filter(let filter) where filter == .year || filter == .sdg:
            json.set("type", "integer")
            json.list("enum", catalogue.known(filter).compactMap { Int($0) }.sorted()) { $0.add($1) }
        case .filter(let filter):
            json.set("type", "string")
            json.list("enum", catalogue.known(filter).sorted()) { $0.add($1) }
        case .marker(let pattern), .code(let pattern):
            json.set("type", "string")
            json.set("pattern", pattern)
        }
    }

    /// Whether a filter or choice has exactly these values; one without any is left out of the document, because every
    /// value would be refused.
    private func values(_ kind: APIParameter.Kind, are expected: [String]) -> Bool {
        switch kind {
        case .choice(let values): values(catalogue) == expected
        case .filter(let filter): catalogue.known(filter) == expected
        default: false
        }
    }

    private func components(into json: inout JSON) {
        json.object("schemas") { json in
            for (name, shape) in InnovationShapes.all + RegisterShapes.all {
                json.name(name)
                shape.write(into: &json)
            }
            json.object("Problem") { problem(into: &$0) }
        }
        json.object("headers") { json in
            json.object("ETag") { json in
                json.set("description", "Send it back as If-None-Match to be answered 304 when nothing changed")
                json.set("required", true)
                json.object("schema") { $0.set("type", "string") }
            }
        }
        json.object("responses") { json in
            for (status, meaning) in Self.problems {
                json.object("Problem\(status)") { json in
                    json.set("description", meaning)
                    if status == 503 {
                        json.object("headers") { json in
                            json.object("Retry-After") { json in
                                json.set("description", "Seconds to wait")
                                json.object("schema") { $0.set("type", "string") }
                            }
                        }
                    }
                    json.object("content") { json in
                        json.object("application/problem+json") { json in
                            json.name("schema")
                            Shape.named("Problem").write(into: &json)
                        }
                    }
                }
            }
        }
    }

    private func problem(into json: inout JSON) {
        json.set("type", "object")
        json.set("description", "A problem document (RFC 9457); texts in the language that Accept-Language prefers.")
        json.list("required", ["type", "title", "status", "detail", "request_id"]) { $0.add($1) }
        json.object("properties") { json in
            let members: [(String, Shape)] = [
                ("type", .address), ("title", .text), ("status", .integer(400...599)), ("detail", .text),
                ("request_id", .text), ("errors", .list(.object([("field", .text), ("message", .text)]))),
            ]
            for (name, shape) in members {
                json.name(name)
                shape.write(into: &json)
            }
        }
    }

    static let problems: [(Int, String)] = [
        (400, "The request cannot be read"), (404, "There is nothing at this address"),
        (406, "The client does not take JSON"), (410, "The record was withdrawn; detail says why"),
        (414, "The address is too long"), (422, "A parameter or value is not known; errors names it"),
        (503, "The data store cannot be reached just now"),
    ]
}
