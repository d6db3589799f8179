import Database
import Foundation
import Kernel
import Support
import Testing

@testable import People

@Suite(.serialized) struct PasswordTests {
    @Test func `a hash is argon2id with its cost, salted, and knows its password only`() async throws {
        let passwords = try Passwords()
        let one = try await passwords.hash("kuda besi lari pagi")
        let two = try await passwords.hash("kuda besi lari pagi")
        #expect(one.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
        #expect(one != two)
        #expect(try await passwords.verify("kuda besi lari pagi", one))
        #expect(try await passwords.verify("kuda besi lari pag", one) == false)
        #expect(try await passwords.verify("", one) == false)
        #expect(try await passwords.verify("kuda besi lari pagi", nil) == false)
        #expect(try await passwords.verify("kuda besi lari pagi", "broken") == false)
        #expect(passwords.isOutdated(one) == false)
        #expect(try Passwords(cost: .least).isOutdated(one))
    }

    @Test func `a password is the same however its letters are composed, and one character more is another`()
        async throws
    {
        let passwords = try Passwords(cost: .least)
        let hash = try await passwords.hash("caf\u{E9} di kota lama")
        #expect(try await passwords.verify("cafe\u{301} di kota lama", hash))
        let long = String(repeating: "ab cd ", count: 33) + "ef"
        let stored = try await passwords.hash(long)
        #expect(try await passwords.verify(long, stored))
        #expect(try await passwords.verify(long + "x", stored) == false)
        #expect(try await passwords.verify(long + String(repeating: "x", count: 100_000), stored) == false)
    }

    @Test func `the queue is bounded: one more is told to try again, and what waits is served`() async throws {
        let passwords = try Passwords(waiting: 4)
        let hash = try await passwords.hash("kuda besi lari pagi")
        let answers = await withTaskGroup(of: String.self) { group in
            for _ in 0..<12 {
                group.addTask {
                    do {
                        return try await passwords.verify("kuda besi lari pagi", hash) ? "right" : "wrong"
                    } catch { return error as? PasswordRefusal == .busy ? "busy" : "\(error)" }
                }
            }
            return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        #expect((answers["right"] ?? 0) >= 4)
        #expect((answers["busy"] ?? 0) >= 1)
        #expect((answers["right"] ?? 0) + (answers["busy"] ?? 0) == 12)
        #expect(passwords.waiting == 0)
        #expect(PasswordRefusal.busy.kind == .unavailable)
        #expect(try await passwords.verify("kuda besi lari pagi", hash))
    }

    @Test func `hashes are made one at a time`() async throws {
        let passwords = try Passwords()
        func time(_ count: Int) async throws -> Duration {
            let start = ContinuousClock.now
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<count { group.addTask { _ = try await passwords.hash("kuda besi lari pagi") } }
                try await group.waitForAll()
            }
            return ContinuousClock.now - start
        }
        _ = try await time(1)
        let one = try await min(time(1), time(1), time(1))
        let eight = try await time(8)
        // On more threads than one it would take a half at most.
        #expect(eight > one * 6)
    }

    @Test(arguments: Engine.tested)
    func `a wrong name takes the time of a wrong password`(engine: Engine) async throws {
        try await TestDatabase.with(engine, Office.slices) { database in
            let passwords = try Passwords()
            let office = try await Office(database)
            let accounts = Accounts(database, passwords: passwords, publicURL: "https://simpul.example")
            let signIns = SignIns(database, passwords: passwords)
            let known = 12
            for n in 0..<known {
                let invited = try await accounts.invite(
                    Invitee(email: "a\(n)@kendalkab.go.id", grant: Grant(.auditor)), by: Office.operatorActor,
                    at: Office.start)
                let token = try #require(invited.token)
                let profile = try Profile(name: "A", office: "B")
                try await accounts.completeProfile(token, profile, from: "10.0.0.1", at: Office.start)
                _ = try await accounts.accept(token, password: Office.password, from: "10.0.0.1", at: Office.start)
            }
            _ = office
            func time(_ email: String, _ n: Int) async throws -> Duration {
                let start = ContinuousClock.now
                await #expect(throws: SignInRefusal.wrong) {
                    try await signIns.signIn(
                        email: email, password: "bukan sandi saya",
                        from: SignIns.Origin(address: "192.0.2.\(n)", agent: ""), at: Office.start)
                }
                return ContinuousClock.now - start
            }
            var (names, wrong): ([Duration], [Duration]) = ([], [])
            for n in 0..<known {
                wrong.append(try await time("a\(n)@kendalkab.go.id", n))
                names.append(try await time("nobody\(n)@kendalkab.go.id", 100 + n))
            }
            func median(_ times: [Duration]) -> Double { times.sorted()[times.count / 2] / .milliseconds(1) }
            let ratio = median(names) / median(wrong)
            // Without the work of a hash a wrong name would take a tenth.
            #expect(ratio > 0.7 && ratio < 1.4, "\(median(names)) ms and \(median(wrong)) ms")
        }
    }

    @Test(arguments: Engine.tested)
    func `a sign-in that finds the queue full counts as no failure`(engine: Engine) async throws {
        try await Office.with(engine) { office in
            _ = try await office.member("a@kendalkab.go.id", Grant(.auditor))
            let none = SignIns(office.database, passwords: try Passwords(cost: .least, waiting: 0))
            for _ in 0..<10 {
                await #expect(throws: PasswordRefusal.busy) {
                    try await none.signIn(
                        email: "a@kendalkab.go.id", password: Office.password,
                        from: SignIns.Origin(address: "192.0.2.1", agent: ""), at: Office.start)
                }
            }
            #expect(try await office.signIn("a@kendalkab.go.id", from: "192.0.2.1").step == .full)
        }
    }

    @Test(arguments: Engine.tested)
    func `a password hashed at another cost is hashed anew at the next sign-in`(engine: Engine) async throws {
        try await Office.with(engine) { office in
            _ = try await office.member("a@kendalkab.go.id", Grant(.auditor))
            func stored() async throws -> String {
                try await office.database.read { db in
                    try db.rows("SELECT password FROM account") { try $0.text("password") }.joined()
                }
            }
            #expect(try await stored().hasPrefix("$argon2id$v=19$m=8,t=1,p=1$"))
            let dearer = SignIns(
                office.database, passwords: try Passwords(cost: Passwords.Cost(operations: 2, memory: 16_384)))
            let origin = SignIns.Origin(address: "10.0.0.1", agent: "")
            _ = try await dearer.signIn(
                email: "a@kendalkab.go.id", password: Office.password, from: origin, at: Office.start)
            #expect(try await stored().hasPrefix("$argon2id$v=19$m=16,t=2,p=1$"))
            #expect(try await office.signIn("a@kendalkab.go.id").step == .full)
        }
    }
}
