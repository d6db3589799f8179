import Kernel

/// What a person tells about themselves. The office is public; name and phone are for those who work with them.
package struct Profile: Sendable, Hashable {
    package let name: String
    package let office: String
    package let phone: String?
    package let language: Language

    /// Throws `AccountRefusal` for a name or office that is missing or too long, and for a phone that is none.
    package init(name: String, office: String, phone: String? = nil, language: Language = .indonesian)
        throws(AccountRefusal)
    {
        func tidy(_ text: String) -> String {
            text.split(whereSeparator: { $0.isWhitespace || $0.unicodeScalars.allSatisfy { $0.value < 0x20 } })
                .joined(separator: " ")
        }
        let (name, office, phone) = (tidy(name), tidy(office), phone.map(tidy) ?? "")
        guard !name.isEmpty else { throw .nameMissing }
        guard name.count <= 120 else { throw .tooLong("name", 120) }
        guard !office.isEmpty else { throw .officeMissing }
        guard office.count <= 200 else { throw .tooLong("office", 200) }
        let digits = phone.filter(\.isNumber).count
        guard phone.isEmpty || ((6...15).contains(digits) && phone.allSatisfy { "+-(). 0123456789".contains($0) })
        else {
            throw .phone
        }
        self.name = name
        self.office = office
        self.phone = phone.isEmpty ? nil : phone
        self.language = language
    }
}
