import Kernel

/// One finalist's presentation: where, when, before whom, and who speaks.
package struct Slot: Sendable, Hashable {
    /// Who presents: the agency's leader, or who was delegated by letter.
    package struct Presenter: Sendable, Hashable {
        package let name: String
        package let office: String
        package let isLeader: Bool
        /// The delegation letter's name in the file store; nil when the leader comes.
        package let delegation: String?
    }

    package let id: Int
    package let edition: Int
    package let editionCode: String
    package let proposal: Int
    package let title: String
    package let institution: String
    package let institutionName: String
    /// The presenter's own zone; nil where the institution's region is unknown.
    package let zone: Zone?
    package let room: String
    package let starts: Instant
    package let ends: Instant
    package let presenter: Presenter?
    /// What was minuted; for panel and secretariat only.
    package let minutes: String?
    package let beganAt: Instant?
    /// The panelists' numbers, in order.
    package let panelists: [Int]

    package var place: Timetable.Place {
        Timetable.Place(proposal: proposal, room: room, starts: starts, ends: ends, panelists: panelists)
    }

    /// How long a presentation takes in an edition: all its parts together, in minutes.
    package static func minutes(in edition: Edition) -> Int {
        edition.presentation.reduce(0) { $0 + ($1.minutes ?? 0) }
    }

    /// Day, time and zone, then the same on the presenter's clock where it differs.
    package func time(in zone: Zone) -> Phrase { Self.time(starts, ends, in: zone, and: self.zone) }

    package static func time(_ starts: Instant, _ ends: Instant, in zone: Zone, and other: Zone?) -> Phrase {
        func span(_ zone: Zone) -> String { "\(starts.clock(in: zone))–\(ends.clock(in: zone)) \(zone.rawValue)" }
        let own = other.flatMap { $0 == zone ? nil : " (\(span($0)))" } ?? ""
        let day = starts.day(in: zone)
        return Phrase("\(day.long(.indonesian)) \(span(zone))\(own)", "\(day.long(.english)) \(span(zone))\(own)")
    }
}

extension Edition {
    /// Why an act of a stage is not taken at a moment; nil when it is. A stage without dates is no wall.
    func wall(_ kind: EditionStage.Kind, at moment: Instant) -> PanelRefusal? {
        guard let stage = stage(kind) else { return nil }
        if let opens = stage.opens, moment < opens { return .early(stage.name, opens, zone) }
        if let closes = stage.closes, moment >= closes { return .late(stage.name, closes, zone) }
        return nil
    }
}
