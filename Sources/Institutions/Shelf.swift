import Kernel
import Web

/// What the directory holds of institutions and regions; App fills it in, so that this slice need not know innovations.
package struct Shelf: Sendable {
    /// A group of innovations to list.
    package enum Scope: Sendable, Hashable {
        case institution(String)
        /// A province with everything in it, or one regency or city.
        case region(String)
    }

    /// Some innovations, drawn, and the instant at which their states change by themselves.
    package struct Listing: Sendable {
        package let html: HTML
        package let until: Instant?

        package init(_ html: HTML, until: Instant?) {
            self.html = html
            self.until = until
        }
    }

    /// Innovations by institution code.
    package let byInstitution: @Sendable () -> [String: Int]
    /// Innovations by province code.
    package let byProvince: @Sendable () -> [String: Int]
    package let total: @Sendable () -> Int
    package let asOf: @Sendable () async throws -> Instant
    package let years: @Sendable (_ institution: String) -> [(year: Int, count: Int)]
    package let count: @Sendable (Scope) async throws -> Int
    /// The newest of a group, drawn, with a link to all of them.
    package let list: @Sendable (Scope, Frame) async throws -> Listing
    /// Spellings of institutions in the data that were not resolved.
    package let unresolved: @Sendable () async throws -> Int
    /// schema.org data about an institution.
    package let linkedData: @Sendable (Institution, Register, Frame) -> String

    package init(
        byInstitution: @escaping @Sendable () -> [String: Int], byProvince: @escaping @Sendable () -> [String: Int],
        total: @escaping @Sendable () -> Int, asOf: @escaping @Sendable () async throws -> Instant,
        years: @escaping @Sendable (String) -> [(year: Int, count: Int)],
        count: @escaping @Sendable (Scope) async throws -> Int,
        list: @escaping @Sendable (Scope, Frame) async throws -> Listing,
        unresolved: @escaping @Sendable () async throws -> Int,
        linkedData: @escaping @Sendable (Institution, Register, Frame) -> String
    ) {
        self.byInstitution = byInstitution
        self.byProvince = byProvince
        self.total = total
        self.asOf = asOf
        self.years = years
        self.count = count
        self.list = list
        self.unresolved = unresolved
        self.linkedData = linkedData
    }
}
