import Kernel

/// An award that was issued to an innovation; revoked ones stay, with the reason.
package struct Award: Sendable, Hashable {
    package let serial: String
    /// The edition's number and code.
    package let edition: Int
    package let editionCode: String
    package let proposal: Int
    /// The innovation as it was proposed; whichever record that belongs to now is shown with it.
    package let innovation: Int
    /// The code of the tier.
    package let tier: String
    /// The version of the result it rests on.
    package let result: Int
    package let file: AwardFile
    package let statement: AwardStatement
    package let at: Instant
    package let revokedAt: Instant?
    /// Why it was revoked; public.
    package let revocation: String?

    package var isStanding: Bool { revokedAt == nil }

    /// The programme as the directory names it: KIPP in short, a region's with its name, never with the year.
    package static func programme(_ edition: Edition) -> String {
        let year = String(edition.year)
        return edition.name.indonesian.replacing("Kompetisi Inovasi Pelayanan Publik", with: "KIPP")
            .split(separator: " ").filter { $0 != year }.joined(separator: " ")
    }
}
