import Foundation
import Testing

@testable import Documents

@Suite struct LetterTests {
    private let letter = Letter(
        head: ["PEMERINTAH KABUPATEN CONTOH", "BAGIAN ORGANISASI"], title: "SURAT TUGAS", number: "Nomor: …/2026",
        parts: [
            .paragraph("Yang bertanda tangan di bawah ini & menugaskan <pegawai> berikut – “sungguh”."),
            .fields([("Nama", "Siti Aminah"), ("Jabatan", String(repeating: "Analis Kebijakan ", count: 20))]),
            .list(["memeriksa data inovasi", "memvalidasi data inovasi"]),
        ], place: "Contoh, 22 November 2026", office: "Sekretaris Daerah", signer: "(nama terang)")

    @Test func `the Word document holds every word, escaped, in well-formed parts`() throws {
        try onDisk(letter.docx()) { path in
            try Archive.with(path) { archive in
                #expect(try archive.names() == ["[Content_Types].xml", "_rels/.rels", "word/document.xml"])
                for name in try archive.names() {
                    var texts: [String] = []
                    let events = XMLEvents(.init(open: { _, _ in }, text: { texts.append($0) }, close: { _ in }))
                    var fed = true
                    let found = try archive.read(name, limit: 1 << 20) { fed = events.feed($0) && fed }
                    #expect(found && fed)
                    #expect(events.finish())
                    guard name == "word/document.xml" else { continue }
                    let text = texts.joined()
                    #expect(text.contains("ini & menugaskan <pegawai> berikut – “sungguh”."))
                    #expect(text.contains("2. memvalidasi data inovasi"))
                }
            }
        }
        #expect(try letter.docx() == letter.docx())
    }

    @Test func `the PDF opens and says the same`() throws {
        let bytes = try letter.pdf()
        #expect(bytes.starts(with: Array("%PDF-1.".utf8)))
        let text = try onDisk(bytes) { path in
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/pdftotext")
            process.arguments = ["-layout", path, "-"]
            let out = Pipe()
            process.standardOutput = out
            try process.run()
            let data = out.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            return String(decoding: data, as: UTF8.self)
        }
        #expect(text.contains("SURAT TUGAS"))
        #expect(text.contains("Siti Aminah"))
        #expect(text.contains("menugaskan <pegawai> berikut – “sungguh”."))
        #expect(text.components(separatedBy: "Analis").count == 21)
    }

    @Test func `a letter of many pages goes on to the next`() throws {
        let long = Letter(
            head: [], title: "BERITA ACARA", number: "", parts: [.list((1...200).map { "Butir \($0)" })], place: "",
            office: "", signer: "")
        let bytes = try long.pdf()
        #expect(String(decoding: bytes, as: UTF8.self).components(separatedBy: "/Type /Page\n").count == 6)
    }
}
