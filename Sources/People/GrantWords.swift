import Kernel

/// A role in words, with where it holds: `Validator, Kabupaten Kendal`.
package enum GrantWords {
    package static func say(_ held: HeldGrant, _ language: Language) -> String {
        let place = [held.unitName, held.institutionName ?? held.grant.institution, held.grant.edition].compactMap(
            \.self)
        return ([language.say(held.grant.role.name)] + place).joined(separator: ", ")
    }
}
