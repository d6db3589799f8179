import CMinizip
import Foundation

/// A ZIP file read part by part, never to disk, and never more of it than is allowed: what a file says about its own
/// sizes is not believed.
struct Archive {
    private let handle: unzFile

    /// Most parts an archive may have.
    static let mostParts = 2000

    /// Throws `WorkbookRefusal.unreadable` for anything that is not a ZIP file.
    static func with<T>(_ path: String, _ body: (Archive) throws -> T) throws -> T {
        guard let handle = unzOpen64(path) else { throw WorkbookRefusal.unreadable }
        defer { unzClose(handle) }
        return try body(Archive(handle: handle))
    }

    /// The names of its parts. Throws `tooLarge` beyond 2,000.
    func names() throws -> [String] {
        var names: [String] = []
        var status = unzGoToFirstFile(handle)
        while status == UNZ_OK {
            guard names.count < Self.mostParts else { throw WorkbookRefusal.tooLarge }
            var buffer = [CChar](repeating: 0, count: 1024)
            guard unzGetCurrentFileInfo64(handle, nil, &buffer, 1023, nil, 0, nil, 0) == UNZ_OK else {
                throw WorkbookRefusal.unreadable
            }
            names.append(String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
            status = unzGoToNextFile(handle)
        }
        guard status == UNZ_END_OF_LIST_OF_FILE else { throw WorkbookRefusal.unreadable }
        return names
    }

    /// Hands out a part's bytes piece by piece, at most `limit` of them. False when there is no such part. Throws
    /// `unreadable` when it is damaged, `tooLarge` beyond the limit.
    func read(_ name: String, limit: Int, _ body: (UnsafeRawBufferPointer) throws -> Void) throws -> Bool {
        guard unzLocateFile(handle, name, 0) == UNZ_OK else { return false }
        guard unzOpenCurrentFile(handle) == UNZ_OK else { throw WorkbookRefusal.unreadable }
        defer { unzCloseCurrentFile(handle) }
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        var total = 0
        while true {
            let count = Int(unzReadCurrentFile(handle, &buffer, UInt32(buffer.count)))
            guard count >= 0 else { throw WorkbookRefusal.unreadable }
            if count == 0 { return true }
            total += count
            guard total <= limit else { throw WorkbookRefusal.tooLarge }
            try buffer.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        }
    }
}
