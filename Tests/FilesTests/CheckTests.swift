import Database
import Foundation
import Kernel
import Support
import Testing

@testable import Files

@Suite struct CheckTests {
    private func findings(_ shelf: Shelf, at now: Instant = .now()) async throws -> [FileFinding] {
        var found: [FileFinding] = []
        _ = try await shelf.store.check(at: now) { found.append($0) }
        return found
    }

    @Test(arguments: Engine.tested)
    func `a flipped byte, a lost file and a stranger are found, a sound file is not`(_ engine: Engine) async throws {
        try await Shelf.with(engine) { (shelf) async throws in
            let sound = try await shelf.keep(Sample.pdf(pages: 1))
            let flipped = try await shelf.keep(Sample.pdf(pages: 2))
            let lost = try await shelf.keep(Sample.pdf(pages: 3))
            #expect(try await findings(shelf) == [])

            let path = try await shelf.store.open(flipped.digest).path
            var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            bytes[bytes.count / 2] ^= 1
            try bytes.write(to: URL(fileURLWithPath: path))
            try FileManager.default.removeItem(atPath: try await shelf.store.open(lost.digest).path)
            try Data([1]).write(to: URL(fileURLWithPath: shelf.folder + "/\(sound.digest.prefix(2))/catatan.txt"))
            try Data([1]).write(to: URL(fileURLWithPath: shelf.folder + "/catatan.txt"))

            #expect(
                Set(try await findings(shelf)) == [
                    .damaged(flipped.digest), .missing(lost.digest), .foreign("\(sound.digest.prefix(2))/catatan.txt"),
                    .foreign("catatan.txt"),
                ])
            // Handing the same content in again heals it.
            _ = try await shelf.keep(Sample.pdf(pages: 2))
            #expect(try await findings(shelf).contains(.damaged(flipped.digest)) == false)
        }
    }

    @Test(arguments: Engine.tested)
    func `a death between place and row leaves an orphan, which may go after a day and not before`(_ engine: Engine)
        async throws
    {
        try await Shelf.with(engine) { (shelf) async throws in
            let bytes = Sample.pdf(pages: 4)
            let orphan = try await shelf.admit(bytes)
            let now = Instant.now()
            let later = now.adding(days: 2)
            #expect(
                try await findings(shelf, at: now) == [.orphan(orphan.digest, size: bytes.count, old: false)])
            #expect(
                try await findings(shelf, at: later) == [.orphan(orphan.digest, size: bytes.count, old: true)])
            #expect(try await shelf.store.removeOrphan(orphan.digest, at: now) == false)
            let kept = try await shelf.keep(Sample.pdf(pages: 5))
            #expect(try await shelf.store.removeOrphan(kept.digest, at: later) == false)
            #expect(try await shelf.store.removeOrphan(orphan.digest, at: later))
            #expect(try await findings(shelf, at: later) == [])
        }
    }

    @Test func `simpul check --files names a flipped byte and ends with 1`() async throws {
        let data = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: data) }
        try await TestDatabase.at(.sqlite) { address in
            guard case .sqlite(let file) = address else { return }
            try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
            let options = ["check", "--files", "--database", "sqlite:\(file)", "--data", data]

            let database = try await Database(address, slices: [Files.schema], readers: 1)
            let store = try FileStore(folder: data + "/files", database: database, scanner: nil)
            let upload = store.temporaryFolder + "/a"
            try Data(Sample.pdf(pages: 1)).write(to: URL(fileURLWithPath: upload))
            let kept = try await store.admit(upload, name: "a", kind: .document)
            try await database.write { try FileStore.record(kept, $0) }
            let path = try await store.open(kept.digest).path
            await database.close()
            #expect(try await Command.run(options).status == 0)
            try Data("lain".utf8).write(to: URL(fileURLWithPath: path))

            let result = try await Command.run(options)
            #expect(result.status == 1)
            #expect(result.output == "✗ \(kept.digest) rusak: isinya bukan lagi isi yang dicatat\n")
            #expect(result.errors.hasSuffix("1 berkas diperiksa, 1 hilang atau rusak, 0 tanpa catatan, 0 dihapus.\n"))
        }
    }
}
