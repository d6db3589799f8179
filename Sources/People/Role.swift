import Kernel

/// What an account is in the network. A person may hold several roles, each with its own scope.
package enum Role: String, Sendable, Hashable, CaseIterable, Codable {
    case secretariat
    case hubManager = "hub-manager"
    case agencyAdmin = "agency-admin"
    case validator, unit, leader, evaluator, panelist, auditor

    /// What a grant of this role is limited to.
    package enum Scope: Sendable { case nation, institution, unit, edition }

    package var scope: Scope {
        switch self {
        case .secretariat, .auditor: .nation
        case .hubManager, .agencyAdmin, .validator, .leader: .institution
        case .unit: .unit
        case .evaluator, .panelist: .edition
        }
    }

    /// Roles whose sign-in needs a one-time code besides the password.
    package var needsSecondFactor: Bool { self == .secretariat || self == .evaluator || self == .panelist }

    package var name: Phrase {
        switch self {
        case .secretariat: Phrase("Sekretariat", "Secretariat")
        case .hubManager: Phrase("Pengelola Hub", "Hub manager")
        case .agencyAdmin: Phrase("Admin instansi", "Agency admin")
        case .validator: Phrase("Validator", "Validator")
        case .unit: Phrase("Unit", "Unit")
        case .leader: Phrase("Pimpinan", "Leader")
        case .evaluator: Phrase("Evaluator", "Evaluator")
        case .panelist: Phrase("Panelis", "Panelist")
        case .auditor: Phrase("Auditor", "Auditor")
        }
    }
}

/// A role that an account holds now, and where.
package struct Grant: Sendable, Hashable {
    package let role: Role
    /// The institution's code; for a hub manager the hub's institution.
    package let institution: String?
    package let unit: Int?
    package let edition: String?

    package init(_ role: Role, institution: String? = nil, unit: Int? = nil, edition: String? = nil) {
        self.role = role
        self.institution = institution
        self.unit = unit
        self.edition = edition
    }

    /// Whether it reaches an institution: everywhere for the nation's roles; for a province's Hub the province and its
    /// regencies and cities; a ministry's Hub serves only its own units.
    package func reaches(_ code: String) -> Bool {
        switch role.scope {
        case .nation: return true
        case .edition: return false
        case .institution, .unit:
            guard let institution else { return false }
            if institution == code { return true }
            guard role == .hubManager, institution.hasPrefix("P") else { return false }
            return code.hasPrefix("R\(institution.dropFirst()).")
        }
    }
}
