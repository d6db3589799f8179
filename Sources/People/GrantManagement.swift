import Kernel

extension Grant {
    /// Who may give and take this role: the secretariat every one; an agency admin the validators and units of the
    /// agency.
    func isManaged(by grants: [Grant]) -> Bool {
        func holds(_ right: Right) -> Bool {
            grants.contains {
                right.roles.contains($0.role) && (institution.map($0.reaches) ?? ($0.role.scope == .nation))
            }
        }
        switch role {
        case .validator, .unit: return holds(.managePeople)
        case .agencyAdmin, .hubManager, .leader, .secretariat, .auditor, .evaluator, .panelist:
            return holds(.manageNetwork)
        }
    }

    /// Whose successor by letter an agency admin may name: everybody in the agency, the other admin included.
    func isReplaced(by grants: [Grant]) -> Bool {
        guard let institution else { return isManaged(by: grants) }
        return grants.contains { Right.managePeople.roles.contains($0.role) && $0.reaches(institution) }
    }

    /// The grant as facts for the record.
    var facts: [(String, String)] {
        [
            ("role", role.rawValue), ("institution", institution ?? ""), ("unit", unit.map(String.init) ?? ""),
            ("edition", edition ?? ""),
        ].filter { !$0.1.isEmpty }
    }
}
