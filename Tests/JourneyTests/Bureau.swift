import Database
import Foundation
import Kernel
import People
import Support
import Testing

@testable import App

/// An institution (Jawa Tengah) with its people, one published innovation and, once hidden, things that only they and
/// the nation's own roles may know of.
struct Bureau {
    /// A word in every hidden text.
    static let mark = "kwartet"

    let site: Served
    let cast: ValidationJourneyTests.Cast
    let admin: Signed
    let hub: Signed
    /// The number of the published innovation.
    let published: Int

    /// What is there to be hidden, by number.
    struct Hidden {
        /// One being written, one returned with comments, one waiting to be checked, one that changes the published one.
        let drafts: [String]
        /// Of the first draft.
        let claim: String
        let evidence: String
        let invited: Int

        var waiting: String { drafts[2] }
    }

    init(_ site: Served) async throws {
        self.site = site
        cast = try await ValidationJourneyTests.Cast(site)
        admin = try await Signed(site, Grant(.agencyAdmin, institution: "P33"), office: "Biro Organisasi")
        hub = try await Signed(site, Grant(.hubManager, institution: "P33"), office: "Hub Jawa Tengah")
        let draft = try await cast.written()
        _ = try await Self.prove(draft, cast.writer)
        try Self.led(await cast.writer.send("\(draft)/periksa", []))
        let number = draft.split(separator: "/").last ?? ""
        try Self.led(await cast.validator.send("/kerja/periksa/\(number)", [("decision", "validate")]))
        published = try await site.database.read { try $0.count("SELECT MAX(innovation) FROM validation") }
    }

    struct Stuck: Error { let answer: String }

    /// A form that was taken leads on.
    private static func led(_ answer: HTTPClient.Response) throws {
        guard answer.status == 303 else { throw Stuck(answer: "\(answer.status) \(answer.text)") }
    }

    /// A claim with a file; gives the numbers of both.
    private static func prove(_ draft: String, _ writer: Signed) async throws -> (claim: String, evidence: String) {
        let place = try await writer.send(
            "\(draft)/klaim/baru", from: "\(draft)/klaim/baru?jenis=procedure",
            [("jenis", "procedure"), ("title", "SOP \(mark)")])["location"]
        let claim = try #require(place).replacing("?selesai=tersimpan", with: "")
        try led(
            await writer.upload(
                "\(claim)/bukti", from: claim, field: "bukti", name: "SOP.pdf", ValidationJourneyTests.pdf))
        let shown = try await writer.get(claim).text
        let evidence = try #require(shown.firstMatch(of: /href="\/kerja\/bukti\/(\d+)"/)).1
        return (String(claim.split(separator: "/").last ?? ""), String(evidence))
    }

    private func write(_ title: String) async throws -> String {
        let begun = try await cast.writer.send("/kerja/inovasi/baru", [("title", title)])
        let draft = try #require(begun["location"]).replacing("/nama", with: "")
        let fields = ValidationJourneyTests.fields.map { field -> (String, String) in
            switch field.0 {
            case "title": ("title", title)
            case "summary", "background": (field.0, "\(field.1) \(Self.mark)")
            default: field
            }
        }
        for step in ValidationJourneyTests.steps { try Self.led(await cast.writer.send("\(draft)/\(step)", fields)) }
        return draft
    }

    /// Makes everything that is hidden.
    func hide() async throws -> Hidden {
        let (writer, mark) = (cast.writer, Self.mark)
        let writing = try await write("Draf \(mark)")
        let (claim, evidence) = try await Self.prove(writing, writer)
        let returned = try await write("Dikembalikan \(mark)")
        _ = try await Self.prove(returned, writer)
        let waiting = try await write("Menunggu \(mark)")
        for draft in [returned, waiting] { try Self.led(await writer.send("\(draft)/periksa", [])) }
        try Self.led(
            await cast.validator.send(
                "/kerja/periksa/\(returned.split(separator: "/").last ?? "")",
                [("decision", "return"), ("comment.summary", "Komentar \(mark)")]))
        let changing = try #require(
            try await writer.send("/kerja/inovasi/baru", [("innovation", String(published))])["location"]
        ).replacing("/nama", with: "")
        _ = try await writer.send("\(changing)/ringkasan", [("summary", "Ringkasan baru \(mark)")])
        _ = try await Self.prove(changing, writer)

        try Self.led(
            await cast.colleague.send("/inovasi/\(published)/lapor", [("isi", "Keliru \(mark)"), ("kontak", "")]))
        try Self.led(
            await hub.send("/kerja/pertanyaan/baru/\(published)", [("pertanyaan", "Dari mana \(mark) ini?")]))
        try Self.led(
            await admin.send(
                "/kerja/batas", [("judul", "Batas \(mark)"), ("batas", "2027-06-30"), ("instansi", "P33")]))
        try Self.led(
            await admin.send(
                "/kerja/surat/baru/akun", [("nama", "Pegawai \(mark)"), ("peran", "validator"), ("instansi", "P33")]))
        try Self.led(
            await admin.parts(
                "/kerja/surat/1/tertanda", [("token", admin.token)],
                file: ("berkas", "surat.pdf", ValidationJourneyTests.pdf)))
        try Self.led(
            await admin.parts(
                "/kerja/inovasi/unggah", [("token", admin.token), ("instansi", "P33")],
                file: ("berkas", "\(mark).csv", Array("Judul,Ringkasan\nAntar \(mark),x\n".utf8))))
        let invited = try await site.portal.people.accounts.invite(
            Invitee(email: "\(mark)@contoh.test", grant: Grant(.validator, institution: "P33")),
            by: Actor(name: "account:\(admin.account)", office: "Biro", account: admin.account, address: "192.0.2.1"),
            at: .now())
        let numbers = [writing, returned, waiting, changing].map { String($0.split(separator: "/").last ?? "") }
        return Hidden(drafts: numbers, claim: claim, evidence: evidence, invited: invited.account)
    }

    /// A door of the desk at these hidden records.
    func targets(_ path: String, _ hidden: Hidden) -> [String] {
        guard path.contains("{") else { return [path] }
        let one = path.replacing("{claim}", with: hidden.claim).replacing("{evidence}", with: hidden.evidence)
            .replacing("{account}", with: "\(hidden.invited)").replacing("{unit}", with: "1").replacing(
                "{id}", with: "1"
            )
            .replacing("{inovasi}", with: "\(published)").replacing("{jenis}", with: "akun")
        let steps = one.contains("{step}") ? ["ringkasan", "periksa"] : [""]
        let drafts = !one.contains("{draft}") ? [""] : one.contains("{claim}") ? [hidden.drafts[0]] : hidden.drafts
        return drafts.flatMap { draft in
            steps.map { one.replacing("{draft}", with: draft).replacing("{step}", with: $0) }
        }
    }

    /// Every row of every table in which an act would leave something.
    static func rows(_ database: Database) async throws -> [String: [[Value]]] {
        try await database.read { db in
            var found: [String: [[Value]]] = [:]
            for table in [
                "account", "role_grant", "unit", "one_time_link", "audit", "message", "draft", "draft_writer",
                "draft_field", "claim", "evidence", "submission", "review_comment", "validation", "question",
                "mistake_report", "collection", "letter", "innovation", "revision", "change", "file", "article",
            ] {
                found[table] = try db.rows(SQL(stringLiteral: "SELECT * FROM \(table) ORDER BY 1, 2")).map(\.values)
            }
            return found
        }
    }
}
