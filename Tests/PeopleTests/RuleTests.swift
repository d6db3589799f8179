import Foundation
import Kernel
import Testing

@testable import People

@Suite struct RuleTests {
    @Test func `one-time codes are those of RFC 6238, appendix B`() {
        let secret = Array("12345678901234567890".utf8)
        let vectors: [(seconds: Int64, code: String)] = [
            (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
        ]
        for vector in vectors {
            let step = OneTimeCode.step(at: Instant(milliseconds: vector.seconds * 1000))
            #expect(OneTimeCode.code(secret, step: step, digits: 8) == vector.code)
            #expect(OneTimeCode.code(secret, step: step) == String(vector.code.suffix(6)))
        }
    }

    @Test func `one-time codes of counters are those of RFC 4226, appendix D`() {
        let secret = Array("12345678901234567890".utf8)
        #expect(
            (0..<10).map { OneTimeCode.code(secret, step: $0) } == [
                "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489",
            ])
    }

    @Test func `a code is good one step early and late, once, and not an hour off`() {
        let secret = OneTimeCode.secret()
        let now = Instant(milliseconds: 1_780_000_000_000)
        let step = OneTimeCode.step(at: now)
        func accepted(_ offset: Int64, after last: Int64 = 0) -> Int64? {
            OneTimeCode.accepts(OneTimeCode.code(secret, step: step + offset), secret, after: last, at: now)
        }
        #expect([accepted(-1), accepted(0), accepted(1)] == [step - 1, step, step + 1])
        #expect([accepted(-120), accepted(120), accepted(-2), accepted(2)] == [nil, nil, nil, nil])
        #expect(accepted(0, after: step) == nil)
        #expect(accepted(-1, after: step) == nil)
        for bad in ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "12345\u{0}"] {
            #expect(OneTimeCode.accepts(bad, secret, after: 0, at: now) == nil)
        }
    }

    @Test func `secrets are written in base32 as RFC 4648 has it`() {
        let vectors = [
            ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ]
        for (text, code) in vectors { #expect(OneTimeCode.base32(Array(text.utf8)) == code) }
        #expect(
            OneTimeCode.uri(Array("foobar".utf8), email: "siti+a@kendalkab.go.id", issuer: "Simpul Uji")
                == "otpauth://totp/Simpul%20Uji:siti%2Ba%40kendalkab.go.id?secret=MZXW6YTBOI&issuer=Simpul%20Uji")
    }

    @Test func `recovery codes are ten, different, and read however they are typed`() {
        let codes = OneTimeCode.recoveryCodes()
        #expect(Set(codes).count == 10)
        #expect(codes.allSatisfy { $0.count == 11 })
        let code = codes[0]
        let spaced = code.uppercased().replacing("-", with: " ")
        #expect(
            OneTimeCode.recoveryDigest(spaced, account: 1) == OneTimeCode.recoveryDigest(code, account: 1))
        #expect(OneTimeCode.recoveryDigest(code, account: 2) != OneTimeCode.recoveryDigest(code, account: 1))
        #expect(OneTimeCode.recoveryDigest("abcd", account: 1) == nil)
    }

    @Test func `waiting doubles from the fifth failure to a quarter of an hour`() {
        let rule = SlowDown.account
        let now = Instant(milliseconds: 1_780_000_000_000)
        func wait(_ failures: Int) -> Int {
            rule.opens(SlowDown.Record(failures: failures, last: now), at: now)
                .map { Int($0.milliseconds - now.milliseconds) / 1000 } ?? 0
        }
        #expect((0...16).map(wait) == [0, 0, 0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900])
        #expect(rule.opens(nil, at: now) == nil)
    }

    @Test func `failures are forgotten one by one, and no attack piles up more than an afternoon's`() {
        let rule = SlowDown.account
        let now = Instant(milliseconds: 1_780_000_000_000)
        var record: SlowDown.Record?
        for _ in 0..<10_000 { record = rule.failed(record, at: now) }
        #expect(record == SlowDown.Record(failures: 15, last: now))
        let worst = record ?? SlowDown.Record(failures: 0, last: now)
        #expect(rule.opens(worst, at: now.adding(seconds: 899)) == now.adding(seconds: 900))
        #expect(rule.opens(worst, at: now.adding(seconds: 900)) == nil)
        #expect(
            (0...16).map { rule.remaining(worst, at: now.adding(seconds: 900 * $0)) }
                == (0...16).map { max(0, 15 - $0) })
        #expect(
            rule.failed(worst, at: now.adding(seconds: 9000))
                == SlowDown.Record(failures: 6, last: now.adding(seconds: 9000)))
    }

    @Test func `a clock set back does not close the door for longer than the cap`() {
        let later = SlowDown.Record(failures: 15, last: Instant(milliseconds: 1_790_000_000_000))
        #expect(SlowDown.account.opens(later, at: Instant(milliseconds: 1_780_000_000_000)) == nil)
    }

    @Test func `addresses are counted by house`() {
        #expect(SlowDown.network("2001:db8:1:2:3:4:5:6") == SlowDown.network("2001:db8:1:2::9"))
        #expect(SlowDown.network("2001:db8:1:2::9") != SlowDown.network("2001:db8:1:3::9"))
        #expect(SlowDown.network("::ffff:192.0.2.7") == "192.0.2.7")
        #expect(SlowDown.network("192.0.2.7") == "192.0.2.7")
        #expect(SlowDown.network("unknown") == "unknown")
    }

    @Test func `a password is long, not the address, and not what everybody takes`() {
        func refusal(_ password: String) -> PasswordRefusal? {
            do {
                try Password.check(password, email: "sekretariat.kab@kendalkab.go.id")
                return nil
            } catch { return error }
        }
        #expect(refusal("sebelas-kar") == .tooShort)
        #expect(refusal("dua belas-ka") == nil)
        #expect(refusal("kuda besi lari pagi") == nil)
        #expect(refusal(String(repeating: "ab cd ", count: 33) + "ef") == nil)
        #expect(refusal(String(repeating: "ab cd ", count: 33) + "efg") == .tooLong)
        #expect(refusal("Sekretariat.KAB@kendalkab.go.id") == .isEmail)
        #expect(refusal("sekretariat.kab") == .isEmail)
        #expect(refusal("Password1234") == .common)
        #expect(refusal("bismillah123") == .common)
        #expect(refusal("aaaaaaaaaaaaaa") == .common)
        #expect(refusal("ĺ̈😀😀") == .tooShort)
    }

    @Test func `an e-mail address has a shape`() {
        #expect(EmailAddress(" Siti@Kendalkab.go.ID ")?.text == "siti@kendalkab.go.id")
        for bad in [
            "", "siti", "siti@", "@kendalkab.go.id", "a@b", "a b@c.id", "a@b@c.id", "a@b..id", "a@-b.id",
            "a\r\nBcc:x@b.id",
            "a@b.id\u{0}", "<a@b.id>", String(repeating: "a", count: 65) + "@b.id",
            "a@" + String(repeating: "b", count: 255) + ".id",
        ] { #expect(EmailAddress(bad) == nil) }
    }

    @Test func `a profile needs a name and an office and keeps no control characters`() throws {
        #expect(throws: AccountRefusal.nameMissing) { try Profile(name: " \n", office: "a") }
        #expect(throws: AccountRefusal.officeMissing) { try Profile(name: "a", office: "") }
        #expect(throws: AccountRefusal.tooLong("name", 120)) {
            try Profile(name: String(repeating: "a", count: 121), office: "b")
        }
        #expect(throws: AccountRefusal.phone) { try Profile(name: "a", office: "b", phone: "nanti saja") }
        let profile = try Profile(name: " Siti\u{0}\n Aminah ", office: "Bagian  Organisasi", phone: "")
        #expect(profile.name == "Siti Aminah")
        #expect(profile.office == "Bagian Organisasi")
        #expect(profile.phone == nil)
    }

    @Test func `roles in an agency rest 395 days after they were confirmed, national ones never`() {
        let confirmed = Instant(milliseconds: 1_780_000_000_000)
        let ends = confirmed.adding(days: 395)
        func on(_ day: Int, _ role: Role = .validator) -> Certification {
            Certification(role, certified: confirmed, at: confirmed.adding(days: day))
        }
        #expect([on(0), on(364), on(365), on(394), on(395)] == [.good, .good, .due(ends), .due(ends), .lapsed(ends)])
        #expect(on(5000, .secretariat) == .good)
        #expect(on(5000, .evaluator) == .good)
    }

    @Test func `who gives which role is a table`() {
        let kendal = "R33.24"
        let asked = [
            Grant(.secretariat), Grant(.auditor), Grant(.hubManager, institution: "P33"),
            Grant(.agencyAdmin, institution: kendal), Grant(.leader, institution: kendal),
            Grant(.validator, institution: kendal), Grant(.unit, institution: kendal, unit: 1),
            Grant(.evaluator, edition: "2026"), Grant(.panelist, edition: "2026"),
        ]
        func given(_ grants: Grant...) -> [Role] { asked.filter { $0.isManaged(by: grants) }.map(\.role) }
        #expect(
            given(Grant(.secretariat))
                == Role.allCases.sorted { a, b in
                    (asked.firstIndex { $0.role == a } ?? 0) < (asked.firstIndex { $0.role == b } ?? 0)
                })
        #expect(given(Grant(.agencyAdmin, institution: kendal)) == [.validator, .unit])
        #expect(given(Grant(.agencyAdmin, institution: "R33.25")) == [])
        for other in Role.allCases where other != .secretariat && other != .agencyAdmin {
            #expect(given(Grant(other, institution: kendal)) == [])
        }
    }
}
