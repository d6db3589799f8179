import Kernel

/// A role as an account holds or held it.
package struct HeldGrant: Sendable, Hashable {
    package let id: Int
    package let account: Int
    package let grant: Grant
    package let unitName: String?
    package let institutionName: String?
    /// The digest of the letter it rests on.
    package let letter: String?
    package let from: Instant
    package let until: Instant?
    package let certification: Certification

    /// Whether it gives its rights now.
    package var isLive: Bool { until == nil && !certification.isLapsed }
}

/// An account as those who manage it see it.
package struct Colleague: Sendable, Hashable {
    package enum State: String, Sendable, Hashable, Codable { case invited, active, suspended, left }

    package let account: Int
    /// Nil once the person left.
    package let email: String?
    package let name: String?
    package let office: String?
    package let phone: String?
    package let state: State
    package let hasCode: Bool
    /// The last time a session of theirs asked for a page; nil without a session.
    package let seen: Instant?
    /// Those that did not end.
    package let grants: [HeldGrant]
}
