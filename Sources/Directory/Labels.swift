import Institutions
import Kernel

extension Register {
    /// A filter's value as the screen says it.
    func label(_ filter: Filter, _ value: String, goals: [Goal], _ language: Language) -> String {
        switch filter {
        case .province: region(value)?.name ?? value
        case .institution: institution(value)?.name ?? value
        case .kind: Institution.Kind(rawValue: value).map { language.say($0.name) } ?? value
        case .status: Innovation.Continuity(rawValue: value).map { language.say($0.name) } ?? value
        case .category: Category.named(value).map { language.say($0) } ?? value
        case .sdg: goals.first { String($0.number) == value }.map { "\($0.number) \(language.say($0.title))" } ?? value
        case .year, .affair, .award: value
        }
    }
}
