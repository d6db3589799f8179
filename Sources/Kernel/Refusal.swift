/// What a rule answers instead of doing: never a fault, always something the person can act on.
///
/// Each family of rules has its own small enum that conforms; one place (`Web/ErrorPages`) maps it to an answer.
package protocol Refusal: Error, Sendable {
    var kind: RefusalKind { get }
    /// What to do about it, in both languages.
    var message: Phrase { get }
    /// The fields it concerns, if it comes from a form or a query; empty otherwise.
    var problems: [Problem] { get }
}

extension Refusal {
    package var problems: [Problem] { [] }
}

/// The kinds of refusal and, in comments, the HTTP status that answers them.
package enum RefusalKind: Sendable {
    case malformed  // 400
    case forbidden  // 403
    case missing  // 404
    case conflict  // 409
    case gone  // 410
    case tooLarge  // 413
    case invalid  // 422
    case unavailable  // 503
}

/// One thing wrong with one field, with what to do about it.
package struct Problem: Sendable, Hashable {
    package let field: String
    package let message: Phrase

    package init(_ field: String, _ message: Phrase) {
        self.field = field
        self.message = message
    }
}
