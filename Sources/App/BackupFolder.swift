import Database
import Files
import Foundation
import Kernel
import People

/// Why a backup is not written or not restored.
enum BackupRefusal: Refusal, Hashable {
    case exists(String)
    case notABackup(String)
    case damaged(String)
    case newer(String)

    var kind: RefusalKind { .conflict }

    var message: Phrase {
        switch self {
        case .exists(let path):
            Phrase("\(path) sudah ada. Pilih nama folder baru.", "\(path) exists. Choose a new folder.")
        case .notABackup(let path):
            Phrase(
                "\(path) bukan cadangan Simpul: manifest.json tidak ada atau tidak terbaca.",
                "\(path) is no Simpul backup: manifest.json is missing or unreadable.")
        case .damaged(let file):
            Phrase(
                "Cadangan rusak: \(file) tidak sesuai dengan catatannya. Pakai cadangan lain.",
                "The backup is damaged: \(file) does not match its record. Use another backup.")
        case .newer(let version):
            Phrase(
                "Cadangan ini dibuat oleh Simpul \(version) yang lebih baru. Pakai versi itu.",
                "This backup was made by the newer Simpul \(version). Use that version.")
        }
    }
}

/// A backup: `manifest.json`, `database.sqlite`, `files/`.
enum BackupFolder {
    private struct Manifest: Codable {
        var simpul: String
        var at: String
        var migrations: [String]
        var tables: [String: Int]
        var files: [String: String]
        /// The hash of each day's last entry in the audit trail: what `simpul audit verify --anchor` asks for.
        var audit: [String: String]?
    }

    /// Writes a backup beside its final name and renames it when it is whole.
    static func write(_ database: Database, files: String, to path: String, at: Instant) async throws {
        let manager = FileManager.default
        guard !manager.fileExists(atPath: path) else { throw BackupRefusal.exists(path) }
        let partial = path + ".partial"
        if manager.fileExists(atPath: partial) { try manager.removeItem(atPath: partial) }
        try manager.createDirectory(atPath: partial, withIntermediateDirectories: true)
        let copy = try await Database(.sqlite(partial + "/database.sqlite"), slices: slices, readers: 1)
        let sums = try await database.copy(to: copy)
        let heads = try await Audit.heads(copy)
        await copy.close()
        if manager.fileExists(atPath: files) { try manager.copyItem(atPath: files, toPath: partial + "/files") }
        let manifest = Manifest(
            simpul: simpulVersion, at: at.rfc3339, migrations: slices.flatMap(\.migrations).map(\.id),
            tables: Dictionary(uniqueKeysWithValues: sums.map { ($0.table, $0.rows) }),
            files: try digests(in: partial),
            audit: Dictionary(uniqueKeysWithValues: heads.map { ($0.day.iso, $0.hash) }))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        try encoder.encode(manifest).write(to: URL(fileURLWithPath: partial + "/manifest.json"))
        try manager.moveItem(atPath: partial, toPath: path)
    }

    /// Fills an empty database and folder from a backup; checks everything before it writes anything.
    static func restore(_ path: String, into database: Database, files: String) async throws {
        let manager = FileManager.default
        guard let data = manager.contents(atPath: path + "/manifest.json"),
            let manifest = try? JSONDecoder().decode(Manifest.self, from: data)
        else { throw BackupRefusal.notABackup(path) }
        let known = Set(slices.flatMap(\.migrations).map(\.id))
        guard known.isSuperset(of: manifest.migrations) else { throw BackupRefusal.newer(manifest.simpul) }
        let found = (try? digests(in: path)) ?? [:]
        for (name, digest) in manifest.files.sorted(by: { $0.key < $1.key }) where found[name] != digest {
            throw BackupRefusal.damaged(name)
        }
        // The backup is opened as a copy: opening migrates, and a backup must not change.
        let scratch = manager.temporaryDirectory.appendingPathComponent("simpul-restore-\(UUID().uuidString)").path
        try manager.createDirectory(atPath: scratch, withIntermediateDirectories: true)
        defer { try? manager.removeItem(atPath: scratch) }
        try manager.copyItem(atPath: path + "/database.sqlite", toPath: scratch + "/database.sqlite")
        let source = try await Database(.sqlite(scratch + "/database.sqlite"), slices: slices, readers: 1)
        _ = try await source.copy(to: database)
        await source.close()
        guard manager.fileExists(atPath: path + "/files") else { return }
        for name in manifest.files.keys.filter({ $0.hasPrefix("files/") }).sorted() {
            let target = URL(fileURLWithPath: files).appendingPathComponent(String(name.dropFirst(6)))
            try manager.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            if !manager.fileExists(atPath: target.path) {
                try manager.copyItem(atPath: "\(path)/\(name)", toPath: target.path)
            }
        }
    }

    private static func digests(in folder: String) throws -> [String: String] {
        var found: [String: String] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() where name != "manifest.json" {
            var isDirectory: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isDirectory)
            if exists, !isDirectory.boolValue { found[name] = try Digest(file: "\(folder)/\(name)").hex }
        }
        return found
    }
}
