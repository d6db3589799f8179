/// Everything held about a person, as they may take it with them (UU 27/2022, articles 7 and 13).
package struct PersonalRecord: Sendable, Codable, Equatable {
    package struct Role: Sendable, Codable, Equatable {
        package let role: String
        package let institution: String?
        package let unit: String?
        package let edition: String?
        package let letter: String?
        package let from: String
        package let until: String?
    }

    package struct Session: Sendable, Codable, Equatable {
        package let made: String
        package let seen: String
        package let address: String
        package let agent: String
    }

    package struct Sent: Sendable, Codable, Equatable {
        package let address: String
        package let subject: String
        package let made: String
        package let state: String
    }

    package struct Act: Sendable, Codable, Equatable {
        package let entry: Int
        package let at: String
        package let act: String
        package let kind: String
        package let key: String
        package let address: String?
    }

    package struct Identity: Sendable, Codable, Equatable {
        package let issuer: String
        package let subject: String
        package let at: String
    }

    package let account: Int
    package let email: String
    package let name: String?
    package let office: String?
    package let phone: String?
    package let language: String
    package let digest: Bool
    package let created: String
    package let oneTimeCode: Bool
    /// From how many browsers and addresses they signed in lately; only digests are held.
    package let familiarPlaces: Int
    package let roles: [Role]
    package let sessions: [Session]
    package let identities: [Identity]
    package let messages: [Sent]
    package let acts: [Act]
}
