import Foundation
import Kernel

extension Innovation {
    /// The fields of a record that have a source of their own, in the order they are read.
    package enum Field: String, Sendable, CaseIterable {
        case title, shortName, expansion, nri, institution, unit, region
        case yearStated, yearOfIdea, yearOfTrial, yearOfStart, stage, form, digital, category, affair, sdgs
        case summary, background, purpose, novelty, impact, adaptability, resources, sustainability
        case criterionNovelty, criterionEffectiveness, criterionBenefit, criterionTransferability
        case criterionSustainability
        case continuity, continuityReason, continuityOn, awards, links, activities, notes
    }

    /// Whether two records say exactly the same in a field, also where the plain text shows less than there is.
    package func agrees(with other: Innovation, in field: Field) -> Bool {
        switch field {
        case .institution: institution == other.institution && institutionAsGiven == other.institutionAsGiven
        case .region: region == other.region && regionAsGiven == other.regionAsGiven
        case .awards: awards == other.awards
        case .links: links == other.links
        case .activities: activities == other.activities
        case .notes: notes == other.notes
        default: self[field] == other[field]
        }
    }

    /// A field's value as plain text, for comparison and provenance; nil when unknown. Codes stay codes.
    package subscript(field: Field) -> String? {
        switch field {
        case .title: title
        case .shortName: shortName
        case .expansion: expansion
        case .nri: nri
        case .institution: institution ?? institutionAsGiven
        case .unit: unit
        case .region: region ?? regionAsGiven
        case .yearStated: yearStated.map(String.init)
        case .yearOfIdea: yearOfIdea.map(String.init)
        case .yearOfTrial: yearOfTrial.map(String.init)
        case .yearOfStart: yearOfStart.map(String.init)
        case .stage: stage?.rawValue
        case .form: form?.rawValue
        case .digital: digital.map(String.init)
        case .category: category
        case .affair: affair
        case .sdgs: sdgs.isEmpty ? nil : sdgs.map(String.init).joined(separator: ", ")
        case .summary: texts[.summary]
        case .background: texts[.background]
        case .purpose: texts[.purpose]
        case .novelty: texts[.novelty]
        case .impact: texts[.impact]
        case .adaptability: texts[.adaptability]
        case .resources: texts[.resources]
        case .sustainability: texts[.sustainability]
        case .criterionNovelty: criteria[.novelty]
        case .criterionEffectiveness: criteria[.effectiveness]
        case .criterionBenefit: criteria[.benefit]
        case .criterionTransferability: criteria[.transferability]
        case .criterionSustainability: criteria[.sustainability]
        case .continuity: continuity?.rawValue
        case .continuityReason: continuityReason
        case .continuityOn: continuityOn?.iso
        case .awards:
            joined(awards) {
                "\([$0.programme, $0.year.map(String.init), $0.rank, $0.decree].compactMap(\.self).joined(separator: ", "))"
            }
        case .links: joined(links) { $0.address }
        case .activities: joined(activities) { "\($0.kind.rawValue) \($0.on?.iso ?? "") \($0.note)" }
        case .notes: joined(notes) { $0 }
        }
    }

    /// The fields that hold something.
    package var known: [Field] { Field.allCases.filter { self[$0] != nil } }

    private func joined<T>(_ list: [T], _ text: (T) -> String) -> String? {
        list.isEmpty ? nil : list.map(text).joined(separator: "; ")
    }
}
