import Kernel

/// What is wrong with a form that was sent, so that it can be shown again with each problem beside its field.
package struct FormProblems: Sendable, Hashable {
    package let all: [Problem]

    /// A form shown for the first time.
    package static let none = FormProblems([])

    package init(_ problems: [Problem]) { all = problems }

    /// The problems of a refusal; its message as one problem of no field when it names none.
    package init(_ refusal: any Refusal) {
        all = refusal.problems.isEmpty ? [Problem("", refusal.message)] : refusal.problems
    }

    package var isEmpty: Bool { all.isEmpty }

    /// What is wrong with one field; nil when nothing is.
    package subscript(field: String) -> Phrase? { all.first { $0.field == field }?.message }
}
