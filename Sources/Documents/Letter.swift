/// An official letter as its parts, from which a DOCX and a PDF are made. The words are the caller's.
package struct Letter: Sendable, Hashable {
    package enum Part: Sendable, Hashable {
        case paragraph(String)
        /// Lines of a name and what it says, set as two columns.
        case fields([(String, String)])
        /// Numbered lines.
        case list([String])

        package static func == (a: Part, b: Part) -> Bool { "\(a)" == "\(b)" }
        package func hash(into hasher: inout Hasher) { hasher.combine("\(self)") }
    }

    /// The body that writes, one line each, centred at the top.
    package let head: [String]
    package let title: String
    /// Left open to be filled by hand where it is unknown.
    package let number: String
    package let parts: [Part]
    /// Place and day, office, and the name below the space for the signature.
    package let place: String
    package let office: String
    package let signer: String

    package init(
        head: [String], title: String, number: String, parts: [Part], place: String, office: String, signer: String
    ) {
        self.head = head
        self.title = title
        self.number = number
        self.parts = parts
        self.place = place
        self.office = office
        self.signer = signer
    }
}
