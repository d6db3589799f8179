import Directory
import Kernel

/// What a comment stands beside.
package enum CommentSubject: Sendable, Hashable {
    case field(Innovation.Field)
    /// A claim by its number.
    case claim(Int)
    /// All of it.
    case whole

    /// `summary`, `claim.12`, `whole`: its name in forms and storage.
    package var name: String {
        switch self {
        case .field(let field): field.rawValue
        case .claim(let id): "claim.\(id)"
        case .whole: "whole"
        }
    }

    package init?(name: String) {
        if name == "whole" {
            self = .whole
        } else if name.hasPrefix("claim."), let id = Int(name.dropFirst(6)), id > 0 {
            self = .claim(id)
        } else if let field = Innovation.Field(rawValue: name) {
            self = .field(field)
        } else {
            return nil
        }
    }
}

/// What a reviewer wrote beside something, at one round.
package struct ReviewComment: Sendable, Hashable {
    package let round: Int
    package let subject: CommentSubject
    package let text: String
    package let at: Instant
}

/// A field as it was and as it is.
package struct FieldChange: Sendable, Hashable {
    package let field: Innovation.Field
    package let before: String?
    package let after: String?
    package var changed: Bool { before != after }
}

/// A claim as it was and as it is.
package struct ClaimChange: Sendable, Hashable {
    package let before: Submission.Held?
    package let after: Submission.Held?

    package var changed: Bool {
        guard let before, let after else { return true }
        return !before.says(after)
    }

    package var kind: ClaimKind? { after?.kind ?? before?.kind }
}

/// What a reviewer must look at: everything at first, afterwards only what changed.
package struct Differences: Sendable, Hashable {
    /// What the draft is compared with.
    package enum Against: Sendable, Hashable {
        /// Nothing before it: all is new.
        case nothing
        /// What was handed in at the last round that was returned.
        case round(Int)
        /// What is published.
        case revision(Int)
    }

    package let against: Against
    /// Every field that is or was known, in the order they are read.
    package let fields: [FieldChange]
    /// Every claim that is or was there, the present ones first.
    package let claims: [ClaimChange]

    /// - Parameters:
    ///   - was: the record compared with, and its claims; nil when there is nothing before.
    init(
        against: Against, was: Innovation?, wasClaims: [Submission.Held], is now: Innovation,
        claims held: [Submission.Held]
    ) {
        self.against = against
        fields = Innovation.Field.allCases.compactMap { field in
            let (before, after) = (was?[field], now[field])
            return before == nil && after == nil ? nil : FieldChange(field: field, before: before, after: after)
        }
        var left = wasClaims
        var found: [ClaimChange] = []
        for claim in held {
            let place = left.firstIndex { $0.id == claim.id || $0.id == claim.copyOf }
            found.append(ClaimChange(before: place.map { left.remove(at: $0) }, after: claim))
        }
        claims = found + left.map { ClaimChange(before: $0, after: nil) }
    }
}

/// How long a validation holds, a setting per kind of record.
package struct Term: Sendable, Hashable {
    /// Months, 1 or more, where the kind has none of its own.
    package let months: Int
    package let byForm: [Innovation.Form: Int]

    package init(months: Int = 12, byForm: [Innovation.Form: Int] = [:]) {
        self.months = max(1, months)
        self.byForm = byForm
    }

    /// The first instant at which a validation made at `at` no longer holds, see `Validity.end`.
    package func end(for innovation: Innovation, from at: Instant) -> Instant {
        Validity.end(from: at, months: max(1, innovation.form.flatMap { byForm[$0] } ?? months))
    }
}
