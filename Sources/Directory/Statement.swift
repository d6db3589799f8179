import Kernel

/// What one row of a source, or one validated draft, states of a record.
package struct Statement: Sendable {
    /// The number of the source record.
    package let id: Int
    /// The innovation that the row was given when it came; it keeps it, whatever that one is merged into.
    package let member: Int
    /// The source's number, its name, whose it is and under which terms.
    package let sourceID: Int
    package let source: String
    package let owner: String?
    package let licence: String?
    /// How far the source is believed: the lower number first.
    package let trust: Int
    /// Whether an institution wrote and validated it in the portal itself.
    package let own: Bool
    package let externalID: String
    package let reference: String?
    package let firstSeenAt: Instant
    package let changedAt: Instant
    /// Since when the source no longer has it.
    package let missingSince: Instant?
    package let innovation: Innovation
    /// What it speaks for; an own statement also for what it empties.
    package let fields: Set<Innovation.Field>
    /// The row as it came, as JSON.
    package let raw: String

    package init(
        id: Int, member: Int, sourceID: Int, source: String, owner: String? = nil, licence: String? = nil,
        trust: Int = 100, own: Bool = false, externalID: String, reference: String? = nil, firstSeenAt: Instant,
        changedAt: Instant, missingSince: Instant? = nil, innovation: Innovation, fields: Set<Innovation.Field>? = nil,
        raw: String = "{}"
    ) {
        self.id = id
        self.member = member
        self.sourceID = sourceID
        self.source = source
        self.owner = owner
        self.licence = licence
        self.trust = trust
        self.own = own
        self.externalID = externalID
        self.reference = reference
        self.firstSeenAt = firstSeenAt
        self.changedAt = changedAt
        self.missingSince = missingSince
        self.innovation = innovation
        self.fields = fields ?? Set(innovation.known)
        self.raw = raw
    }

    /// The same statement after its source sent the row anew.
    func sent(_ innovation: Innovation, at: Instant) -> Statement {
        Statement(
            id: id, member: member, sourceID: sourceID, source: source, owner: owner, licence: licence, trust: trust,
            own: own, externalID: externalID, reference: reference, firstSeenAt: firstSeenAt, changedAt: at,
            innovation: innovation, raw: raw)
    }
}
