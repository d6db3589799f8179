import Kernel

/// A field visit to a finalist by one panelist or evaluator, as planned and as reported.
package struct Visit: Sendable, Hashable {
    package struct Photo: Sendable, Hashable, Codable {
        /// Named where it was taken, so that the same photo sent twice is one.
        package let key: String
        /// The file's name in the store.
        package let file: String
        package let name: String
        package let takenAt: Instant?
    }

    package let id: Int
    package let edition: Int
    package let editionCode: String
    package let proposal: Int
    package let title: String
    package let institution: String
    package let institutionName: String
    /// The zone of the place; the edition's where the institution's region is unknown.
    package let zone: Zone
    package let evaluator: Int
    package let evaluatorName: String
    package let account: Int
    package let planned: Day
    package let report: VisitReport?
    package let receivedAt: Instant?
    /// Rises by one with every report.
    package let version: Int
    package let photos: [Photo]
}

/// What results rest on of one visit: reported facts alone.
package struct VisitRecord: Sendable, Hashable, Codable {
    package let proposal: Int
    package let evaluator: Int
    package let planned: Day
    package let report: VisitReport
    /// By key.
    package let photos: [Visit.Photo]
}
