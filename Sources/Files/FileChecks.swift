import Database
import Foundation
import Kernel

/// Something wrong between the rows and the folder.
package enum FileFinding: Sendable, Hashable {
    /// A row whose file is not in its place.
    case missing(String)
    /// A row whose file has another content than its name says.
    case damaged(String)
    /// A file without a row, with its bytes; `old` when it is older than a day, so that no upload is under way.
    case orphan(String, size: Int, old: Bool)
    /// A name in the folder that is none of ours, as a path inside it.
    case foreign(String)

    /// Whether stored facts are hurt by it; an orphan or a foreign file only takes room.
    package var isLoss: Bool {
        switch self {
        case .missing, .damaged: true
        case .orphan, .foreign: false
        }
    }
}

extension FileStore {
    /// Compares every row with its file, by content, and looks for files without a row; 256 steps by the first two
    /// digits, after each of which `progress` is told the files read so far and the share done, 0 to 1.
    package func check(
        at now: Instant, progress: (Int, Double) -> Void = { _, _ in }, found: (FileFinding) -> Void
    ) async throws -> Int {
        var files = 0
        for number in 0..<256 {
            let prefix = (number < 16 ? "0" : "") + String(number, radix: 16)
            // The folder first, then the rows: what is taken in meanwhile is not mistaken for an orphan.
            let (present, foreign) = try await checking.run { [folder] in folder.contents(prefix) }
            let rows = try await rows(prefix)
            for digest in rows {
                let state = try await checking.run { [folder] in folder.state(digest) }
                if let state { found(state) }
                files += 1
            }
            let known = Set(rows)
            for digest in present where !known.contains(digest) {
                if let orphan = folder.orphan(digest, at: now) { found(orphan) }
            }
            for name in foreign { found(.foreign(name)) }
            progress(files, Double(number + 1) / 256)
        }
        for name in folder.strangers() { found(.foreign(name)) }
        return files
    }

    /// Removes a file without a row that is older than a day; false when it has a row by now or is younger. Nothing
    /// can be recorded meanwhile: it holds the writer's turn.
    package func removeOrphan(_ digest: String, at now: Instant) async throws -> Bool {
        guard FileFolder.isDigest(digest) else { return false }
        return try await database.write { [folder] db in
            guard try FileStore.row(digest, db) == nil, case .orphan(_, _, old: true)? = folder.orphan(digest, at: now)
            else { return false }
            return unlink(folder.place(of: digest)) == 0
        }
    }

    private func rows(_ prefix: String) async throws -> [String] {
        try await database.read { db in
            try db.rows(
                "SELECT digest FROM file WHERE digest >= \(prefix) AND digest < \(prefix + "g") ORDER BY digest"
            ) { try $0.text("digest") }
        }
    }
}

extension FileFolder {
    /// The digests under two digits, and what does not belong there.
    fileprivate func contents(_ prefix: String) -> (digests: [String], foreign: [String]) {
        let manager = FileManager.default
        var digests: [String] = []
        var foreign: [String] = []
        for inner in (try? manager.contentsOfDirectory(atPath: "\(path)/\(prefix)"))?.sorted() ?? [] {
            guard let names = try? manager.contentsOfDirectory(atPath: "\(path)/\(prefix)/\(inner)") else {
                foreign.append("\(prefix)/\(inner)")
                continue
            }
            for name in names.sorted() {
                if FileFolder.isDigest(name), name.hasPrefix(prefix + inner), inner.utf8.count == 2 {
                    digests.append(name)
                } else {
                    foreign.append("\(prefix)/\(inner)/\(name)")
                }
            }
        }
        return (digests, foreign)
    }

    /// What lies in the folder itself beside `tmp` and the folders of two digits.
    fileprivate func strangers() -> [String] {
        let ours = Set((0..<256).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) } + ["tmp"])
        return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter { !ours.contains($0) }
            .sorted()
    }

    fileprivate func state(_ digest: String) -> FileFinding? {
        guard let file = try? OpenFile(place(of: digest)) else { return .missing(digest) }
        // A disk that cannot read it back has lost it as well.
        return (try? file.digest().hex) == digest ? nil : .damaged(digest)
    }

    fileprivate func orphan(_ digest: String, at now: Instant) -> FileFinding? {
        let place = place(of: digest)
        guard let changed = FileFolder.changed(place), let file = try? OpenFile(place) else { return nil }
        return .orphan(digest, size: file.size, old: changed < now.adding(days: -1))
    }
}
