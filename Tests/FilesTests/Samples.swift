import Database
import Foundation
import Kernel
import Support

@testable import Files

/// A store on a fresh database and a fresh folder, gone afterwards.
struct Shelf {
    let store: FileStore
    let database: Database
    let folder: String

    static func with(_ engine: Engine = .sqlite, scanner: VirusScanner? = nil, _ body: (Shelf) async throws -> Void)
        async throws
    {
        try await TestDatabase.with(engine, [Files.schema]) { database in
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let store = try FileStore(folder: folder, database: database, scanner: scanner, patience: 5)
            try await body(Shelf(store: store, database: database, folder: folder))
        }
    }

    /// Writes bytes where an upload would and hands them in.
    func admit(_ bytes: [UInt8], name: String = "berkas", kind: FileKind = .document) async throws -> AdmittedFile {
        let path = store.temporaryFolder + "/" + UUID().uuidString
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return try await store.admit(path, name: name, kind: kind)
    }

    /// Why bytes are refused; nil when they are not. In every case nothing may be left of the upload.
    func refusal(_ bytes: [UInt8], name: String = "berkas", kind: FileKind = .document) async throws -> FileRefusal? {
        do {
            _ = try await admit(bytes, name: name, kind: kind)
            return nil
        } catch let refusal as FileRefusal { return refusal }
    }

    /// Hands in and records, as a slice does.
    func keep(_ bytes: [UInt8], kind: FileKind = .document) async throws -> AdmittedFile {
        let file = try await admit(bytes, kind: kind)
        try await database.write { try FileStore.record(file, $0) }
        return file
    }

    /// The files under the folder, as paths inside it.
    var files: [String] {
        get throws {
            try FileManager.default.subpathsOfDirectory(atPath: folder).filter {
                var isFolder: ObjCBool = false
                return FileManager.default.fileExists(atPath: folder + "/" + $0, isDirectory: &isFolder)
                    && !isFolder.boolValue
            }.sorted()
        }
    }
}

enum Sample {
    /// A PDF of blank pages; a note makes its content another.
    static func pdf(pages: Int, note: String = "") -> [UInt8] {
        var text = "%PDF-1.4\n% \(note)\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        let kids = (0..<pages).map { "\($0 + 3) 0 R" }.joined(separator: " ")
        text += "2 0 obj\n<< /Type /Pages /Kids [\(kids)] /Count \(pages) >>\nendobj\n"
        for page in 0..<pages {
            text += "\(page + 3) 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n"
        }
        return Array((text + "trailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n").utf8)
    }

    /// A PNG's header with a size and nothing to see.
    static func png(width: UInt32, height: UInt32) -> [UInt8] {
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8) + big(width) + big(height)
            + [8, 2, 0, 0, 0, 0, 0, 0, 0]
    }

    /// A JPEG's segments up to its frame header.
    static func jpeg(width: UInt16, height: UInt16) -> [UInt8] {
        [0xFF, 0xD8, 0xFF, 0xE0, 0, 16] + Array("JFIF".utf8) + [0, 1, 1, 0, 0, 1, 0, 1, 0, 0]
            + [0xFF, 0xC0, 0, 17, 8, UInt8(height >> 8), UInt8(height & 255), UInt8(width >> 8), UInt8(width & 255)]
            + [3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1, 0xFF, 0xD9]
    }

    /// A lossless WebP's header.
    static func webp(width: UInt32, height: UInt32) -> [UInt8] {
        let bits = (width - 1) | (height - 1) << 14
        return Array("RIFF".utf8) + [26, 0, 0, 0] + Array("WEBPVP8L".utf8) + [13, 0, 0, 0, 0x2F]
            + big(bits).reversed() + [0, 0, 0, 0, 0, 0, 0, 0, 0]
    }

    private static func big(_ n: UInt32) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: n >> $0) } }

    /// What a Python program writes to the file named by its first argument: `zipfile` and `zlib` make what no tool of
    /// ours should be able to make.
    static func python(_ program: String) throws -> [UInt8] {
        let out = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: out) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = ["-c", program, out.path]
        try process.run()
        process.waitUntilExit()
        return Array(try Data(contentsOf: out))
    }

    /// A small DOCX or XLSX with more entries, each a line of Python that uses the open archive `z`.
    static func office(_ part: String = "word/document.xml", more: String = "pass") throws -> [UInt8] {
        try python(
            """
            import sys, zipfile, zlib
            z = zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED)
            z.writestr('[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
            z.writestr('\(part)', '<document/>')
            \(more)
            z.close()
            """)
    }

    /// EICAR's test file (eicar.org), in two halves so that no scanner takes this source for it.
    static let eicar = Array(
        (#"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-"# + "ANTIVIRUS-TEST-FILE!$H+H*").utf8)
}
