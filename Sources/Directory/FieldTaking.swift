import Kernel

extension Innovation {
    /// Takes one field as another record has it.
    package mutating func take(_ field: Field, from other: Innovation) {
        switch field {
        case .title: title = other.title
        case .shortName: shortName = other.shortName
        case .expansion: expansion = other.expansion
        case .nri: nri = other.nri
        case .institution: (institution, institutionAsGiven) = (other.institution, other.institutionAsGiven)
        case .unit: unit = other.unit
        case .region: (region, regionAsGiven) = (other.region, other.regionAsGiven)
        case .yearStated: yearStated = other.yearStated
        case .yearOfIdea: yearOfIdea = other.yearOfIdea
        case .yearOfTrial: yearOfTrial = other.yearOfTrial
        case .yearOfStart: yearOfStart = other.yearOfStart
        case .stage: stage = other.stage
        case .form: form = other.form
        case .digital: digital = other.digital
        case .category: category = other.category
        case .affair: affair = other.affair
        case .sdgs: sdgs = other.sdgs
        case .summary, .background, .purpose, .novelty, .impact, .adaptability, .resources, .sustainability:
            if let section = Section(rawValue: field.rawValue) { texts[section] = other.texts[section] }
        case .criterionNovelty: criteria[.novelty] = other.criteria[.novelty]
        case .criterionEffectiveness: criteria[.effectiveness] = other.criteria[.effectiveness]
        case .criterionBenefit: criteria[.benefit] = other.criteria[.benefit]
        case .criterionTransferability: criteria[.transferability] = other.criteria[.transferability]
        case .criterionSustainability: criteria[.sustainability] = other.criteria[.sustainability]
        case .continuity: continuity = other.continuity
        case .continuityReason: continuityReason = other.continuityReason
        case .continuityOn: continuityOn = other.continuityOn
        case .awards: awards = other.awards
        case .links: links = other.links
        case .activities: activities = other.activities
        case .notes: notes = other.notes
        }
    }
}
