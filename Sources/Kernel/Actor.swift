/// Who does something: the system, an import, or a person who is signed in.
package struct Actor: Sendable, Hashable {
    /// A stable name for the record of who did what: `system`, `import:lan`, `account:12`. Never shown in public for
    /// persons.
    package let name: String
    /// The office on whose behalf a person acts, e.g. "Bagian Organisasi, Kabupaten Kendal"; what the public sees.
    package let office: String?
    /// The account of a person.
    package let account: Int?
    /// The address a person's request came from.
    package let address: String?

    package init(name: String, office: String? = nil, account: Int? = nil, address: String? = nil) {
        self.name = name
        self.office = office
        self.account = account
        self.address = address
    }

    package static let system = Actor(name: "system")

    /// What public pages and revisions name: the office of a person, else the name.
    package var publicName: String { office ?? name }
}
