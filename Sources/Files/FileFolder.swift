import Foundation
import Kernel

/// The folder of stored files: `ab/cd/<digest>` by content, `tmp` for what is on its way in.
struct FileFolder: Sendable {
    let path: String

    var temporary: String { path + "/tmp" }

    /// Whether it is a digest in lower-case hexadecimal digits: nothing else ever becomes a path.
    static func isDigest(_ text: String) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    func place(of digest: String) -> String {
        "\(path)/\(digest.prefix(2))/\(digest.dropFirst(2).prefix(2))/\(digest)"
    }

    /// Makes the folders and removes what interrupted uploads left more than a day ago.
    func prepare(at now: Instant) throws {
        try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
        for name in try FileManager.default.contentsOfDirectory(atPath: temporary) {
            let file = temporary + "/" + name
            if let changed = FileFolder.changed(file), changed < now.adding(days: -1) { unlink(file) }
        }
    }

    /// Moves a file to the place of its content. When this returns, file and name are on the disk itself.
    func keep(_ file: String, as digest: String) throws {
        let place = place(of: digest)
        let inner = (place as NSString).deletingLastPathComponent
        let outer = (inner as NSString).deletingLastPathComponent
        for (folder, parent) in [(outer, path), (inner, outer)] where mkdir(folder, 0o750) == 0 {
            try FileFolder.sync(parent)
        }
        try FileFolder.sync(file)
        if rename(file, place) != 0 {
            guard errno == EXDEV else { throw FileFault("store a file") }
            let copy = "\(temporary)/\(UUID().uuidString)"
            defer { unlink(copy) }
            try FileManager.default.copyItem(atPath: file, toPath: copy)
            try FileFolder.sync(copy)
            guard rename(copy, place) == 0 else { throw FileFault("store a file") }
            unlink(file)
        }
        try FileFolder.sync(inner)
    }

    /// When a file's content or name last changed; nil when it is not there or no regular file.
    static func changed(_ path: String) -> Instant? {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        let time = max(
            Instant(milliseconds: Int64(status.st_ctim.tv_sec) * 1000),
            Instant(milliseconds: Int64(status.st_mtim.tv_sec) * 1000))
        return time
    }

    private static func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileFault("open to sync") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw FileFault("sync") }
    }
}
