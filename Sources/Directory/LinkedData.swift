import Institutions
import Kernel
import Web

/// What pages say about their subject in schema.org's words, as JSON-LD for a script element: `<` is written as an
/// escape, so no text of a record can close it.
package enum LinkedData {
    /// The site and how to search it.
    package static func home(publicURL: String, _ language: Language) -> String {
        document("WebSite") { json in
            json.set("name", "Simpul")
            json.set(
                "description",
                language.say(
                    "Direktori inovasi pelayanan publik Indonesia",
                    "Directory of public service innovations of Indonesia"))
            json.set("url", publicURL + language.prefix + "/")
            json.set("inLanguage", language.rawValue)
            json.object("potentialAction") { json in
                json.set("@type", "SearchAction")
                json.object("target") {
                    $0.set("@type", "EntryPoint")
                    $0.set("urlTemplate", "\(publicURL)\(language.prefix)/inovasi?q={search_term_string}")
                }
                json.set("query-input", "required name=search_term_string")
            }
        }
    }

    /// One innovation: a work whose creator is the institution that a source names. Nothing is rated or reviewed.
    package static func innovation(
        _ id: Int, _ innovation: Innovation, institution: Institution?, region: Region?, updatedAt: Instant,
        validity: Validity = .never, publicURL: String, _ language: Language
    ) -> String {
        let name = ShownName(innovation)
        return document("CreativeWork") { json in
            json.set("@id", "\(publicURL)/inovasi/\(id)")
            json.set("url", "\(publicURL)\(language.prefix)/inovasi/\(id)")
            json.set("name", name.name)
            if let stands = name.stands { json.set("alternateName", stands) }
            json.set("inLanguage", "id")
            if let summary = innovation.texts[.summary] { json.set("description", summary) }
            if let year = innovation.year { json.set("dateCreated", String(year)) }
            json.set("sdDatePublished", updatedAt.day().iso)
            if let validation = validity.validation {
                json.object("maintainer") {
                    $0.set("@type", "GovernmentOrganization")
                    $0.set("name", validation.by)
                }
                json.set("expires", validation.lastDay.iso)
            }
            if let nri = innovation.nri {
                json.object("identifier") {
                    $0.set("@type", "PropertyValue")
                    $0.set("propertyID", "NRI")
                    $0.set("value", nri)
                }
            }
            if let institution {
                json.object("creator") { organisation(institution, publicURL, into: &$0) }
            } else if let given = innovation.institutionAsGiven {
                json.object("creator") {
                    $0.set("@type", "Organization")
                    $0.set("name", given)
                }
            }
            if let region { json.object("spatialCoverage") { place(region, into: &$0) } }
            if let category = innovation.category { json.set("genre", category) }
            if !innovation.awards.isEmpty { json.list("award", innovation.awards) { $0.add($1.line) } }
            let links = innovation.links.filter { $0.kind == .page }
            if !links.isEmpty { json.list("sameAs", links) { $0.add($1.address) } }
        }
    }

    package static func institution(
        _ institution: Institution, region: Region?, otherNames: [String], publicURL: String, _ language: Language
    ) -> String {
        document(type(institution)) { json in
            json.set("@id", "\(publicURL)/instansi/\(institution.code)")
            json.set("url", "\(publicURL)\(language.prefix)\(Address.path("instansi", institution.code).text)")
            json.set("name", institution.name)
            if !otherNames.isEmpty { json.list("alternateName", otherNames) { $0.add($1) } }
            if let from = institution.from { json.set("foundingDate", String(from)) }
            if let until = institution.until { json.set("dissolutionDate", String(until)) }
            if let region { json.object("areaServed") { place(region, into: &$0) } }
        }
    }

    /// The open data page: one dataset with its files.
    package static func data(total: Int, publicURL: String, _ language: Language) -> String {
        document("Dataset") { json in
            json.set("@id", "\(publicURL)/data#inovasi")
            json.set("url", "\(publicURL)\(language.prefix)/data")
            json.set(
                "name", language.say("Inovasi pelayanan publik Indonesia", "Public service innovations of Indonesia"))
            json.set(
                "description",
                language.say(
                    "\(language.number(total)) inovasi pelayanan publik dari berbagai sumber terbuka, dengan asal setiap isiannya.",
                    "\(language.number(total)) public service innovations from several public sources, with the source of each value."
                ))
            json.set("inLanguage", "id")
            json.set("isAccessibleForFree", true)
            json.set("usageInfo", "\(publicURL)\(language.prefix)/data")
            json.set("conditionsOfAccess", language.say(DataCatalogue.rights))
            json.list("distribution", Exports.Format.allCases) { json, format in
                json.object {
                    $0.set("@type", "DataDownload")
                    $0.set("encodingFormat", String(format.type.prefix { $0 != ";" }))
                    $0.set("contentUrl", "\(publicURL)/inovasi.\(format.rawValue)")
                }
            }
            json.object("includedInDataCatalog") {
                $0.set("@type", "DataCatalog")
                $0.set("@id", "\(publicURL)/data/katalog.jsonld")
                $0.set("name", "Simpul")
            }
        }
    }

    private static func document(_ type: String, _ body: (inout JSON) -> Void) -> String {
        var json = JSON(capacity: 2048)
        json.object {
            $0.set("@context", "https://schema.org")
            $0.set("@type", type)
            body(&$0)
        }
        return json.text.replacing("<", with: "\\u003c")
    }

    private static func type(_ institution: Institution) -> String {
        switch institution.kind {
        case .ministry, .agency, .province, .regency, .city: "GovernmentOrganization"
        case .university: "CollegeOrUniversity"
        case .stateEnterprise, .regionalEnterprise, .other: "Organization"
        }
    }

    private static func organisation(_ institution: Institution, _ publicURL: String, into json: inout JSON) {
        json.set("@type", type(institution))
        json.set("@id", "\(publicURL)/instansi/\(institution.code)")
        json.set("name", institution.name)
    }

    private static func place(_ region: Region, into json: inout JSON) {
        json.set("@type", "AdministrativeArea")
        json.set("name", region.name)
        json.set("identifier", region.code)
    }
}
