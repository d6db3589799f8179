import Kernel

/// The acts that need a role. This table is the one place that says who may do what; a page or a rule asks
/// `person.may(.validate, at: institution)` and never looks at roles itself.
package enum Right: String, Sendable, Hashable, CaseIterable {
    /// To enter the desk at all.
    case enterDesk
    /// To write innovations, attach evidence and submit.
    case write
    /// To send back or validate what a unit submitted, to renew, to register it as stopped.
    case validate
    /// To validate where an office has only its writer: the head of unit or the Hub; the page says so.
    case validateInstead
    /// To see what is waiting in an institution, and its figures by unit.
    case followInstitution
    /// To invite, replace and suspend an institution's people, and to confirm them each year.
    case managePeople
    /// To name the units of an institution, its custodians, and to set dates for them.
    case manageUnits
    /// To invite agency admins, hub managers, leaders, auditors and other secretariat members.
    case manageNetwork
    /// To ask an agency about a validated claim.
    case clarify
    /// To see which institutions fall behind, by name, and whom to call.
    case callInstitutions
    /// To handle reports of mistakes from the public.
    case handleReports
    /// To read what was sent, waits and failed.
    case readOutbox
    /// To write news and guides.
    case publish
    /// To declare sources of data, map their columns, run, stop and answer for their deliveries.
    case manageSources
    /// To read sources, deliveries and what became of each row.
    case readSources
    /// To decide whether two records are the same innovation, to merge and to take merges back.
    case reviewTwins
    /// To say which value holds where a source differs from what the agency wrote.
    case answerDifferences
    /// To make, change, open and amend editions of competitions.
    case manageEditions
    /// To score the proposals one was given, once one's conflicts are declared; within an edition.
    case evaluate
    /// To hear, visit and judge finalists; within an edition.
    case judge
    /// To report the field visits one was sent on; within an edition.
    case visit
    /// To read the audit trail and everything else, changing nothing.
    case audit

    /// The roles that have it, each within its own scope.
    package var roles: Set<Role> {
        switch self {
        case .enterDesk: Set(Role.allCases)
        case .write: [.unit, .agencyAdmin]
        case .validate: [.validator, .agencyAdmin]
        case .validateInstead: [.leader, .hubManager]
        case .followInstitution: [.agencyAdmin, .validator, .leader, .hubManager, .secretariat, .auditor]
        case .managePeople: [.agencyAdmin, .secretariat]
        case .manageUnits: [.agencyAdmin]
        case .manageNetwork: [.secretariat]
        case .clarify: [.hubManager, .secretariat]
        case .callInstitutions: [.hubManager, .secretariat, .auditor]
        case .handleReports: [.agencyAdmin, .validator]
        case .readOutbox: [.secretariat, .auditor]
        case .publish: [.secretariat, .hubManager]
        case .manageSources: [.secretariat]
        case .readSources: [.secretariat, .auditor]
        case .reviewTwins: [.secretariat]
        case .answerDifferences: [.agencyAdmin, .validator]
        case .manageEditions: [.secretariat, .hubManager]
        case .evaluate: [.evaluator]
        case .judge: [.panelist]
        case .visit: [.evaluator, .panelist]
        case .audit: [.auditor]
        }
    }
}
