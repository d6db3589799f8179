import Database
import Kernel

/// The roles that accounts hold, and the one place where stores ask for a right inside their own transaction.
package enum Grants {
    /// The grants that give an account its rights at a moment; none for one that is not active.
    package static func live(of account: Int, at: Instant, _ db: Reader) throws -> [Grant] {
        guard try db.count("SELECT COUNT(*) FROM account WHERE id = \(account) AND state = 'active'") == 1 else {
            return []
        }
        return try held("g.account = \(account) AND g.until_at IS NULL", at: at, db).filter(\.isLive).map(\.grant)
    }

    /// Throws `DeskRefusal.notYours` unless the actor has the right now, at an institution if one is given. The system
    /// and the operator at the command line, who have no account, have every right.
    package static func require(
        _ right: Right, at institution: String? = nil, by actor: Actor, _ db: Writer
    ) throws {
        guard let account = actor.account else { return }
        let grants = try live(of: account, at: db.at, db).filter { right.roles.contains($0.role) }
        guard grants.contains(where: { grant in institution.map(grant.reaches) ?? true }) else {
            throw DeskRefusal.notYours(right)
        }
    }

    /// Throws `AccountRefusal.notYours` unless the actor may give and take a role.
    static func requireManaging(_ grant: Grant, by actor: Actor, _ db: Writer) throws {
        guard let account = actor.account else { return }
        let grants = try live(of: account, at: db.at, db)
        guard grant.isManaged(by: grants) else { throw AccountRefusal.notYours(grant.role) }
    }

    static func held(_ condition: SQL, at: Instant, _ db: Reader) throws -> [HeldGrant] {
        try db.rows(
            """
            SELECT g.id, g.account, g.role, g.institution, g.unit, g.edition, g.letter, g.from_at, g.certified_at,
                g.until_at, u.name AS unit_name, i.name AS institution_name
            FROM role_grant g LEFT JOIN unit u ON u.id = g.unit LEFT JOIN institution i ON i.code = g.institution
            WHERE \(condition) ORDER BY g.id
            """
        ) {
            let role = try $0.choice("role", Role.self)
            return HeldGrant(
                id: try $0.int("id"), account: try $0.int("account"),
                grant: Grant(
                    role, institution: try $0.textOrNil("institution"), unit: try $0.intOrNil("unit"),
                    edition: try $0.textOrNil("edition")),
                unitName: try $0.textOrNil("unit_name"), institutionName: try $0.textOrNil("institution_name"),
                letter: try $0.textOrNil("letter"), from: try $0.instant("from_at"),
                until: try $0.instantOrNil("until_at"),
                certification: Certification(role, certified: try $0.instant("certified_at"), at: at))
        }
    }

    /// Throws unless the grant's scope is whole and exists.
    static func check(_ grant: Grant, _ db: Reader) throws {
        let role = grant.role
        let fits =
            switch role.scope {
            case .nation: grant.institution == nil && grant.unit == nil && grant.edition == nil
            case .institution: grant.institution != nil && grant.unit == nil && grant.edition == nil
            case .unit: grant.institution != nil && grant.unit != nil && grant.edition == nil
            case .edition: grant.institution == nil && grant.unit == nil && !(grant.edition ?? "").isEmpty
            }
        guard fits else { throw AccountRefusal.scope(role) }
        if let code = grant.institution {
            guard try db.count("SELECT COUNT(*) FROM institution WHERE code = \(code)") == 1 else {
                throw AccountRefusal.unknownInstitution(code)
            }
        }
        if let unit = grant.unit {
            let open = try db.count(
                """
                SELECT COUNT(*) FROM unit WHERE id = \(unit) AND institution = \(grant.institution)
                    AND closed_at IS NULL
                """)
            guard open == 1 else { throw AccountRefusal.unknownUnit }
        }
    }

    /// Gives a role; one that is held already is confirmed anew instead. Returns false then.
    @discardableResult
    static func give(_ grant: Grant, to account: Int, letter: String?, by actor: Actor, _ db: Writer) throws -> Bool {
        try check(grant, db)
        let same = try held("g.account = \(account) AND g.until_at IS NULL AND g.role = \(grant.role)", at: db.at, db)
            .first { $0.grant == grant }
        if let same {
            try db.execute("UPDATE role_grant SET certified_at = \(db.at) WHERE id = \(same.id)")
        } else {
            try db.insert(
                "role_grant",
                [
                    "id", "account", "role", "institution", "unit", "edition", "letter", "granted_by", "from_at",
                    "certified_at",
                ],
                [
                    [
                        try db.nextID("role_grant").sqlValue, account.sqlValue, grant.role.sqlValue,
                        grant.institution.sqlValue, grant.unit.sqlValue, grant.edition.sqlValue, letter.sqlValue,
                        actor.account.sqlValue, db.at.sqlValue, db.at.sqlValue,
                    ]
                ])
        }
        try Audit.note(
            same == nil ? "grant" : "confirm", "account", String(account),
            grant.facts + (letter.map { [("letter", $0)] } ?? []), by: actor, db)
        return same == nil
    }

    /// Ends a role. Throws `AccountRefusal.lastSecretariat` when nobody would be left to run the network.
    static func end(_ held: HeldGrant, by actor: Actor, _ db: Writer) throws {
        if held.grant.role == .secretariat { try keepSecretariat(without: held.account, db) }
        try db.execute("UPDATE role_grant SET until_at = \(db.at) WHERE id = \(held.id)")
        try Audit.note("end-grant", "account", String(held.account), held.grant.facts, by: actor, db)
    }

    static func keepSecretariat(without account: Int, _ db: Reader) throws {
        let others = try db.count(
            """
            SELECT COUNT(*) FROM role_grant g JOIN account a ON a.id = g.account
            WHERE g.role = 'secretariat' AND g.until_at IS NULL AND a.state = 'active' AND a.id <> \(account)
            """)
        guard others > 0 else { throw AccountRefusal.lastSecretariat }
    }
}
