import Files
import Foundation
import Kernel
import Testing

@testable import Competition

@Suite struct ResultRuleTests {
    @Test func `equal facts are equal bytes, whatever their order and however a number was written`() throws {
        let one = try Canonical(
            json: #"{"b": [1, 2.50, 3.0, -0.00004, true], "a": "Ä\u0022\n/", "ż": null, "seed": 9123456789012345678}"#)
        #expect(one.json == #"{"a":"Ä\"\n/","b":[1,2.5,3,0,true],"seed":9123456789012345678}"#)
        #expect(try Canonical(json: one.json) == one)
        for wrong in [
            "", "null", "{", "[1,]", "[1 2]", "{\"a\" 1}", "{a:1}", "\"", "\"\\", "tru", "1x", "[null]", "1 1", "1e99",
        ] {
            #expect(throws: CanonicalReader.Fault.self, "\(wrong)") { try Canonical(json: wrong) }
        }
        #expect(throws: CanonicalReader.Fault.tooDeep) {
            try Canonical(json: String(repeating: "[", count: 100_000))
        }
        #expect(
            [Canonical.digits(812_500), Canonical.digits(-1), Canonical.digits(30_000)] == ["81.25", "-0.0001", "3"])
    }

    @Test func `a difference names what it concerns`() throws {
        let before = try Canonical(
            json:
                #"{"readings":[{"proposal":3,"evaluator":2,"scores":{"a":80}},{"proposal":4,"evaluator":1}],"seed":1}"#)
        let after = try Canonical(
            json:
                #"{"readings":[{"proposal":4,"evaluator":1},{"proposal":3,"evaluator":2,"scores":{"a":95}}],"seed":1}"#)
        let found = after.differences(since: before)
        #expect(found.map(\.place) == ["readings / proposal 3, evaluator 2 / scores / a"])
        #expect(found.map(\.before) == ["80"])
        #expect(found.map(\.after) == ["95"])
        #expect(found.map(\.proposal) == [3])
    }

    @Test func `a serial number catches a slip of the pen`() {
        let serial = AwardStatement.serial(edition: "kipp-2027", number: 7)
        #expect(serial.hasPrefix("KIPP-2027-0007-"))
        #expect(serial.count == "KIPP-2027-0007-".count + 4)
        #expect(AwardStatement.isWellFormed(serial))
        #expect(!AwardStatement.isWellFormed(serial.replacing("0007", with: "0001")))
        #expect(!AwardStatement.isWellFormed(serial.replacing("2027", with: "2072")))
        #expect(!AwardStatement.isWellFormed("KIPP"))
    }

    private func signed(_ pair: SigningKey.Pair) throws -> AwardFile {
        let statement = AwardStatement(
            serial: AwardStatement.serial(edition: "kipp-2027", number: 1),
            edition: .init(code: "kipp-2027", name: "KIPP 2027"), innovation: .init(id: 5, title: "Layanan \"5\""),
            institution: .init(code: "P34", name: "Provinsi DI Yogyakarta"),
            tier: .init(code: "terpuji", name: "Terpuji"), decree: .init(number: "7/2027", on: "2027-08-30"),
            result: .init(version: 1, digest: String(repeating: "a", count: 64)), key: pair.key.id,
            issued: "2027-09-01T03:00:00Z")
        let text = try statement.text()
        return AwardFile(key: pair.key, signature: pair.sign(text.utf8), statement: text)
    }

    @Test func `a signed statement says whether it is what was signed, and by whom`() throws {
        let pair = try #require(SigningKey.Pair(seed: Array(1...32)))
        let other = try #require(SigningKey.Pair(seed: Array(2...33)))
        let file = try signed(pair)
        let said = try AwardStatement(text: file.statement)
        #expect(AwardFile(Data(try file.json().utf8)) == file)
        #expect(file.verdict(keys: [other.key, pair.key]) == .signed(said))
        #expect(file.verdict(keys: nil) == .unconfirmed(said))
        #expect(file.verdict(keys: [other.key]) == .unknownKey(pair.key.id))
        #expect(file.verdict(keys: []) == .unknownKey(pair.key.id))
        let changed = AwardFile(
            key: pair.key, signature: file.signature,
            statement: file.statement.replacing("Terpuji", with: "Terbaik"))
        #expect(changed.verdict(keys: [pair.key]) == .changed)
        #expect(changed.verdict(keys: nil) == .changed)
        let forged = AwardFile(key: pair.key, signature: other.sign(file.statement.utf8), statement: file.statement)
        #expect(forged.verdict(keys: [pair.key]) == .changed)
        let note = AwardFile(key: pair.key, signature: pair.sign("{}".utf8), statement: "{}")
        #expect(note.verdict(keys: [pair.key]) == .noStatement)
        for text in ["", "{}", "[1]", #"{"statement":"x"}"#] { #expect(AwardFile(Data(text.utf8)) == nil) }
    }

    @Test func `every byte of a statement counts`() throws {
        let pair = try #require(SigningKey.Pair(seed: Array(1...32)))
        let file = try signed(pair)
        let bytes = Array(file.statement.utf8)
        for place in stride(from: 0, to: bytes.count, by: 7) {
            var other = bytes
            other[place] ^= 1
            let changed = AwardFile(
                key: pair.key, signature: file.signature, statement: String(decoding: other, as: UTF8.self))
            #expect(changed.verdict(keys: [pair.key]) == .changed, "byte \(place)")
        }
    }

    @Test func `signatures are those of RFC 8032`() throws {
        // Section 7.1, test 2.
        let seed = bytes("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
        let pair = try #require(SigningKey.Pair(seed: seed))
        let expected =
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        #expect(pair.sign([0x72]) == Data(bytes(expected)).base64EncodedString())
        #expect(
            pair.key.public
                == Data(bytes("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")).base64EncodedString()
        )
        #expect(pair.key.verifies(pair.sign([0x72]), of: [0x72]))
        #expect(!pair.key.verifies(pair.sign([0x72]), of: [0x73]))
        #expect(!pair.key.verifies("AAAA", of: [0x72]))
    }

    private func bytes(_ hex: String) -> [UInt8] {
        let digits = Array(hex)
        return stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
    }

    /// SHA-256 of the rows of 0 and 1 that segno 1.6.6 draws for the same bytes, error correction M and mask.
    @Test(arguments: [
        (
            "https://simpul.example/penghargaan/KIPP-2027-0001-7Q4M", 33,
            [
                "85a4725280e8f153036c5cb0f8d8d3bc7677617e4d60c9dc30d43aa4b2860a41",
                "6c1140d73fb17c8ba924b7340e02fb91041c6f9988d1217f271d6e465d7c7c6f",
                "8f5300f086bb1c8b0170cae8fff3dd2a7f8460b3784950aa428a4b22e68e9bd6",
                "46a8e8b9206a71b054105d3832c36e7c13aa8e590cdefd84a8f4197c0acc1973",
                "de1d6588f9050334735261bca759e092037eda8376804251efef09edf1b4538a",
                "8b3b5528ce92605958b04b54afd28d58300147d6b9e5f189af7acc9110b45eb1",
                "5bee0403d4faa82557454068223b84ce098332bb2e7307d2f0a772d9f92322cf",
                "355bcf731daedcf4134ec2f47116007c431aa6401815feaa5410d287a4fcd151",
            ]
        ),
        (
            "https://simpul.example/" + String(repeating: "x", count: 150), 53,
            [
                "32da276bc090d9458cc6d137ca9edf9f7eeb87234a3e867818ea29955ab87541",
                "57746aa7f1bd9d7d2d1a09eead15efa7367fc29209984fecde6f4e12cc11dd76",
                "738ef0bfa97692f704cf510a86fac3876ebfc1a9152f22b6876bf6293ecfc9f2",
                "a35ba46862cbfc9e1bf106410851c5e4b770f65a84f8719823688e11f3745bd8",
                "280f3ca429baeaa7ae18ac567ba5eeb2efda6f6a4f6953b88fc9b57311b41649",
                "3a75c83e4c823af8adf800005b50e9da387b9ef722e9ef162ff0fe74016b7a7c",
                "0b35bb45e84e7de1fbce906e71ee8f23fcb7989f7c256070797bbd3ac1c90246",
                "de623bc43dd3f46517809dce91b59c2a611644f78b51e3785b0985b77c218fdd",
            ]
        ),
    ])
    func `a QR code is the one that another encoder draws`(text: String, size: Int, digests: [String]) throws {
        for (mask, digest) in digests.enumerated() {
            let code = try #require(QRCode(text, mask: mask))
            #expect(code.size == size)
            let rows = (0..<size).map { y in (0..<size).map { code[$0, y] ? "1" : "0" }.joined() }
            #expect(Digest(of: rows.joined(separator: "\n").utf8).hex == digest, "mask \(mask)")
        }
        #expect(QRCode(String(repeating: "x", count: 213))?.size == 57)
        #expect(QRCode(String(repeating: "x", count: 214)) == nil)
    }
}
