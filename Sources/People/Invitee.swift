import Kernel

/// Whom somebody invites, and to what.
package struct Invitee: Sendable, Hashable {
    package let email: String
    package let grant: Grant
    package let name: String?
    package let office: String?
    package let language: Language
    /// The digest of the official letter.
    package let letter: String?

    package init(
        email: String, grant: Grant, name: String? = nil, office: String? = nil, language: Language = .indonesian,
        letter: String? = nil
    ) {
        self.email = email
        self.grant = grant
        self.name = name
        self.office = office
        self.language = language
        self.letter = letter
    }
}

/// What became of an invitation.
package struct Invited: Sendable, Hashable {
    package let account: Int
    /// The token of the one-time link; nil for someone who signs in already and got one more role.
    package let token: String?
}

/// What the page behind an invitation shows.
package struct Invitation: Sendable, Hashable {
    package let account: Int
    package let email: String
    package let name: String
    /// As they gave it, else what their role suggests.
    package let office: String
    package let phone: String?
    package let language: Language
    /// Whether the profile is complete, so that the password comes next.
    package let hasProfile: Bool
    package let grants: [HeldGrant]
}
