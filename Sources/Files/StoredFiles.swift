import Database
import Foundation
import Kernel

/// A file that was checked and lies durably in its place; its row is written with the fact that refers to it.
package struct AdmittedFile: Sendable, Hashable {
    /// SHA-256 in 64 hexadecimal digits: the file's name in the store and its key in `file`.
    package let digest: String
    /// Bytes.
    package let size: Int
    package let type: FileType
    /// Pages of a PDF, where they could be counted.
    package let pages: Int?
    package let scan: ScanState
    /// The name it came with, made safe to show.
    package let name: String
}

/// A stored file that may be given out.
package struct Stored: Sendable, Hashable {
    package let digest: String
    /// Bytes.
    package let size: Int
    /// A content type of the closed list, else `application/octet-stream`.
    package let type: String
    package let pages: Int?
    package let scan: ScanState
    package let path: String
}

/// The stored files. A file is first put in its place, then its row is written: what a crash leaves between the two is
/// a file without a row, which `check` finds, never a row without a file.
package final class FileStore: Sendable {
    let database: Database
    let scanner: VirusScanner?
    let folder: FileFolder
    private let magic = Magic()
    private let reading = Lane("magic", threads: 1)
    let checking = Lane("check", threads: 2)
    let scanning = Lane("scan", threads: 2)
    private let giving = Lane("give", threads: 4)

    /// - Parameters:
    ///   - folder: made when it does not exist; its `tmp` is swept of what is older than a day.
    ///   - patience: seconds an upload waits for the scanner; after that the file is stored as not yet scanned.
    package init(
        folder: String, database: Database, scanner: VirusScanner?, patience: Int = 15, at now: Instant = .now()
    ) throws {
        self.folder = FileFolder(path: folder)
        self.database = database
        self.scanner = scanner
        self.patience = patience
        try self.folder.prepare(at: now)
    }

    private let patience: Int

    /// Where uploads should be written, so that taking one in is a rename.
    package var temporaryFolder: String { folder.temporary }

    /// Checks a file by its content and puts it in its place. It takes the file over: whatever happens, nothing is left
    /// at `path` afterwards.
    ///
    /// - Throws: `FileRefusal`.
    package func admit(_ path: String, name: String, kind: FileKind) async throws -> AdmittedFile {
        defer { unlink(path) }
        let head = try await checking.run {
            let file = try OpenFile(path)
            guard file.size > 0 else { throw FileRefusal.empty }
            guard file.size <= kind.mostBytes else { throw FileRefusal.tooLarge(file.size, most: kind.mostBytes) }
            return try file.read(at: 0, count: Magic.head)
        }
        let type = try await reading.run { [magic] in try magic.type(of: head) }
        let (digest, size, found) = try await checking.run {
            let file = try OpenFile(path)
            let found = try Inspection.of(file, head: head, magic: type, as: kind)
            return (try file.digest().hex, file.size, found)
        }
        let known = try await database.read { try Self.row(digest, $0)?.scan }
        if known == .infected { throw FileRefusal.withdrawn }
        let scan = try await scanned(path)
        try await checking.run { [folder] in try folder.keep(path, as: digest) }
        return AdmittedFile(
            digest: digest, size: size, type: found.type, pages: found.pages, scan: scan, name: FileName.safe(name))
    }

    private func scanned(_ path: String) async throws -> ScanState {
        guard let scanner else { return .waiting }
        let verdict = try await scanning.run { [patience] in try scanner.scan(try OpenFile(path), patience: patience) }
        switch verdict {
        case .clean: return .clean
        case .infected(let name): throw FileRefusal.infected(name)
        case .unreachable, .failed: return .waiting
        }
    }

    /// Writes the row of a file, in the transaction of the fact that refers to it; the same content twice is one row.
    package static func record(_ file: AdmittedFile, _ db: Writer) throws {
        let scannedAt = file.scan == .waiting ? nil : db.at
        switch try row(file.digest, db)?.scan {
        case nil:
            try db.execute(
                """
                INSERT INTO file (digest, size, type, pages, at, scan, scanned_at)
                VALUES (\(file.digest), \(file.size), \(file.type), \(file.pages), \(db.at), \(file.scan), \(scannedAt))
                """)
        case .waiting? where file.scan == .clean:
            try db.execute(
                "UPDATE file SET scan = \(file.scan), scanned_at = \(db.at) WHERE digest = \(file.digest)")
        case .infected?: throw FileRefusal.withdrawn
        case .waiting?, .clean?: break
        }
    }

    /// What is stored under a digest.
    ///
    /// - Throws: `FileRefusal.missing`, `FileRefusal.withdrawn`.
    package func open(_ digest: String) async throws -> Stored {
        guard FileFolder.isDigest(digest), let row = try await database.read({ try Self.row(digest, $0) }) else {
            throw FileRefusal.missing
        }
        guard row.scan != .infected else { throw FileRefusal.withdrawn }
        return Stored(
            digest: digest, size: row.size, type: FileType.safe(row.type), pages: row.pages, scan: row.scan,
            path: folder.place(of: digest))
    }

    /// The content in pieces of at most 256 KiB, in order. Whether it may be given out is `open`'s to say.
    package func chunks(of digest: String, _ body: ([UInt8]) async throws -> Void) async throws {
        let stored = try await open(digest)
        var place = 0
        while true {
            let from = place
            let bytes = try await giving.run {
                try OpenFile(stored.path).read(at: from, count: OpenFile.piece)
            }
            if bytes.isEmpty { return }
            try await body(bytes)
            place += bytes.count
        }
    }

    struct FileRow: Sendable {
        let size: Int
        let type: String
        let pages: Int?
        let scan: ScanState
    }

    static func row(_ digest: String, _ db: Reader) throws -> FileRow? {
        try db.first("SELECT size, type, pages, scan FROM file WHERE digest = \(digest)").map {
            FileRow(
                size: try $0.int("size"), type: try $0.text("type"), pages: try $0.intOrNil("pages"),
                scan: try $0.choice("scan"))
        }
    }
}
