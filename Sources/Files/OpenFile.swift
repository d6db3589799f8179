import Foundation

/// A file on disk that went wrong: the disk is full, a folder cannot be written, a file vanished.
struct FileFault: Error, CustomStringConvertible {
    let description: String

    /// The fault that the last system call left in `errno`.
    init(_ doing: String) { description = "\(doing): \(String(cString: strerror(errno)))" }
    init(plain: String) { description = plain }
}

/// A regular file opened for reading; read in pieces at places, so that its size never becomes memory.
final class OpenFile {
    let path: String
    let size: Int
    private let descriptor: Int32

    static let piece = 1 << 18

    /// Symbolic links and anything that is no regular file are faults.
    init(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileFault("open a file") }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw FileFault(plain: "not a regular file")
        }
        self.path = path
        self.descriptor = descriptor
        size = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// At most `count` bytes from a place; fewer at the end, none behind it.
    func read(at place: Int, count: Int) throws -> [UInt8] {
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, got in
            while got < count {
                let n = pread(descriptor, buffer.baseAddress.map { $0 + got }, count - got, place + got)
                if n < 0, errno == EINTR { continue }
                if n < 0 { failed = true }
                if n <= 0 { break }
                got += n
            }
        }
        if failed { throw FileFault("read a file") }
        return bytes
    }

    /// The whole in pieces, in order.
    func each(_ body: ([UInt8]) throws -> Void) throws {
        var place = 0
        while true {
            let bytes = try read(at: place, count: OpenFile.piece)
            if bytes.isEmpty { return }
            place += bytes.count
            try body(bytes)
        }
    }

    func digest() throws -> Digest {
        var hash = Digest.Hashing()
        try each { hash.add($0) }
        return hash.finish()
    }
}
