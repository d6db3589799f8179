import Database
import Foundation
import Kernel
import Support
import Testing

@testable import Files

@Suite struct AdmissionTests {
    @Test(arguments: Engine.tested)
    func `a file is stored by its content once, however often and under whatever name it comes`(_ engine: Engine)
        async throws
    {
        try await Shelf.with(engine) { (shelf) async throws in
            let bytes = Sample.pdf(pages: 3)
            let one = try await shelf.admit(bytes, name: "SK Bupati.pdf")
            let two = try await shelf.admit(bytes, name: "lain.pdf")
            for file in [one, two] { try await shelf.database.write { try FileStore.record(file, $0) } }

            let digest = Digest(of: bytes).hex
            #expect(
                one
                    == AdmittedFile(
                        digest: digest, size: bytes.count, type: .pdf, pages: 3, scan: .waiting, name: "SK Bupati.pdf"))
            #expect(try await shelf.database.read { try $0.count("SELECT COUNT(*) FROM file") } == 1)
            #expect(try shelf.files == ["\(digest.prefix(2))/\(digest.dropFirst(2).prefix(2))/\(digest)"])
            let stored = try await shelf.store.open(digest)
            #expect(
                stored
                    == Stored(
                        digest: digest, size: bytes.count, type: "application/pdf", pages: 3, scan: .waiting,
                        path: "\(shelf.folder)/\(try shelf.files[0])"))
            var read: [UInt8] = []
            try await shelf.store.chunks(of: digest) { read += $0 }
            #expect(read == bytes)
        }
    }

    @Test func `every allowed type is taken in as its kind`() async throws {
        try await Shelf.with { (shelf) async throws in
            let samples: [(FileKind, FileType, [UInt8])] = [
                (.document, .pdf, Sample.pdf(pages: 1)), (.document, .docx, try Sample.office()),
                (.image, .jpeg, Sample.jpeg(width: 640, height: 480)),
                (.image, .png, Sample.png(width: 640, height: 480)),
                (.image, .webp, Sample.webp(width: 640, height: 480)),
                (.spreadsheet, .xlsx, try Sample.office("xl/workbook.xml")),
                (.spreadsheet, .csv, Array("nama,tahun\nSiaga,2024\nSapa,2025\n".utf8)),
                (.spreadsheet, .csv, Array("\u{FEFF}nama;tahun\nSiaga;2024\n".utf8)),
                (.letter, .pdf, Sample.pdf(pages: 2)), (.letter, .jpeg, Sample.jpeg(width: 2480, height: 3508)),
                (.letter, .png, Sample.png(width: 2480, height: 3508)), (.letter, .docx, try Sample.office()),
            ]
            for (kind, type, bytes) in samples {
                #expect(try await shelf.admit(bytes, kind: kind).type == type, "\(kind) \(type)")
            }
        }
    }

    @Test func `a wrong kind under a right name is refused and says what it is`() async throws {
        try await Shelf.with { (shelf) async throws in
            let html = Array("<!DOCTYPE html><html><head><title>a</title></head><body>halo</body></html>".utf8)
            let svg = Array("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"></svg>".utf8)
            let elf = Array(try Data(contentsOf: URL(fileURLWithPath: "/bin/true")))
            let program = Phrase("program komputer", "a computer program")
            let page = Phrase("halaman HTML", "an HTML page")
            let cases: [(String, FileKind, [UInt8], FileRefusal)] = [
                ("foto.jpg", .image, elf, .notAllowed(program, .image)),
                ("laporan.pdf", .document, html, .notAllowed(page, .document)),
                ("laporan.pdf", .document, html + Sample.pdf(pages: 1), .notAllowed(page, .document)),
                ("gambar.png", .image, svg, .notAllowed(Phrase("gambar SVG", "an SVG picture"), .image)),
                ("data.csv", .spreadsheet, html, .notAllowed(page, .spreadsheet)),
                ("surat.pdf", .letter, Sample.webp(width: 9, height: 9), .notAllowed(Phrase("WebP", "WebP"), .letter)),
                ("foto.jpg", .image, Sample.pdf(pages: 1), .notAllowed(Phrase("PDF", "PDF"), .image)),
                (
                    "bukti.pdf", .document, try Sample.office("xl/workbook.xml"),
                    .notAllowed(Phrase("XLSX", "XLSX"), .document)
                ),
            ]
            for (name, kind, bytes, refusal) in cases {
                #expect(try await shelf.refusal(bytes, name: name, kind: kind) == refusal, "\(name)")
            }
            #expect(try shelf.files == [])
        }
    }

    @Test func `an empty file and one byte too many are refused, the most is taken`() async throws {
        try await Shelf.with { (shelf) async throws in
            let most = FileKind.letter.mostBytes
            let start = Sample.pdf(pages: 1)
            let full = start + [UInt8](repeating: 0x20, count: most - start.count)
            #expect(try await shelf.refusal([]) == .empty)
            #expect(try await shelf.refusal(full + [0x20], kind: .letter) == .tooLarge(most + 1, most: most))
            #expect(try shelf.files == [])
            #expect(try await shelf.refusal(full, kind: .letter) == nil)
            #expect(
                FileRefusal.tooLarge(most + 1, most: most).message.indonesian
                    == "Berkas ini 10,1 MB; paling besar 10 MB. Perkecil atau bagi berkasnya, lalu unggah lagi.")
        }
    }

    @Test func `a picture larger than 50 megapixels and one without a size are refused`() async throws {
        try await Shelf.with { (shelf) async throws in
            let bomb = Sample.png(width: 60_000, height: 60_000)
            let huge = Sample.png(width: .max, height: .max)
            #expect(
                try await shelf.refusal(bomb, kind: .image) == .tooManyPixels(width: 60_000, height: 60_000))
            #expect(
                try await shelf.refusal(huge, kind: .image)
                    == .tooManyPixels(width: 4_294_967_295, height: 4_294_967_295))
            #expect(
                try await shelf.refusal(Sample.jpeg(width: 65_000, height: 65_000), kind: .image)
                    == .tooManyPixels(width: 65_000, height: 65_000))
            #expect(try await shelf.refusal(Sample.jpeg(width: 0, height: 9), kind: .image) == .damaged(.jpeg))
            #expect(try shelf.files == [])
        }
    }

    @Test func `a name is shown without folders, NULs and marks that turn the writing`() async throws {
        try await Shelf.with { (shelf) async throws in
            let bytes = Sample.pdf(pages: 1)
            let name = "../../etc/SK\u{0} \u{202E}fdp.exe\u{200F}\r\nSet-Cookie: a"
            #expect(try await shelf.admit(bytes, name: name).name == "SK fdp.exeSet-Cookie: a")
            #expect(try await shelf.admit(bytes, name: "..\\..\\C:\\surat.pdf").name == "surat.pdf")
            #expect(try await shelf.admit(bytes, name: "\u{0}/").name == "berkas")
            #expect(
                try await shelf.admit(bytes, name: String(repeating: "é", count: 900) + ".pdf").name.utf8.count == 200)
        }
        #expect(
            FileName.disposition("Laporan \"akhir\"; é.exe", type: "application/pdf")
                == "attachment; filename=\"Laporan _akhir__ _.exe.pdf\"; filename*=UTF-8''Laporan%20%22akhir%22%3B%20%C3%A9.exe.pdf"
        )
        #expect(FileName.safe("foto.JPEG", type: "image/jpeg") == "foto.JPEG")
    }

    @Test func `what was never stored is missing, whatever path it looks like`() async throws {
        try await Shelf.with { (shelf) async throws in
            for digest in [
                "", "../../etc/passwd", String(repeating: "a", count: 64), String(repeating: "A", count: 64),
            ] {
                await #expect(throws: FileRefusal.missing) { try await shelf.store.open(digest) }
            }
        }
    }

    @Test func `a link in the place of an upload is not followed`() async throws {
        try await Shelf.with { (shelf) async throws in
            let target = shelf.folder + "/rahasia"
            try Data(Sample.pdf(pages: 1)).write(to: URL(fileURLWithPath: target))
            let link = shelf.store.temporaryFolder + "/unggahan"
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
            await #expect(throws: FileFault.self) { try await shelf.store.admit(link, name: "a", kind: .document) }
            #expect(try shelf.files == ["rahasia"])
        }
    }

    @Test func `uploads left for more than a day are swept at the next start`() async throws {
        try await Shelf.with { (shelf) async throws in
            let left = shelf.store.temporaryFolder + "/unggahan"
            try Data([1]).write(to: URL(fileURLWithPath: left))
            _ = try FileStore(folder: shelf.folder, database: shelf.database, scanner: nil)
            #expect(try shelf.files == ["tmp/unggahan"])
            _ = try FileStore(
                folder: shelf.folder, database: shelf.database, scanner: nil, at: Instant.now().adding(days: 2))
            #expect(try shelf.files == [])
        }
    }
}
