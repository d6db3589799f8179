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
