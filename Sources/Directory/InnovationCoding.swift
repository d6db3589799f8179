import Foundation
import Kernel

/// The stored form of a record: JSON with only what is known, keys in order, so that equal records have equal bytes and
/// revisions of an older Simpul stay readable.
extension Innovation {
    private enum Key: String, CodingKey {
        case nri, title, shortName, expansion, institution, institutionAsGiven, unit, region, regionAsGiven, yearStated
        case yearOfIdea, yearOfTrial, yearOfStart, stage, form, digital, category, affair, sdgs, criteria, texts
        case continuity, continuityReason, continuityOn, awards, links, activities, notes
    }

    package init(from decoder: any Decoder) throws {
        let c = try decoder.container(keyedBy: Key.self)
        nri = try c.decodeIfPresent(String.self, forKey: .nri)
        title = try c.decode(String.self, forKey: .title)
        shortName = try c.decodeIfPresent(String.self, forKey: .shortName)
        expansion = try c.decodeIfPresent(String.self, forKey: .expansion)
        institution = try c.decodeIfPresent(String.self, forKey: .institution)
        institutionAsGiven = try c.decodeIfPresent(String.self, forKey: .institutionAsGiven)
        unit = try c.decodeIfPresent(String.self, forKey: .unit)
        region = try c.decodeIfPresent(String.self, forKey: .region)
        regionAsGiven = try c.decodeIfPresent(String.self, forKey: .regionAsGiven)
        yearStated = try c.decodeIfPresent(Int.self, forKey: .yearStated)
        yearOfIdea = try c.decodeIfPresent(Int.self, forKey: .yearOfIdea)
        yearOfTrial = try c.decodeIfPresent(Int.self, forKey: .yearOfTrial)
        yearOfStart = try c.decodeIfPresent(Int.self, forKey: .yearOfStart)
        stage = try c.decodeIfPresent(Stage.self, forKey: .stage)
        form = try c.decodeIfPresent(Form.self, forKey: .form)
        digital = try c.decodeIfPresent(Bool.self, forKey: .digital)
        category = try c.decodeIfPresent(String.self, forKey: .category)
        affair = try c.decodeIfPresent(String.self, forKey: .affair)
        sdgs = try c.decodeIfPresent([Int].self, forKey: .sdgs) ?? []
        criteria = try c.decodeIfPresent([Criterion: String].self, forKey: .criteria) ?? [:]
        texts = try c.decodeIfPresent([Section: String].self, forKey: .texts) ?? [:]
        continuity = try c.decodeIfPresent(Continuity.self, forKey: .continuity)
        continuityReason = try c.decodeIfPresent(String.self, forKey: .continuityReason)
        continuityOn = try c.decodeIfPresent(String.self, forKey: .continuityOn).flatMap { Day(iso: $0) }
        awards = try c.decodeIfPresent([Award].self, forKey: .awards) ?? []
        links = try c.decodeIfPresent([Link].self, forKey: .links) ?? []
        activities = try c.decodeIfPresent([Activity].self, forKey: .activities) ?? []
        notes = try c.decodeIfPresent([String].self, forKey: .notes) ?? []
    }

    package func encode(to encoder: any Encoder) throws {
        var c = encoder.container(keyedBy: Key.self)
        try c.encodeIfPresent(nri, forKey: .nri)
        try c.encode(title, forKey: .title)
        try c.encodeIfPresent(shortName, forKey: .shortName)
        try c.encodeIfPresent(expansion, forKey: .expansion)
        try c.encodeIfPresent(institution, forKey: .institution)
        try c.encodeIfPresent(institutionAsGiven, forKey: .institutionAsGiven)
        try c.encodeIfPresent(unit, forKey: .unit)
        try c.encodeIfPresent(region, forKey: .region)
        try c.encodeIfPresent(regionAsGiven, forKey: .regionAsGiven)
        try c.encodeIfPresent(yearStated, forKey: .yearStated)
        try c.encodeIfPresent(yearOfIdea, forKey: .yearOfIdea)
        try c.encodeIfPresent(yearOfTrial, forKey: .yearOfTrial)
        try c.encodeIfPresent(yearOfStart, forKey: .yearOfStart)
        try c.encodeIfPresent(stage, forKey: .stage)
        try c.encodeIfPresent(form, forKey: .form)
        try c.encodeIfPresent(digital, forKey: .digital)
        try c.encodeIfPresent(category, forKey: .category)
        try c.encodeIfPresent(affair, forKey: .affair)
        if !sdgs.isEmpty { try c.encode(sdgs, forKey: .sdgs) }
        if !criteria.isEmpty { try c.encode(criteria, forKey: .criteria) }
        if !texts.isEmpty { try c.encode(texts, forKey: .texts) }
        try c.encodeIfPresent(continuity, forKey: .continuity)
        try c.encodeIfPresent(continuityReason, forKey: .continuityReason)
        try c.encodeIfPresent(continuityOn?.iso, forKey: .continuityOn)
        if !awards.isEmpty { try c.encode(awards, forKey: .awards) }
        if !links.isEmpty { try c.encode(links, forKey: .links) }
        if !activities.isEmpty { try c.encode(activities, forKey: .activities) }
        if !notes.isEmpty { try c.encode(notes, forKey: .notes) }
    }

    /// The record as JSON text, the same for equal records.
    package func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// Reads what `json` wrote.
    package init(json: String) throws {
        self = try JSONDecoder().decode(Innovation.self, from: Data(json.utf8))
    }
}
