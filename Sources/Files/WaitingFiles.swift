import Database
import Foundation
import Kernel

/// What a round of scanning did.
package struct ScanRound: Sendable, Hashable {
    package var clean = 0
    /// The digests in which something was found, now withdrawn.
    package var infected: [String] = []
    /// Files the scanner could not scan; the next round asks again.
    package var failed = 0
    /// False when the scanner did not answer; the rest waits for the next round.
    package var reachable = true
}

extension FileStore {
    /// Scans what was stored while no scanner answered. Without a scanner it does nothing. Safe to run at any time and
    /// on several nodes: a verdict is written only over `waiting`.
    @discardableResult
    package func scanWaiting(patience: Int = 120) async throws -> ScanRound {
        var round = ScanRound()
        guard let scanner else { return round }
        var last = ""
        while true {
            let after = last
            let digests = try await database.read { db in
                try db.rows(
                    """
                    SELECT digest FROM file WHERE scan = 'waiting' AND digest > \(after) ORDER BY digest LIMIT 100
                    """
                ) { try $0.text("digest") }
            }
            guard let end = digests.last else { return round }
            last = end
            for digest in digests {
                try Task.checkCancellation()
                let place = folder.place(of: digest)
                let verdict = try await scanning.run {
                    // A file that is gone is the check's to tell of; it must not keep the others waiting.
                    guard let file = try? OpenFile(place) else { return VirusScanner.Verdict.failed("missing") }
                    return try scanner.scan(file, patience: patience)
                }
                switch verdict {
                case .clean:
                    try await settle(digest, .clean)
                    round.clean += 1
                case .infected:
                    try await settle(digest, .infected)
                    round.infected.append(digest)
                case .failed: round.failed += 1
                case .unreachable:
                    round.reachable = false
                    return round
                }
            }
        }
    }

    /// How many files wait for a scan.
    package func waiting() async throws -> Int {
        try await database.read { try $0.count("SELECT COUNT(*) FROM file WHERE scan = 'waiting'") }
    }

    private func settle(_ digest: String, _ scan: ScanState) async throws {
        try await database.write { db in
            let changed = try db.execute(
                """
                UPDATE file SET scan = \(scan), scanned_at = \(db.at) WHERE digest = \(digest) AND scan = 'waiting'
                """)
            // Pages say whether a file was scanned: cached ones must go.
            if changed > 0 { db.changed("file", digest) }
        }
    }
}
