import Database
import Foundation
import Kernel
import Support
import Testing

@testable import People

@Suite struct AppointmentTests {
    @Test(arguments: Engine.tested)
    func `a successor takes over the same day by letter, and the predecessor is out`(engine: Engine) async throws {
        try await Office.with(engine) { office in
            let now = Office.start
            let admin = try await office.member(
                "admin@kendalkab.go.id", Grant(.agencyAdmin, institution: Office.kendal))
            let old = try await office.member(
                "lama@kendalkab.go.id", Grant(.unit, institution: Office.kendal, unit: office.health))
            _ = try await office.member("lama@kendalkab.go.id", Grant(.validator, institution: Office.kendal))
            let session = try await office.signIn("lama@kendalkab.go.id").token
            func replace(_ who: Int, by email: String, letter: String?, actor: Int) async throws -> Invited {
                try await office.accounts.replace(
                    who, at: Office.kendal, by: email, letter: letter, by: office.actor(actor), at: now)
            }
            await #expect(throws: AccountRefusal.letterNeeded) {
                try await replace(old, by: "baru@kendalkab.go.id", letter: nil, actor: admin)
            }
            await #expect(throws: AccountRefusal.notAnEmail) {
                try await replace(old, by: "Lama@kendalkab.go.id", letter: Office.letter, actor: admin)
            }
            await #expect(throws: AccountRefusal.notYours(.unit)) {
                try await replace(old, by: "baru@kendalkab.go.id", letter: Office.letter, actor: old)
            }
            let invited = try await replace(old, by: "baru@kendalkab.go.id", letter: Office.letter, actor: admin)
            #expect(try await office.sessions.person(session, at: now) == nil)
            #expect(try await office.accounts.own(old, at: now).grants == [])
            let grants = try await office.accounts.own(invited.account, at: now).grants
            #expect(
                grants.map(\.grant) == [
                    Grant(.unit, institution: Office.kendal, unit: office.health),
                    Grant(.validator, institution: Office.kendal),
                ])
            #expect(grants.map(\.letter) == [Office.letter, Office.letter])
            #expect(try await office.acts("account", old).suffix(3) == ["end-grant", "end-grant", "replace"])
            // The admin hands over to a successor too.
            let next = try await replace(admin, by: "admin2@kendalkab.go.id", letter: Office.letter, actor: admin)
            #expect(try await office.accounts.own(next.account, at: now).grants.map(\.grant.role) == [.agencyAdmin])
            await #expect(throws: AccountRefusal.notYours(.unit)) {
                try await replace(invited.account, by: "x@kendalkab.go.id", letter: Office.letter, actor: admin)
            }
            #expect(try await office.database.check() == [])
        }
    }

    @Test(arguments: Engine.tested)
    func `people who were not confirmed for a year and a month are suspended by the date alone`(engine: Engine)
        async throws
    {
        try await Office.with(engine) { office in
            let admin = try await office.member(
                "admin@kendalkab.go.id", Grant(.agencyAdmin, institution: Office.kendal))
            let account = try await office.member("a@kendalkab.go.id", Grant(.validator, institution: Office.kendal))
            let other = try await office.member("b@batangkab.go.id", Grant(.validator, institution: Office.batang))
            let ends = Office.start.adding(days: 395)
            let before = Instant(milliseconds: ends.milliseconds - 1)
            func mayValidate(_ at: Instant) async throws -> Bool {
                try await office.database.read { db in
                    try Grants.live(of: account, at: at, db).contains { $0.role == .validator }
                }
            }
            #expect(try await mayValidate(before))
            #expect(try await mayValidate(ends) == false)
            let token = try await office.signIn("a@kendalkab.go.id", at: ends).token
            #expect(try await office.sessions.person(token, at: ends)?.may(.validate) == false)
            let due = Office.start.adding(days: 380)
            #expect(
                try await office.accounts.people(at: Office.kendal, at: due).flatMap(\.grants).map(\.certification)
                    == [.due(ends), .due(ends)])
            await #expect(throws: AccountRefusal.yourself) {
                try await office.accounts.certify(
                    [account, admin], at: Office.kendal, by: office.actor(admin), at: due)
            }
            await #expect(throws: DeskRefusal.notYours(.managePeople)) {
                try await office.accounts.certify([account], at: Office.kendal, by: office.actor(account), at: due)
            }
            await #expect(throws: DeskRefusal.notYours(.managePeople)) {
                try await office.accounts.certify([other], at: Office.batang, by: office.actor(admin), at: due)
            }
            let confirmed = try await office.accounts.certify(
                [account, other], at: Office.kendal, by: office.actor(admin), at: due)
            #expect(confirmed == 1)
            #expect(try await mayValidate(ends))
            #expect(try await mayValidate(due.adding(days: 395)) == false)
            // An admin whose own role rests confirms nobody.
            await #expect(throws: DeskRefusal.notYours(.managePeople)) {
                try await office.accounts.certify([account], at: Office.kendal, by: office.actor(admin), at: ends)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `suspending and ending ask for the right over every role, and nobody does it to themselves`(engine: Engine)
        async throws
    {
        try await Office.with(engine) { office in
            let now = Office.start
            let secretary = try await office.member("s@simpul.example", Grant(.secretariat))
            let admin = try await office.member(
                "admin@kendalkab.go.id", Grant(.agencyAdmin, institution: Office.kendal))
            let both = try await office.member("a@kendalkab.go.id", Grant(.validator, institution: Office.kendal))
            _ = try await office.member("a@kendalkab.go.id", Grant(.auditor))
            let plain = try await office.member("b@kendalkab.go.id", Grant(.validator, institution: Office.kendal))
            await #expect(throws: AccountRefusal.notYours(.auditor)) {
                try await office.accounts.suspend(both, by: office.actor(admin), at: now)
            }
            await #expect(throws: AccountRefusal.yourself) {
                try await office.accounts.suspend(admin, by: office.actor(admin), at: now)
            }
            await #expect(throws: AccountRefusal.notYours(.secretariat)) {
                try await office.accounts.suspend(secretary, by: office.actor(admin), at: now)
            }
            try await office.accounts.suspend(plain, by: office.actor(admin), at: now)
            #expect(try await office.accounts.colleague(plain, at: now).state == .suspended)
            await #expect(throws: AccountRefusal.suspended) {
                try await office.accounts.invite(
                    Invitee(email: "b@kendalkab.go.id", grant: Grant(.validator, institution: Office.kendal)),
                    by: office.actor(admin), at: now)
            }
            try await office.accounts.suspend(both, by: office.actor(secretary), at: now)
            await #expect(throws: AccountRefusal.lastSecretariat) {
                try await office.accounts.suspend(secretary, by: Office.operatorActor, at: now)
            }
            let held = try await office.accounts.own(secretary, at: now).grants[0].id
            await #expect(throws: AccountRefusal.lastSecretariat) {
                try await office.accounts.endGrant(held, by: Office.operatorActor, at: now)
            }
            _ = try await office.member("s2@simpul.example", Grant(.secretariat))
            try await office.accounts.endGrant(held, by: Office.operatorActor, at: now)
            #expect(try await office.accounts.people(role: .secretariat, at: now).map(\.email) == ["s2@simpul.example"])
        }
    }

    @Test(arguments: Engine.tested)
    func `units are added, renamed, opened again, and closed when nobody is left in them`(engine: Engine) async throws {
        try await Office.with(engine) { office in
            let now = Office.start
            let admin = office.actor(
                try await office.member("admin@kendalkab.go.id", Grant(.agencyAdmin, institution: Office.kendal)))
            let member = try await office.member(
                "a@kendalkab.go.id", Grant(.unit, institution: Office.kendal, unit: office.health))
            #expect(
                try await office.units.all(of: Office.kendal).map { "\($0.name) \($0.custodian) \($0.people)" }
                    == ["Bagian Organisasi true 0", "Dinas Kesehatan false 1"])
            await #expect(throws: UnitRefusal.nameTaken) {
                try await office.units.add(" Dinas  Kesehatan", to: Office.kendal, by: admin, at: now)
            }
            await #expect(throws: UnitRefusal.nameMissing) {
                try await office.units.add(" ", to: Office.kendal, by: admin, at: now)
            }
            await #expect(throws: DeskRefusal.notYours(.manageUnits)) {
                try await office.units.add("RSUD", to: Office.batang, by: admin, at: now)
            }
            await #expect(throws: DeskRefusal.notYours(.manageUnits)) {
                try await office.units.rename(office.health, to: "x", by: office.actor(member), at: now)
            }
            await #expect(throws: UnitRefusal.nameTaken) {
                try await office.units.rename(office.health, to: "Bagian Organisasi", by: admin, at: now)
            }
            try await office.units.rename(office.health, to: "Dinkes", by: admin, at: now)
            await #expect(throws: UnitRefusal.hasPeople(1)) {
                try await office.units.close(office.health, by: admin, at: now)
            }
            let held = try await office.accounts.own(member, at: now).grants[0].id
            try await office.accounts.endGrant(held, by: admin, at: now)
            try await office.units.close(office.health, by: admin, at: now)
            #expect(try await office.units.unit(office.health).closed == now)
            await #expect(throws: AccountRefusal.unknownUnit) {
                try await office.accounts.invite(
                    Invitee(
                        email: "c@kendalkab.go.id",
                        grant: Grant(.unit, institution: Office.kendal, unit: office.health)), by: admin, at: now)
            }
            #expect(try await office.units.add("Dinkes", to: Office.kendal, by: admin, at: now) == office.health)
            try await office.units.setCustodian(true, office.health, by: admin, at: now)
            #expect(try await office.units.unit(office.health).custodian)
            await #expect(throws: UnitRefusal.unknown) { try await office.units.unit(99) }
        }
    }

    @Test(arguments: Engine.tested)
    func `messages go to the active people whose role reaches the institution`(engine: Engine) async throws {
        try await Office.with(engine) { office in
            let now = Office.start
            let admin = try await office.member(
                "admin@kendalkab.go.id", Grant(.agencyAdmin, institution: Office.kendal))
            let validator = try await office.member("v@kendalkab.go.id", Grant(.validator, institution: Office.kendal))
            let hub = try await office.member("hub@jatengprov.go.id", Grant(.hubManager, institution: Office.province))
            let unit = try await office.member(
                "u@kendalkab.go.id", Grant(.unit, institution: Office.kendal, unit: office.health))
            _ = try await office.member("v@batangkab.go.id", Grant(.validator, institution: Office.batang))
            _ = try await office.accounts.invite(
                Invitee(email: "invited@kendalkab.go.id", grant: Grant(.validator, institution: Office.kendal)),
                by: Office.operatorActor, at: now)
            let resting = try await office.member("r@kendalkab.go.id", Grant(.validator, institution: Office.kendal))
            try await office.accounts.suspend(resting, by: Office.operatorActor, at: now)
            let health = office.health
            let bureau = office.bureau
            func told(_ right: Right, _ code: String = Office.kendal, unit: Int? = nil, on at: Instant = now)
                async throws
                -> [Int]
            {
                try await office.database.read { db in
                    try Recipients.of(right, at: code, unit: unit, on: at, db).map(\.account)
                }
            }
            #expect(try await told(.validate) == [admin, validator])
            #expect(try await told(.validate, on: now.adding(days: 395)) == [])
            #expect(try await told(.clarify) == [hub])
            #expect(try await told(.clarify, Office.province) == [hub])
            #expect(try await told(.write, unit: health) == [admin, unit])
            #expect(try await told(.write, unit: bureau) == [admin])
            try await office.accounts.setDigest(true, of: unit, by: office.actor(unit), at: now)
            try await office.accounts.setLanguage(.english, of: unit, by: office.actor(unit), at: now)
            #expect(
                try await office.database.read { db in try Recipients.account(unit, db) }
                    == Recipient(
                        account: unit, email: "u@kendalkab.go.id", name: "Siti u", language: .english, digest: true))
            #expect(try await office.database.read { db in try Recipients.account(resting, db) } == nil)
        }
    }

    @Test(arguments: Engine.tested)
    func `a person takes everything held about them, and leaving removes it while decisions stay`(engine: Engine)
        async throws
    {
        try await Office.with(engine) { office in
            let now = Office.start
            let account = try await office.member(
                "siti@kendalkab.go.id", Grant(.unit, institution: Office.kendal, unit: office.health))
            let token = try await office.signIn("siti@kendalkab.go.id").token
            let own = try await office.accounts.own(account, at: now)
            let actor = office.actor(account)
            try await office.accounts.correct(
                try Profile(name: "Siti Aminah", office: own.office, phone: "0899 1111 2222"), of: account, by: actor,
                at: now)
            try await office.accounts.requestReset("siti@kendalkab.go.id", from: "10.0.0.1", at: now)
            _ = try await office.factors.prepare(account, issuer: "Simpul", at: now)
            let secret = try await office.secret(account, "totp_pending")
            _ = try await office.factors.confirm(
                OneTimeCode.code(secret, step: OneTimeCode.step(at: now)), of: account, by: actor, at: now)
            try await office.database.write(at: now) { db in
                try db.insert(
                    "identity", ["issuer", "subject", "account", "at"],
                    [[.text("https://sso.example"), .text("siti"), account.sqlValue, now.sqlValue]])
            }
            let data = try await office.accounts.personalData(of: account, at: now)
            let record = try JSONDecoder().decode(PersonalRecord.self, from: data)
            #expect(record.email == "siti@kendalkab.go.id")
            #expect(record.name == "Siti Aminah")
            #expect(record.phone == "0899 1111 2222")
            #expect(record.roles.map(\.unit) == ["Dinas Kesehatan"])
            #expect(record.sessions.map(\.address) == ["10.0.0.1"])
            #expect(record.messages.map(\.subject) == ["Undangan ke Simpul", "Kata sandi baru untuk Simpul"])
            #expect(record.identities.map(\.subject) == ["siti"])
            #expect(
                record.acts.map(\.act) == [
                    "complete-profile", "accept-invitation", "sign-in", "correct-profile", "set-code",
                ])
            #expect(String(decoding: data, as: UTF8.self).contains(Office.password) == false)

            try await office.accounts.leave(account, by: actor, at: now)
            #expect(try await office.sessions.person(token, at: now) == nil)
            await #expect(throws: SignInRefusal.wrong) { try await office.signIn("siti@kendalkab.go.id") }
            await #expect(throws: AccountRefusal.unknown) { try await office.accounts.own(account, at: now) }
            // Nothing that names her is left in any table.
            let left = try await office.database.read { db in
                try Personal.rows(db).filter { row in
                    ["siti@", "Siti", "0899 1111 2222"].contains { row.contains($0) }
                }
            }
            #expect(left == [])
            #expect(
                try await office.database.read { db in try Audit.entries(AuditFilter(account: account), db).count } == 7
            )
            #expect(try await Audit.verify(office.database) == nil)
            #expect(try await office.database.check() == [])
            // Her address is free for a new account.
            let again = try await office.member("siti@kendalkab.go.id", Grant(.auditor))
            #expect(again != account)
        }
    }

    @Test(arguments: Engine.tested)
    func `the last member of the secretariat cannot leave`(engine: Engine) async throws {
        try await Office.with(engine) { office in
            let one = try await office.member("s@simpul.example", Grant(.secretariat))
            await #expect(throws: AccountRefusal.lastSecretariat) {
                try await office.accounts.leave(one, by: office.actor(one), at: Office.start)
            }
            let two = try await office.member("s2@simpul.example", Grant(.secretariat))
            await #expect(throws: DeskRefusal.notYours(.manageNetwork)) {
                let stranger = try await office.member(
                    "v@kendalkab.go.id", Grant(.validator, institution: Office.kendal))
                try await office.accounts.leave(two, by: office.actor(stranger), at: Office.start)
            }
            try await office.accounts.leave(one, by: office.actor(one), at: Office.start)
            await #expect(throws: AccountRefusal.lastSecretariat) {
                try await office.accounts.leave(two, by: Office.operatorActor, at: Office.start)
            }
        }
    }
}

/// Every row of every table that may hold something about a person, as text.
enum Personal {
    static func rows(_ db: Reader) throws -> [String] {
        let all: [SQL] = [
            "SELECT * FROM account", "SELECT * FROM role_grant", "SELECT * FROM one_time_link", "SELECT * FROM session",
            "SELECT * FROM familiar", "SELECT * FROM recovery_code", "SELECT * FROM attempt", "SELECT * FROM identity",
            "SELECT * FROM sign_in_flow", "SELECT * FROM audit", "SELECT * FROM message", "SELECT * FROM change",
        ]
        return try all.flatMap { try db.rows($0) { "\($0.values)" } }
    }
}
