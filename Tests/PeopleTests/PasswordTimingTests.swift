import Database
import Foundation
import Kernel
import Support
import Testing

@testable import People

/// Run one after another beside nothing else: a busy machine would break the measure.
@Suite(.serialized) struct PasswordTimingTests {
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
}
