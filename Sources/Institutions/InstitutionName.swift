import Kernel

/// A name under which an institution is or was known.
package struct InstitutionName: Sendable, Hashable, Codable {
    /// The institution's code.
    package let code: String
    package let name: String
    package let kind: Kind
    /// First and last year of its use, both included; nil is unknown or open.
    package let from: Int?
    package let until: Int?
    package let source: String

    package init(code: String, name: String, kind: Kind, from: Int?, until: Int?, source: String) {
        self.code = code
        self.name = name
        self.kind = kind
        self.from = from
        self.until = until
        self.source = source
    }

    package enum Kind: String, Sendable, Codable, CaseIterable { case official, former, short, spelling }
}
