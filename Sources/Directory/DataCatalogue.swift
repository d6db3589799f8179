import Kernel
import Web

/// The portal's data described for data catalogues: DCAT 3 as JSON-LD. Only what is known is said: no publisher is
/// named, because this portal is nobody's official one, and no licence is granted, because the data keep the terms of
/// their sources.
struct DataCatalogue: Sendable {
    let publicURL: String
    let innovations: Int
    /// The day of the last change of any record; nil when there is none.
    let modified: Day?
    let sources: [String]

    static let rights = Phrase(
        "Data tetap mengikuti ketentuan sumbernya masing-masing. Portal ini tidak memberi lisensi lain atasnya.",
        "The data keep the terms of their sources. This portal grants no other licence on them.")

    var json: [UInt8] {
        var json = JSON(capacity: 8 * 1024)
        json.object { json in
            json.object("@context") { json in
                for (prefix, address) in Self.prefixes { json.set(prefix, address) }
            }
            json.set("@id", "\(publicURL)/data/katalog.jsonld")
            json.set("@type", "dcat:Catalog")
            json.phrase("dct:title", Phrase("Simpul: data terbuka", "Simpul: open data"))
            json.phrase(
                "dct:description",
                Phrase(
                    "Data inovasi pelayanan publik Indonesia yang sudah terbuka, dikumpulkan dari berbagai sumber. Bukan situs resmi pemerintah; penerbit tidak dinyatakan.",
                    "Data on public service innovations of Indonesia that are already public, gathered from several sources. Not an official government site; no publisher is stated."
                ))
            json.object("foaf:homepage") { $0.set("@id", "\(publicURL)/data") }
            rights(into: &json)
            json.list("dct:language", ["id", "en"]) { $0.add($1) }
            json.object("dcat:dataset") { dataset(&$0) }
            json.object("dcat:service") { service(&$0) }
        }
        return json.bytes
    }

    private static let mediaTypes = "https://www.iana.org/assignments/media-types/"

    private static let prefixes = [
        ("dcat", "http://www.w3.org/ns/dcat#"), ("dct", "http://purl.org/dc/terms/"),
        ("foaf", "http://xmlns.com/foaf/0.1/"), ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
        ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ]

    private func dataset(_ json: inout JSON) {
        json.set("@id", "\(publicURL)/data#inovasi")
        json.set("@type", "dcat:Dataset")
        json.phrase("dct:title", Phrase("Inovasi pelayanan publik", "Public service innovations"))
        json.phrase(
            "dct:description",
            Phrase(
                "\(Language.indonesian.number(innovations)) inovasi dengan asal setiap isiannya. Sumber: \(sources.joined(separator: ", ")).",
                "\(Language.english.number(innovations)) innovations with the source of each value. Sources: \(sources.joined(separator: ", "))."
            ))
        if let modified {
            json.object("dct:modified") {
                $0.set("@value", modified.iso)
                $0.set("@type", "xsd:date")
            }
        }
        rights(into: &json)
        json.set("dct:language", "id")
        json.object("dct:spatial") { $0.set("@id", "https://www.geonames.org/1643084") }
        json.object("dcat:landingPage") { $0.set("@id", "\(publicURL)/data") }
        json.list("dcat:distribution", Exports.Format.allCases) { json, format in
            json.object {
                $0.set("@id", "\(publicURL)/data#\(format.rawValue)")
                $0.set("@type", "dcat:Distribution")
                $0.set("dct:title", format.rawValue.uppercased())
                $0.object("dcat:accessURL") { $0.set("@id", "\(publicURL)/data") }
                $0.object("dcat:downloadURL") { $0.set("@id", "\(publicURL)/inovasi.\(format.rawValue)") }
                $0.object("dcat:mediaType") {
                    $0.set("@id", Self.mediaTypes + format.type.prefix { $0 != ";" })
                }
                rights(into: &$0)
            }
        }
    }

    private func service(_ json: inout JSON) {
        json.set("@id", "\(publicURL)/data#api")
        json.set("@type", "dcat:DataService")
        json.phrase("dct:title", Phrase("API inovasi", "Innovations API"))
        json.object("dcat:endpointURL") { $0.set("@id", "\(publicURL)/api/v1") }
        json.object("dcat:endpointDescription") { $0.set("@id", "\(publicURL)/api/openapi.json") }
        json.object("dcat:servesDataset") { $0.set("@id", "\(publicURL)/data#inovasi") }
        rights(into: &json)
    }

    private func rights(into json: inout JSON) {
        json.object("dct:rights") { json in
            json.set("@type", "dct:RightsStatement")
            json.phrase("rdfs:label", Self.rights)
        }
    }
}

extension JSON {
    /// A text in both languages as JSON-LD language-tagged strings.
    fileprivate mutating func phrase(_ name: String, _ phrase: Phrase) {
        list(name, Language.allCases) { json, language in
            json.object {
                $0.set("@value", language.say(phrase))
                $0.set("@language", language.rawValue)
            }
        }
    }
}
