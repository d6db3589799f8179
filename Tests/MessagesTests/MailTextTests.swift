import Foundation
import Kernel
import Support
import Testing

@testable import Messages
@testable import Outbound

@Suite struct MailTextTests {
    private func mail(
        subject: String = "Perlu diperbaiki", body: String = "Isi.", to: String = "sari@kendal.example",
        sender: String = "Simpul", facts: [String] = ["draft:1:returned:1"]
    ) -> MailText {
        MailText(
            from: "simpul@menpan.example", sender: sender, to: to, subject: subject, body: body, language: .indonesian,
            facts: facts, date: Sample.moment)
    }

    private func readBack(_ mails: [MailText]) async throws -> [Sink.Reading] {
        try await Sink.with { sink async throws in
            for mail in mails {
                let outcome = await Outbound.send(
                    Envelope(from: mail.from, to: "sari@kendal.example", message: mail.bytes),
                    by: try SMTPSettings("smtp://127.0.0.1:\(sink.port)"), mayEnd: { true })
                #expect(outcome == .accepted)
            }
            for raw in try sink.received() {
                let lines = raw.text.components(separatedBy: "\r\n")
                #expect(lines.allSatisfy { $0.utf8.count <= 78 && !$0.contains("\n") && !$0.contains("\r") })
                #expect(raw.data.allSatisfy { $0 < 128 })
            }
            return try await sink.read()
        }
    }

    @Test func `every header and the body arrive as they were meant`() async throws {
        let body =
            "Yth. Ibu Sari,\n\n  spasi di akhir \n=20 bukan sandi; é, 你好 🙂\n.\n"
            + String(repeating: "panjang ", count: 40)
        let reading = try #require(
            try await readBack([mail(subject: "Perbaiki “Jemput Bola” – 3 klaim", body: body)]).first)
        #expect(reading.defects.isEmpty)
        #expect(reading["Date"] == "Wed, 18 Nov 2026 11:06:40 +0000")
        #expect(reading["From"] == "Simpul <simpul@menpan.example>")
        #expect(reading["To"] == "sari@kendal.example")
        #expect(reading["Subject"] == "Perbaiki “Jemput Bola” – 3 klaim")
        #expect(reading["Auto-Submitted"] == "auto-generated")
        #expect(reading["Content-Language"] == "id")
        #expect(reading["Content-Type"] == "text/plain; charset=\"utf-8\"")
        #expect(reading.headers.count == 10)
        #expect(reading.body == body + "\n")
    }

    @Test func `a long subject in any script is folded and read back whole`() async throws {
        let subjects = [
            String(repeating: "Pelayanan terpadu ", count: 20).trimmingCharacters(in: .whitespaces),
            String(repeating: "é你🙂", count: 60), "=?UTF-8?B?SGFsbG8=?=", "Surat: 12/2026, \"penting\"",
        ]
        let readings = try await readBack(subjects.map { mail(subject: $0) })
        #expect(readings.map { $0["Subject"] } == subjects)
        #expect(readings.allSatisfy { $0.defects.isEmpty })
    }

    @Test func `nothing that a person typed can add a header, a recipient or a body`() async throws {
        let attack = "Halo\r\nBcc: semua@x.example\r\n\r\nIsi palsu\u{2028}\u{85}\0x"
        let plain = try #require(try await readBack([mail()]).first)
        let readings = try await readBack([
            mail(subject: attack), mail(sender: attack), mail(to: "a@b.example>\r\nBcc: <semua@x.example"),
            mail(facts: [attack]),
        ])
        #expect(readings.count == 4)
        for reading in readings {
            #expect(reading.headers.map { $0[0] } == plain.headers.map { $0[0] })
            #expect(reading.body == "Isi.\n")
        }
        #expect(readings[0]["Subject"]?.hasPrefix("Halo  Bcc: semua@x.example") == true)
    }

    @Test func `the same message tried again has the same number, another has another`() {
        func number(_ mail: MailText) -> String? {
            String(decoding: mail.bytes, as: UTF8.self).components(separatedBy: "\r\n").first {
                $0.hasPrefix("Message-ID:")
            }
        }
        let first = number(mail())
        #expect(first?.hasSuffix("@menpan.example>") == true)
        #expect(number(mail(subject: "Lain", body: "Lain")) == first)
        #expect(number(mail(to: "budi@kendal.example")) != first)
        #expect(number(mail(facts: ["draft:1:returned:2"])) != first)
    }

    @Test func `a calendar is text that RFC 5545 allows`() throws {
        let calendar = Calendar(
            name: "Tenggat; Simpul",
            events: [
                .init(
                    uid: "due:12@simpul", time: .day(try #require(Day(2026, 12, 31))),
                    summary: "Perpanjang “Jemput Bola, Antar Dokumen”; " + String(repeating: "é", count: 60),
                    details: "Baris satu\r\nBEGIN:VEVENT\nx\\y", address: "https://simpul.example/kerja/perpanjang"),
                .init(uid: "a\r\nb", time: .moment(Sample.moment), summary: "Rapat", address: "https://x\r\nSUMMARY:y"),
            ])
        let text = calendar.text(at: Sample.moment)
        let lines = text.components(separatedBy: "\r\n")
        #expect(lines.last == "")
        #expect(lines.allSatisfy { $0.utf8.count <= 75 && !$0.contains("\n") && !$0.contains("\r") })
        #expect(
            text.replacingOccurrences(of: "\r\n ", with: "").components(separatedBy: "\r\n") == [
                "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Simpul//Simpul//ID", "CALSCALE:GREGORIAN",
                "METHOD:PUBLISH", "NAME:Tenggat\\; Simpul", "X-WR-CALNAME:Tenggat\\; Simpul", "BEGIN:VEVENT",
                "UID:due:12@simpul", "DTSTAMP:20261118T110640Z", "DTSTART;VALUE=DATE:20261231",
                "DTEND;VALUE=DATE:20270101",
                "SUMMARY:Perpanjang “Jemput Bola\\, Antar Dokumen”\\; " + String(repeating: "é", count: 60),
                "DESCRIPTION:Baris satu\\nBEGIN:VEVENT\\nx\\\\y", "URL:https://simpul.example/kerja/perpanjang",
                "TRANSP:TRANSPARENT", "END:VEVENT", "BEGIN:VEVENT", "UID:a\\nb", "DTSTAMP:20261118T110640Z",
                "DTSTART:20261118T110640Z", "SUMMARY:Rapat", "TRANSP:TRANSPARENT", "END:VEVENT", "END:VCALENDAR", "",
            ])
    }
}
