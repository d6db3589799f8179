import Foundation
import Kernel
import NIOCore

/// One temporary file while it is written: new, for us alone, under a name nobody can guess. It writes on a queue of its
/// own, because a slow disk must not hold up the threads that answer others.
final class UploadFile: Sendable {
    static let ending = ".unggahan"

    let path: String
    private let descriptor: Int32
    private let queue = DispatchQueue(label: "upload")

    /// Throws `UploadRefusal.noRoom`, or a fault when the folder cannot be written.
    init(in folder: String) throws {
        let name = (0..<2).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined()
        path = "\(folder)/\(name)\(UploadFile.ending)"
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw UploadFile.fault(errno, "open") }
    }

    func write(_ bytes: ByteBuffer) async throws {
        try await perform { [descriptor] in
            try bytes.withUnsafeReadableBytes { bytes in
                var written = 0
                while written < bytes.count {
                    let count = Foundation.write(
                        descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
                    if count < 0, errno == EINTR { continue }
                    guard count > 0 else { throw UploadFile.fault(errno, "write") }
                    written += count
                }
            }
        }
    }

    /// Ends the writing; the file stays, unless that fails.
    func finish() async throws {
        try await perform { [descriptor, path] in
            guard Foundation.close(descriptor) != 0 else { return }
            let code = errno
            unlink(path)
            throw UploadFile.fault(code, "close")
        }
    }

    /// Ends the writing and deletes the file. Not after `finish`.
    func abandon() {
        _ = Foundation.close(descriptor)
        unlink(path)
    }

    private func perform(_ work: @escaping @Sendable () throws -> Void) async throws {
        try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
            queue.async { done.resume(with: Result { try work() }) }
        }
    }

    private static func fault(_ code: Int32, _ doing: String) -> any Error {
        [ENOSPC, EDQUOT, EFBIG].contains(code)
            ? UploadRefusal.noRoom : IOError(errnoCode: code, reason: "\(doing) a file in the folder of uploads")
    }
}
