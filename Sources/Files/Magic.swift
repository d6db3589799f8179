import CMagic
import Foundation

/// libmagic's reading of a file's first bytes. One handle, which is not safe on two threads: used on one lane only.
final class Magic: @unchecked Sendable {
    private var handle: magic_t?

    /// How much of a file libmagic is shown.
    static let head = 1 << 18

    deinit { if let handle { magic_close(handle) } }

    /// The content type, e.g. `application/pdf`.
    func type(of head: [UInt8]) throws -> String {
        if handle == nil { handle = try Magic.open() }
        guard let text = magic_buffer(handle, head, head.count) else { return "application/octet-stream" }
        return String(cString: text)
    }

    private static func open() throws -> magic_t {
        // Nothing is unpacked and no archive walked: the reading is of the bytes as they are.
        let flags = MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR | MAGIC_NO_CHECK_ELF
        guard let handle = magic_open(flags) else { throw FileFault("open libmagic") }
        guard magic_load(handle, nil) == 0 else {
            let reason = magic_error(handle).map { String(cString: $0) } ?? "no database"
            magic_close(handle)
            throw FileFault(plain: "libmagic: \(reason)")
        }
        return handle
    }
}
