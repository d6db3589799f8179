import Institutions
import Kernel
import Web

/// Writes innovations as JSON: short in lists, whole by themselves and in exports.
struct InnovationJSON: Sendable {
    let register: Register
    /// Scheme and host of the portal without a final slash.
    let publicURL: String

    init(_ register: Register, publicURL: String) {
        self.register = register
        self.publicURL = publicURL
    }

    /// A record as lists show it.
    func item(_ listed: Listed, into json: inout JSON) {
        json.object {
            $0.set("id", listed.id)
            core(listed.innovation, into: &$0)
            $0.set("summary", listed.innovation.texts[.summary])
            standing(listed.validity, into: &$0)
            ending(listed.id, listed.sources, revision: listed.revision, updatedAt: listed.updatedAt, into: &$0)
        }
    }

    /// A record with all its fields and sources, without provenance and history.
    func whole(_ listed: Listed, into json: inout JSON) {
        json.object {
            $0.set("id", listed.id)
            core(listed.innovation, into: &$0)
            rest(listed.innovation, into: &$0)
            standing(listed.validity, into: &$0)
            ending(listed.id, listed.sources, revision: listed.revision, updatedAt: listed.updatedAt, into: &$0)
        }
    }

    /// Everything about one record.
    func full(_ shown: Innovations.Shown, _ revisions: [Innovations.RevisionEntry], into json: inout JSON) {
        json.object {
            $0.set("id", shown.id)
            core(shown.innovation, into: &$0)
            rest(shown.innovation, into: &$0)
            standing(shown.validity, into: &$0)
            ending(shown.id, shown.sources, revision: shown.revision, updatedAt: shown.updatedAt, into: &$0)
            $0.set("created_at", shown.createdAt.rfc3339)
            provenance(shown, into: &$0)
            $0.list("revisions", revisions) { entry(shown.id, $1, into: &$0) }
        }
    }

    /// What a record was at one revision.
    func revision(_ id: Int, _ entry: Innovations.RevisionEntry, _ innovation: Innovation, into json: inout JSON) {
        json.object {
            $0.set("innovation", id)
            $0.set("number", entry.number)
            $0.set("at", entry.at.rfc3339)
            $0.set("actor", entry.actor)
            $0.set("reason", entry.reason)
            $0.object("record") {
                core(innovation, into: &$0)
                rest(innovation, into: &$0)
            }
        }
    }

    private func core(_ i: Innovation, into json: inout JSON) {
        let institution = register.institution(i.institution)
        let region = register.region(i.region) ?? register.region(institution?.region)
        json.set("nri", i.nri)
        json.set("title", i.title)
        json.set("short_name", i.shortName)
        json.set("expansion", i.expansion)
        json.set("year", i.year)
        json.coded("institution", institution.map { ($0.code, $0.name) })
        json.set("institution_as_given", i.institutionAsGiven)
        json.set("unit", i.unit)
        json.coded("region", region.map { ($0.code, $0.name) })
        json.coded("province", register.province(of: region?.code).map { ($0.code, $0.name) })
        json.set("category", i.category)
        json.set("affair", i.affair)
        json.set("stage", i.stage?.rawValue)
        json.set("form", i.form?.rawValue)
        json.set("digital", i.digital)
        json.list("sdgs", i.sdgs) { $0.add($1) }
        json.list("awards", i.awards) { json, award in
            json.object {
                $0.set("programme", award.programme)
                $0.set("year", award.year)
                $0.set("rank", award.rank)
                $0.set("decree", award.decree)
            }
        }
        json.set("continuity", i.continuity?.rawValue)
        json.list("links", i.links) { json, link in
            json.object {
                $0.set("kind", link.kind.rawValue)
                $0.set("address", link.address)
                $0.set("label", link.label)
            }
        }
    }

    private func rest(_ i: Innovation, into json: inout JSON) {
        json.set("region_as_given", i.regionAsGiven)
        json.set("year_stated", i.yearStated)
        json.set("year_of_idea", i.yearOfIdea)
        json.set("year_of_trial", i.yearOfTrial)
        json.set("year_of_start", i.yearOfStart)
        json.object("texts") { json in
            for section in Innovation.Section.allCases { json.set(section.rawValue, i.texts[section]) }
        }
        json.object("criteria") { json in
            for criterion in Innovation.Criterion.allCases { json.set(criterion.rawValue, i.criteria[criterion]) }
        }
        json.set("continuity_reason", i.continuityReason)
        json.set("continuity_on", i.continuityOn?.iso)
        json.list("activities", i.activities) { json, activity in
            json.object {
                $0.set("kind", activity.kind.rawValue)
                $0.set("on", activity.on?.iso)
                $0.set("note", activity.note)
            }
        }
        json.list("notes", i.notes) { $0.add($1) }
    }

    /// Dates only: whether it is valid, due or overdue is the reader's to derive when he reads.
    private func standing(_ validity: Validity, into json: inout JSON) {
        json.name("validation")
        if let validation = validity.validation {
            json.object {
                $0.set("by", validation.by)
                $0.set("at", validation.at.rfc3339)
                $0.set("until", validation.until.rfc3339)
                $0.set("instead", validation.instead?.rawValue)
            }
        } else {
            json.add(nil as String?)
        }
        json.set("clarifying_since", validity.clarifyingSince?.rfc3339)
    }

    private func ending(
        _ id: Int, _ sources: [Innovations.SourceRecord], revision: Int, updatedAt: Instant, into json: inout JSON
    ) {
        json.list("sources", sources) { json, source in json.object { self.source(source, into: &$0) } }
        json.set("revision", revision)
        json.set("updated_at", updatedAt.rfc3339)
        json.set("url", publicURL + Address.path("inovasi", String(id)).text)
    }

    private func source(_ source: Innovations.SourceRecord, into json: inout JSON) {
        json.set("name", source.source)
        json.set("external_id", source.externalID)
        json.set("reference", source.reference)
    }

    private func provenance(_ shown: Innovations.Shown, into json: inout JSON) {
        json.list("provenance", shown.innovation.known) { json, field in
            let record = shown.origin.source(of: field)
            let source = shown.sources.first { $0.id == record }
            json.object {
                $0.set("field", field.apiName)
                $0.set("value", shown.innovation[field])
                $0.name("source")
                if let source { $0.object { self.source(source, into: &$0) } } else { $0.add(nil as String?) }
                $0.set("on", source?.changedAt.day().iso)
            }
        }
    }

    private func entry(_ id: Int, _ entry: Innovations.RevisionEntry, into json: inout JSON) {
        json.object {
            $0.set("number", entry.number)
            $0.set("at", entry.at.rfc3339)
            $0.set("actor", entry.actor)
            $0.set("reason", entry.reason)
            $0.set(
                "url",
                publicURL
                    + Address.path("api", "v1", "innovations", String(id), "revisions", String(entry.number)).text)
        }
    }
}

extension JSON {
    /// A member that is a code with a name, or null.
    mutating func coded(_ name: String, _ value: (code: String, name: String)?) {
        self.name(name)
        guard let value else { return add(nil as String?) }
        object {
            $0.set("code", value.code)
            $0.set("name", value.name)
        }
    }
}

extension Innovation.Field {
    /// The field's name in JSON: `shortName` is `short_name`.
    var apiName: String {
        rawValue.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
    }
}
