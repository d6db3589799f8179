import Database
import Kernel
import Support
import Testing

@testable import People

@Suite struct SignInTests {
    @Test(arguments: Engine.tested)
    func `a session knows its person in two statements and nobody knows its token`(engine: Engine) async throws {
        try await Office.with(engine) { office in
            let account = try await office.member(
                "a@kendalkab.go.id", Grant(.unit, institution: Office.kendal, unit: office.health))
            let opened = try await office.signIn("A@Kendalkab.go.id ")
            #expect(opened.token.count == 43)
            let before = office.database.statements
            let person = try await office.sessions.person(opened.token, at: Office.start)
            #expect(office.database.statements - before == 2)
            #expect(
                person
                    == Person(
                        account: account, session: 1, name: "Siti a", office: "Kantor \(account)",
                        email: "a@kendalkab.go.id", language: .indonesian,
                        grants: [Grant(.unit, institution: Office.kendal, unit: office.health)],
                        formToken: Token.form(opened.token)))
            let stored = try await office.database.read { db in
                try db.rows("SELECT token FROM session") { try $0.text("token") }
            }
            #expect(stored == [Token.digest(opened.token)])
            for forged in [
                "", opened.token + "x", String(opened.token.dropLast()), Token.digest(opened.token), Token.fresh(),
            ] {
                #expect(try await office.sessions.person(forged, at: Office.start) == nil)
            }
            #expect(Token.form(opened.token).count == 64)
        }
    }

    @Test(arguments: Engine.tested)
    func `a session ends after eight idle hours and after fourteen days`(engine: Engine) async throws {
        try await Office.with(engine) { office in
            _ = try await office.member("a@kendalkab.go.id", Grant(.auditor))
            let token = try await office.signIn("a@kendalkab.go.id").token
            func isSignedIn(_ at: Instant) async throws -> Bool {
                let found = try await office.sessions.person(token, at: at) != nil
                await office.sessions.settle()
                return found
            }
            let start = Office.start
            #expect(try await isSignedIn(start.adding(minutes: 479)))
            #expect(try await isSignedIn(start.adding(minutes: 479 + 480)) == false)
            #expect(try await isSignedIn(start.adding(minutes: 479 + 479)))
            var at = start.adding(minutes: 479 + 479)
            while at < start.adding(days: 14).adding(minutes: -400) {
                at = at.adding(minutes: 400)
                #expect(try await isSignedIn(at))
            }
            #expect(try await isSignedIn(start.adding(days: 14)) == false)
        }
    }

    @Test(arguments: Engine.tested)
    func `that a session was seen is written at most once a minute`(engine: Engine) async throws {
        try await Office.with(engine) { office in
            let account = try await office.member("a@kendalkab.go.id", Grant(.auditor))
            let token = try await office.signIn("a@kendalkab.go.id").token
            func seen(after seconds: Int) async throws -> Int64 {
                _ = try await office.sessions.person(token, at: Office.start.adding(seconds: seconds))
                await office.sessions.settle()
                let list = try await office.sessions.list(account, at: Office.start.adding(seconds: seconds))
                return (list.map(\.seen.milliseconds).first ?? 0) - Office.start.milliseconds
            }
            #expect(try await seen(after: 59) == 0)
            #expect(try await seen(after: 60) == 60_000)
            #expect(try await seen(after: 100) == 60_000)
            #expect(try await seen(after: 120) == 120_000)
        }
    }

    @Test(arguments: Engine.tested)
    func `sessions are listed, ended one by one, all but one, and at sign-in from the same browser`(engine: Engine)
        async throws
    {
        try await Office.with(engine) { office in
            let account = try await office.member("a@kendalkab.go.id", Grant(.auditor))
            let other = try await office.member("b@kendalkab.go.id", Grant(.auditor))
            let now = Office.start
            let one = try await office.signIn("a@kendalkab.go.id")
            let two = try await office.signIn("a@kendalkab.go.id")
            let three = try await office.signIn("a@kendalkab.go.id", session: one.token)
            let foreign = try await office.signIn("b@kendalkab.go.id")
            func alive(_ opened: [SignIns.Opened]) async throws -> [Bool] {
                var out: [Bool] = []
                for each in opened { out.append(try await office.sessions.person(each.token, at: now) != nil) }
                return out
            }
            #expect(try await alive([one, two, three, foreign]) == [false, true, true, true])
            let ids = try await office.sessions.list(account, at: now).map(\.id)
            #expect(ids.count == 2)
            try await office.sessions.end(ids[0], of: other, by: office.actor(other), at: now)
            #expect(try await office.sessions.list(account, at: now).map(\.id) == ids)
            try await office.sessions.endOthers(than: ids[0], of: account, by: office.actor(account), at: now)
            #expect(try await alive([two, three, foreign]) == [false, true, true])
            try await office.sessions.signOut(three.token, from: "10.0.0.1", at: now)
            try await office.sessions.signOut(three.token, from: "10.0.0.1", at: now)
            #expect(try await alive([three, foreign]) == [false, true])
            try await office.sessions.end(
                try await office.sessions.list(other, at: now)[0].id, of: other, by: office.actor(other), at: now)
            #expect(try await alive([foreign]) == [false])
        }
    }

    @Test(arguments: Engine.tested)
    func `a change of password needs the old one and ends the other sessions`(engine: Engine) async throws {
        try await Office.with(engine) { office in
            let account = try await office.member("a@kendalkab.go.id", Grant(.auditor))
            let now = Office.start
            let here = try await office.signIn("a@kendalkab.go.id")
            let there = try await office.signIn("a@kendalkab.go.id")
            let session = try #require(try await office.sessions.person(here.token, at: now)).session
            func change(_ old: String, _ new: String, at: Instant = now) async throws {
                try await office.accounts.changePassword(
                    from: old, to: new, of: account, keeping: session, by: office.actor(account), at: at)
            }
            await #expect(throws: PasswordRefusal.wrong) { try await change("bukan sandi saya", "sapi kaki enam") }
            await #expect(throws: PasswordRefusal.tooShort) { try await change(Office.password, "pendek") }
            #expect(try await office.sessions.person(there.token, at: now) != nil)
            try await change(Office.password, "sapi kaki enam")
            #expect(try await office.sessions.person(there.token, at: now) == nil)
            #expect(try await office.sessions.person(here.token, at: now) != nil)
            #expect(try await office.signIn("a@kendalkab.go.id", "sapi kaki enam").step == .full)
            for _ in 0..<5 {
                await #expect(throws: PasswordRefusal.wrong) { try await change("bukan sandi saya", "kuda besi lari") }
            }
            await #expect(throws: SignInRefusal.slowDown(now.adding(seconds: 2))) {
                try await change("sapi kaki enam", "kuda besi lari")
            }
            try await change("sapi kaki enam", "kuda besi lari", at: now.adding(seconds: 2))
        }
    }

    @Test(arguments: Engine.tested)
    func `the secretariat sets up codes at the first sign-in and is asked for one at the next`(engine: Engine)
        async throws
    {
        try await Office.with(engine) { office in
            let account = try await office.member("s@simpul.example", Grant(.secretariat))
            let now = Office.start
            let origin = SignIns.Origin(address: "10.0.0.1", agent: "Peramban")
            let first = try await office.signIn("s@simpul.example")
            #expect(first.step == .setup)
            #expect(try await office.sessions.person(first.token, at: now) == nil)
            #expect(
                try await office.sessions.pending(first.token, at: now)
                    == Sessions.Pending(account: account, session: 1, email: "s@simpul.example", step: .setup))
            let setup = try await office.factors.prepare(account, issuer: "Simpul", at: now)
            #expect(try await office.factors.prepare(account, issuer: "Simpul", at: now) == setup)
            let secret = try await office.secret(account, "totp_pending")
            #expect(setup.secret == OneTimeCode.base32(secret))
            func code(_ at: Instant) -> String { OneTimeCode.code(secret, step: OneTimeCode.step(at: at)) }

            await #expect(throws: SignInRefusal.code(now)) {
                _ = try await office.factors.confirm(code(now.adding(minutes: 60)), first.token, from: origin, at: now)
            }
            let (opened, recovery) = try await office.factors.confirm(code(now), first.token, from: origin, at: now)
            #expect(opened.step == .full)
            #expect(recovery.count == 10)
            #expect(try await office.sessions.person(first.token, at: now) == nil)
            #expect(try await office.sessions.person(opened.token, at: now)?.may(.manageNetwork) == true)

            let second = try await office.signIn("s@simpul.example", at: now)
            #expect(second.step == .code)
            // The code that was used for the setup is used up.
            await #expect(throws: SignInRefusal.code(now)) {
                try await office.factors.enter(code(now), second.token, from: origin, at: now)
            }
            for offset in [-60, 60] {
                await #expect(throws: SignInRefusal.code(now)) {
                    try await office.factors.enter(
                        code(now.adding(minutes: offset)), second.token, from: origin, at: now)
                }
            }
            #expect(SignInRefusal.code(now).message.indonesian.contains("Jam server sekarang \(now.clock()) WIB"))
            let later = now.adding(seconds: 30)
            let entered = try await office.factors.enter(code(later), second.token, from: origin, at: later)
            #expect(try await office.sessions.person(second.token, at: later) == nil)
            #expect(try await office.sessions.person(entered.token, at: later)?.account == account)
            await #expect(throws: SignInRefusal.noSession) {
                try await office.factors.enter(code(later), second.token, from: origin, at: later)
            }

            let third = try await office.signIn("s@simpul.example", at: later)
            _ = try await office.factors.enter(recovery[3].uppercased(), third.token, from: origin, at: later)
            let fourth = try await office.signIn("s@simpul.example", at: later)
            await #expect(throws: SignInRefusal.code(later)) {
                try await office.factors.enter(recovery[3], fourth.token, from: origin, at: later)
            }
            #expect(try await office.accounts.own(account, at: later).recoveryCodesLeft == 9)
            await #expect(throws: SignInRefusal.noSession) {
                try await office.factors.enter(recovery[4], fourth.token, from: origin, at: later.adding(minutes: 10))
            }
            await #expect(throws: AccountRefusal.codeStillNeeded) {
                try await office.factors.remove(of: account, by: office.actor(account), at: later)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `guessing codes is slowed down too`(engine: Engine) async throws {
        try await Office.with(engine) { office in
            let account = try await office.member("a@kendalkab.go.id", Grant(.auditor))
            let now = Office.start
            let origin = SignIns.Origin(address: "10.0.0.1", agent: "")
            _ = try await office.factors.prepare(account, issuer: "Simpul", at: now)
            let secret = try await office.secret(account, "totp_pending")
            let good = OneTimeCode.code(secret, step: OneTimeCode.step(at: now.adding(seconds: 30)))
            _ = try await office.factors.confirm(
                OneTimeCode.code(secret, step: OneTimeCode.step(at: now)), of: account, by: office.actor(account),
                at: now)
            let opened = try await office.signIn("a@kendalkab.go.id")
            let bad = good == "000000" ? "000001" : "000000"
            for _ in 0..<5 {
                await #expect(throws: SignInRefusal.code(now)) {
                    try await office.factors.enter(bad, opened.token, from: origin, at: now)
                }
            }
            await #expect(throws: SignInRefusal.slowDown(now.adding(seconds: 2))) {
                try await office.factors.enter(good, opened.token, from: origin, at: now)
            }
            let later = now.adding(seconds: 2)
            #expect(try await office.factors.enter(good, opened.token, from: origin, at: later).step == .full)
        }
    }

    @Test(arguments: Engine.tested)
    func `strangers who guess never make the owner wait`(engine: Engine) async throws {
        try await Office.with(engine) { office in
            _ = try await office.member("a@kendalkab.go.id", Grant(.auditor))
            let now = Office.start
            let known = try await office.signIn("a@kendalkab.go.id", from: "10.0.0.1")
            let device = try #require(known.device)
            for guess in 0..<5 {
                await #expect(throws: SignInRefusal.wrong) {
                    try await office.signIn("a@kendalkab.go.id", "tebakan \(guess)", from: "192.0.2.\(guess)")
                }
            }
            let wait = SignInRefusal.slowDown(now.adding(seconds: 2))
            await #expect(throws: wait) { try await office.signIn("a@kendalkab.go.id", from: "192.0.2.99") }
            // The same for a name that nobody has.
            for guess in 0..<5 {
                await #expect(throws: SignInRefusal.wrong) {
                    try await office.signIn("hantu@kendalkab.go.id", "tebakan \(guess)", from: "198.51.100.\(guess)")
                }
            }
            await #expect(throws: wait) { try await office.signIn("hantu@kendalkab.go.id", from: "198.51.100.99") }

            #expect(try await office.signIn("a@kendalkab.go.id", from: "10.0.0.1").step == .full)
            #expect(try await office.signIn("a@kendalkab.go.id", from: "203.0.113.5", device: device).device == nil)
            await #expect(throws: wait) {
                try await office.signIn("a@kendalkab.go.id", from: "192.0.2.99", device: Token.fresh())
            }
            // At an account where the browser never signed in it is a stranger.
            _ = try await office.member("b@kendalkab.go.id", Grant(.auditor))
            for guess in 0..<5 {
                await #expect(throws: SignInRefusal.wrong) {
                    try await office.signIn("b@kendalkab.go.id", "tebakan \(guess)", from: "192.0.2.\(guess)")
                }
            }
            await #expect(throws: wait) {
                try await office.signIn("b@kendalkab.go.id", from: "192.0.2.98", device: device)
            }
            // Waiting costs nobody more than the wait, and the right password ends it.
            for _ in 0..<30 {
                await #expect(throws: wait) { try await office.signIn("a@kendalkab.go.id", from: "192.0.2.99") }
            }
            let later = now.adding(seconds: 2)
            #expect(try await office.signIn("a@kendalkab.go.id", from: "192.0.2.99", at: later).step == .full)
        }
    }

    @Test(arguments: Engine.tested)
    func `a familiar browser that guesses is slowed down by itself`(engine: Engine) async throws {
        try await Office.with(engine) { office in
            _ = try await office.member("a@kendalkab.go.id", Grant(.auditor))
            let device = try #require(try await office.signIn("a@kendalkab.go.id", from: "10.0.0.1").device)
            for guess in 0..<5 {
                await #expect(throws: SignInRefusal.wrong) {
                    try await office.signIn("a@kendalkab.go.id", "tebakan \(guess)", from: "10.0.0.1", device: device)
                }
            }
            await #expect(throws: SignInRefusal.slowDown(Office.start.adding(seconds: 2))) {
                try await office.signIn("a@kendalkab.go.id", from: "10.0.0.1", device: device)
            }
            #expect(try await office.signIn("a@kendalkab.go.id", from: "10.0.0.77").step == .full)
        }
    }

    @Test(arguments: Engine.tested)
    func `one address that tries many names is slowed down over all of them`(engine: Engine) async throws {
        try await Office.with(engine) { office in
            _ = try await office.member("a@kendalkab.go.id", Grant(.auditor))
            for guess in 0..<20 {
                await #expect(throws: SignInRefusal.wrong) {
                    try await office.signIn("orang\(guess)@kendalkab.go.id", "tebakan", from: "2001:db8::\(guess)")
                }
            }
            await #expect(throws: SignInRefusal.slowDown(Office.start.adding(seconds: 2))) {
                try await office.signIn("a@kendalkab.go.id", from: "2001:db8::ffff")
            }
            #expect(try await office.signIn("a@kendalkab.go.id", from: "2001:db8:0:1::1").step == .full)
        }
    }

    @Test(arguments: Engine.tested)
    func `many guesses at once are counted before they are tried`(engine: Engine) async throws {
        try await Office.with(engine) { office in
            _ = try await office.member("a@kendalkab.go.id", Grant(.auditor))
            let wrong = await withTaskGroup(of: Bool.self) { group in
                for guess in 0..<25 {
                    group.addTask {
                        do {
                            _ = try await office.signIn(
                                "a@kendalkab.go.id", "tebakan \(guess)", from: "192.0.2.\(guess)")
                            return false
                        } catch { return error as? SignInRefusal == .wrong }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(wrong == 5)
        }
    }

    @Test(arguments: Engine.tested)
    func `a suspended account is told so only with its password, and a removed right shows at once`(engine: Engine)
        async throws
    {
        try await Office.with(engine) { office in
            let now = Office.start
            let account = try await office.member("a@kendalkab.go.id", Grant(.validator, institution: Office.kendal))
            let token = try await office.signIn("a@kendalkab.go.id").token
            #expect(try await office.sessions.person(token, at: now)?.may(.validate, at: Office.kendal) == true)
            let held = try await office.accounts.own(account, at: now).grants
            try await office.accounts.endGrant(held[0].id, by: Office.operatorActor, at: now)
            #expect(try await office.sessions.person(token, at: now)?.may(.validate, at: Office.kendal) == false)
            await #expect(throws: DeskRefusal.notYours(.validate)) {
                try await office.database.write(at: now) { db in
                    try Grants.require(.validate, at: Office.kendal, by: office.actor(account), db)
                }
            }
            try await office.accounts.suspend(account, by: Office.operatorActor, at: now)
            #expect(try await office.sessions.person(token, at: now) == nil)
            await #expect(throws: SignInRefusal.suspended) { try await office.signIn("a@kendalkab.go.id") }
            await #expect(throws: SignInRefusal.wrong) { try await office.signIn("a@kendalkab.go.id", "tebakan") }
            try await office.accounts.restore(account, by: Office.operatorActor, at: now)
            #expect(try await office.signIn("a@kendalkab.go.id").step == .full)
        }
    }

    @Test(arguments: Engine.tested)
    func `a role that needs codes, given to someone signed in without them, asks for a new sign-in`(engine: Engine)
        async throws
    {
        try await Office.with(engine) { office in
            _ = try await office.member("a@kendalkab.go.id", Grant(.validator, institution: Office.kendal))
            let token = try await office.signIn("a@kendalkab.go.id").token
            _ = try await office.member("a@kendalkab.go.id", Grant(.secretariat))
            #expect(try await office.sessions.person(token, at: Office.start) == nil)
            #expect(try await office.signIn("a@kendalkab.go.id").step == .setup)
        }
    }
}

extension Office {
    func secret(_ account: Int, _ column: String) async throws -> [UInt8] {
        try await database.read { db in
            guard
                case .bytes(let bytes)? = try db.first("SELECT totp, totp_pending FROM account WHERE id = \(account)")?
                    .value(column)
            else { return [] }
            return bytes
        }
    }
}
