import Database
import Kernel
import Support
import Testing

@testable import People

@Suite struct InvitationTests {
    @Test(arguments: Engine.tested)
    func `an invitation is a mail with a link, then a profile, then a password`(engine: Engine) async throws {
        try await Office.with(engine) { office in
            let now = Office.start
            let invited = try await office.accounts.invite(
                Invitee(
                    email: "Siti@kendalkab.go.id", grant: Grant(.unit, institution: Office.kendal, unit: office.health),
                    letter: Office.letter), by: Office.operatorActor, at: now)
            let token = try #require(invited.token)
            #expect(try await office.lastToken() == token)
            #expect(try await office.mails() == ["siti@kendalkab.go.id: Undangan ke Simpul"])
            let stored = try await office.database.read { db in
                try db.rows("SELECT token FROM one_time_link") { try $0.text("token") }
            }
            #expect(stored == [Token.digest(token)])

            let shown = try await office.accounts.invitation(token, at: now)
            #expect(shown.email == "siti@kendalkab.go.id")
            #expect(shown.office == "Dinas Kesehatan, Pemerintah Kabupaten Kendal")
            #expect(shown.hasProfile == false)
            #expect(shown.grants.map(\.grant.role) == [.unit])
            #expect(shown.grants.map(\.letter) == [Office.letter])

            await #expect(throws: AccountRefusal.profileFirst) {
                try await office.accounts.accept(token, password: Office.password, from: "10.0.0.1", at: now)
            }
            let profile = try Profile(name: "Siti Aminah", office: "Dinas Kesehatan", language: .english)
            try await office.accounts.completeProfile(token, profile, from: "10.0.0.1", at: now)
            await #expect(throws: PasswordRefusal.isEmail) {
                try await office.accounts.accept(token, password: "siti@kendalkab.go.id", from: "10.0.0.1", at: now)
            }
            await #expect(throws: SignInRefusal.wrong) { try await office.signIn("siti@kendalkab.go.id") }
            let account = try await office.accounts.accept(token, password: Office.password, from: "10.0.0.1", at: now)
            #expect(account == invited.account)
            #expect(try await office.signIn("siti@kendalkab.go.id").step == .full)

            await #expect(throws: LinkRefusal.used) { try await office.accounts.invitation(token, at: now) }
            await #expect(throws: LinkRefusal.used) {
                try await office.accounts.accept(token, password: Office.password, from: "10.0.0.1", at: now)
            }
            #expect(
                try await office.acts("account", account) == [
                    "invite", "grant", "complete-profile", "accept-invitation", "sign-in",
                ])
            #expect(try await office.database.check() == [])
        }
    }

    @Test(arguments: Engine.tested)
    func `an expired, forged, replaced or foreign link is refused`(engine: Engine) async throws {
        try await Office.with(engine) { office in
            let invitee = Invitee(
                email: "a@kendalkab.go.id", grant: Grant(.validator, institution: Office.kendal))
            let first = try await office.accounts.invite(invitee, by: Office.operatorActor, at: Office.start)
            let old = try #require(first.token)
            await #expect(throws: LinkRefusal.expired) {
                try await office.accounts.invitation(old, at: Office.start.adding(days: 7))
            }
            await #expect(throws: LinkRefusal.unknown) {
                try await office.accounts.invitation(Token.fresh(), at: Office.start)
            }
            await #expect(throws: LinkRefusal.unknown) {
                try await office.accounts.invitation(Token.digest(old), at: Office.start)
            }
            await #expect(throws: LinkRefusal.unknown) { try await office.accounts.reset(old, at: Office.start) }
            let second = try await office.accounts.invite(
                invitee, by: Office.operatorActor, at: Office.start.adding(days: 8))
            #expect(second.account == first.account)
            #expect(second.token != old)
            await #expect(throws: LinkRefusal.used) {
                try await office.accounts.invitation(old, at: Office.start.adding(days: 1))
            }
            #expect(
                try await office.accounts.invitation(try #require(second.token), at: Office.start.adding(days: 8))
                    .grants.count == 1)
        }
    }

    @Test(arguments: Engine.tested)
    func `who signs in already gets the role by mail, without a link`(engine: Engine) async throws {
        try await Office.with(engine) { office in
            let account = try await office.member("a@kendalkab.go.id", Grant(.validator, institution: Office.kendal))
            let again = try await office.accounts.invite(
                Invitee(email: "a@kendalkab.go.id", grant: Grant(.agencyAdmin, institution: Office.kendal)),
                by: Office.operatorActor, at: Office.start)
            #expect(again == Invited(account: account, token: nil))
            #expect(try await office.mails().last == "a@kendalkab.go.id: Peran baru Anda di Simpul")
            let roles = try await office.accounts.own(account, at: Office.start).grants.map(\.grant.role)
            #expect(roles == [.validator, .agencyAdmin])
        }
    }

    @Test(arguments: Engine.tested)
    func `an agency admin invites validators and units of the agency and nobody else`(engine: Engine) async throws {
        try await Office.with(engine) { office in
            let admin = office.actor(
                try await office.member("admin@kendalkab.go.id", Grant(.agencyAdmin, institution: Office.kendal)))
            func invite(_ grant: Grant) async throws {
                _ = try await office.accounts.invite(
                    Invitee(email: "baru@kendalkab.go.id", grant: grant), by: admin, at: Office.start)
            }
            for grant in [
                Grant(.secretariat), Grant(.auditor), Grant(.agencyAdmin, institution: Office.kendal),
                Grant(.leader, institution: Office.kendal), Grant(.hubManager, institution: Office.province),
                Grant(.validator, institution: Office.batang), Grant(.evaluator, edition: "2026"),
            ] {
                await #expect(throws: AccountRefusal.notYours(grant.role)) { try await invite(grant) }
            }
            #expect(try await office.accounts.people(at: Office.kendal, at: Office.start).count == 1)
            try await invite(Grant(.validator, institution: Office.kendal))
            try await invite(Grant(.unit, institution: Office.kendal, unit: office.bureau))
            let people = try await office.accounts.people(at: Office.kendal, at: Office.start)
            #expect(people.map(\.state) == [.active, .invited])
            #expect(people.map { $0.grants.map(\.grant.role) } == [[.agencyAdmin], [.validator, .unit]])
        }
    }

    @Test(arguments: Engine.tested)
    func `a role with the wrong scope is refused and leaves nothing`(engine: Engine) async throws {
        try await Office.with(engine) { office in
            let wrong: [(Grant, AccountRefusal)] = [
                (Grant(.secretariat, institution: Office.kendal), .scope(.secretariat)),
                (Grant(.validator), .scope(.validator)),
                (Grant(.unit, institution: Office.kendal), .scope(.unit)),
                (Grant(.evaluator, edition: ""), .scope(.evaluator)),
                (Grant(.validator, institution: "R99.99"), .unknownInstitution("R99.99")),
                (Grant(.unit, institution: Office.batang, unit: office.health), .unknownUnit),
            ]
            for (grant, refusal) in wrong {
                await #expect(throws: refusal) {
                    try await office.accounts.invite(
                        Invitee(email: "a@b.id", grant: grant), by: Office.operatorActor, at: Office.start)
                }
            }
            await #expect(throws: AccountRefusal.notAnEmail) {
                try await office.accounts.invite(
                    Invitee(email: "a@b", grant: Grant(.auditor)), by: Office.operatorActor, at: Office.start)
            }
            let people = try await office.accounts.people(at: Office.start)
            #expect(people == [])
            #expect(try await office.mails() == [])
        }
    }

    @Test(arguments: Engine.tested)
    func `a reset answers the same for everybody, works once within the hour, and ends the sessions`(engine: Engine)
        async throws
    {
        try await Office.with(engine) { office in
            let now = Office.start
            let account = try await office.member("a@kendalkab.go.id", Grant(.validator, institution: Office.kendal))
            let before = try await office.signIn("a@kendalkab.go.id")
            try await office.accounts.requestReset("nobody@kendalkab.go.id", from: "10.0.0.2", at: now)
            try await office.accounts.requestReset("no address at all", from: "10.0.0.2", at: now)
            #expect(try await office.mails().count == 1)
            try await office.accounts.requestReset(" A@kendalkab.go.id", from: "10.0.0.3", at: now)
            #expect(try await office.mails().last == "a@kendalkab.go.id: Kata sandi baru untuk Simpul")
            let token = try await office.lastToken()
            await #expect(throws: LinkRefusal.expired) {
                try await office.accounts.reset(token, at: now.adding(minutes: 60))
            }
            #expect(try await office.accounts.reset(token, at: now.adding(minutes: 59)) == "a@kendalkab.go.id")
            let new = "sapi kaki enam terbang"
            #expect(try await office.accounts.reset(token, to: new, from: "10.0.0.3", at: now) == account)
            #expect(try await office.sessions.person(before.token, at: now) == nil)
            await #expect(throws: SignInRefusal.wrong) { try await office.signIn("a@kendalkab.go.id") }
            #expect(try await office.signIn("a@kendalkab.go.id", new).step == .full)
            await #expect(throws: LinkRefusal.used) {
                try await office.accounts.reset(token, to: new, from: "10.0.0.3", at: now)
            }
            for _ in 0..<20 { try await office.accounts.requestReset("a@kendalkab.go.id", from: "10.0.0.9", at: now) }
            #expect(try await office.mails().count == 6)
        }
    }
}
