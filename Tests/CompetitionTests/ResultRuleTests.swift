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

    /// SHA-256 of the rows of 0 and 1 that qrcode 8.2 (PyPI) draws for the same bytes, error correction M and mask.
    @Test(arguments: [
        (
            "https://simpul.example/penghargaan/KIPP-2027-0001-7Q4M", 33,
            [
                "57e76b90d42f2a03ae11da0ca3188c41f11a4905a0170a03eda0acacd1a6cbbc",
                "4417f560ee11be354f078b9124d5c6dbdc8258ed68be0b6eb7fcaefc2808340b",
                "eb28a91e45f3b6dc9ebeb12ed6e69cd02bb7803eab5e3d6009bc227f566d6d98",
                "47412dcd5413d1c2ed8196b03a6be4dcf1d91b23df9f3f022808505f2aba469a",
                "af6c901a1b482fc25e412b445ae55f688a65f495066e23748afaae7ed9d1b9cf",
                "2e32e04032e11ad14ac0f0fc352822676f3e745b0074da946703c63faf7ec44e",
                "83703bb1c15c3afd5512d84c5ae6c6eda0d657858bc5d1db78701308caa005b1",
                "13beea750e974c58e87de69b93f3982ea0d191ca41fd58ec57a0c7706cd6a13e",
            ]
        ),
        (
            "https://simpul.example/" + String(repeating: "x", count: 150), 53,
            [
                "d61cb3ec90c277307622933744c8ebb9b8dd6d88674cb50b2dede1c0006847e1",
                "6943aa86163790f34831b2271accd2b37759210c1eaa3cdd4181cc0dabfa6bbd",
                "9b25fb1e27d08d6a757e252c6a62a54755c820ed9a3210fe10f29eaaf87ba45c",
                "7e0ac810ab2b2fbace4b77df144f49066a15feafcd5ee40eb033f080834937ca",
                "5b9d9145220c581279473de83274290c6b6dd74ae3e13b4b22c16a7018b1f320",
                "71323002c22b67de5f23038cf736b8212e9ba2242b649b67de9d4eb952090399",
                "13282cb347b97037b9e4d926e9d3a55819852e1a644dae618a1165f8f0011c4c",
                "ab2658ab7147dd2dd617c143b9b2895bd246e848201abe62e15f45076d6ce0c7",
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
