import Institutions
import Kernel

extension Innovation.Field {
    /// The key by which the screen names the field, see `Innovation.fieldName`.
    package var key: String {
        switch self {
        case .summary, .background, .purpose, .novelty, .impact, .adaptability, .resources, .sustainability:
            "texts.\(rawValue)"
        case .criterionNovelty: "criteria.novelty"
        case .criterionEffectiveness: "criteria.effectiveness"
        case .criterionBenefit: "criteria.benefit"
        case .criterionTransferability: "criteria.transferability"
        case .criterionSustainability: "criteria.sustainability"
        default: rawValue
        }
    }
}

extension Innovation {
    /// A field's value as the screen says it; nil when unknown.
    package func shown(_ field: Field, _ register: Register, goals: [Goal], _ language: Language) -> String? {
        switch field {
        case .institution: register.institution(institution)?.name ?? institutionAsGiven
        case .region: register.region(region)?.name ?? regionAsGiven
        case .category: category.map { Category.named($0).map(language.say) ?? $0 }
        case .stage: stage.map { language.say($0.name) }
        case .form: form.map { language.say($0.name) }
        case .digital: digital.map { $0 ? language.say("Ya", "Yes") : language.say("Tidak", "No") }
        case .continuity: continuity.map { language.say($0.name) }
        case .continuityOn: continuityOn?.long(language)
        case .awards: awards.isEmpty ? nil : awards.map(\.line).joined(separator: "; ")
        case .activities:
            activities.isEmpty
                ? nil : activities.map { "\(language.say($0.kind.name)): \($0.note)" }.joined(separator: "; ")
        default: self[field]
        }
    }
}
