import Kernel

/// A body of government (or a public enterprise or university) that can own innovations.
package struct Institution: Sendable, Hashable, Codable {
    /// Stable: `P33` and `R33.72` for governments by Kemendagri code, `K-…` ministries, `L-…` agencies, `B-…`
    /// enterprises, `U-…` universities, `X-…` others.
    package let code: String
    package let name: String
    package let kind: Kind
    /// The region it governs or, for others, sits in, where a source says so.
    package let region: String?
    /// The years in which it exists under this identity; nil is unknown (start) or open (end).
    package let from: Int?
    package let until: Int?
    /// Where its existence and years are taken from.
    package let source: String

    package init(
        code: String, name: String, kind: Kind, region: String?, from: Int?, until: Int?, source: String
    ) {
        self.code = code
        self.name = name
        self.kind = kind
        self.region = region
        self.from = from
        self.until = until
        self.source = source
    }

    package enum Kind: String, Sendable, Codable, CaseIterable {
        case ministry, agency, province, regency, city
        case stateEnterprise = "state-enterprise"
        case regionalEnterprise = "regional-enterprise"
        case university, other
    }
}

/// A province, regency or city with its Kemendagri code: `33`, `33.72`.
package struct Region: Sendable, Hashable, Codable {
    package let code: String
    package let name: String
    package let level: Level
    /// False for the six units of DKI Jakarta named Administrasi: they have no government of their own.
    package let autonomous: Bool

    package init(code: String, name: String, level: Level, autonomous: Bool) {
        self.code = code
        self.name = name
        self.level = level
        self.autonomous = autonomous
    }

    /// The code of the province it lies in; its own for a province.
    package var province: String { String(code.prefix(2)) }

    package enum Level: String, Sendable, Codable { case province, regency, city }
}
