import Kernel

/// An institution confirms its people every year; who was not confirmed is suspended by the date alone, at the moment of
/// asking, until somebody confirms them.
package enum Certification: Sendable, Hashable {
    /// Confirmed less than a year ago.
    case good
    /// To be confirmed by the day given.
    case due(Instant)
    /// Not confirmed in time: the role rests.
    case lapsed(Instant)

    /// Days for which a confirmation is good.
    package static let days = 365
    /// Days of grace after them.
    package static let grace = 30

    package init(_ role: Role, certified: Instant, at: Instant) {
        let ends = certified.adding(days: Certification.days + Certification.grace)
        switch role.scope {
        case .nation, .edition: self = .good
        case .institution, .unit:
            self = at >= ends ? .lapsed(ends) : at >= certified.adding(days: Certification.days) ? .due(ends) : .good
        }
    }

    package var isLapsed: Bool { if case .lapsed = self { true } else { false } }
}
