import Foundation

/// One contiguous stretch of memory divided into sections, laid out as it lies in the index file.
///
/// The start holds the number of sections and each one's offset and length. Sections begin at multiples of 64 bytes.
final class Block: @unchecked Sendable {
    let base: UnsafeMutableRawPointer
    let count: Int
    private let release: @Sendable () -> Void

    /// Fresh zeroed memory for sections of these lengths in bytes.
    init(lengths: [Int]) {
        var offset = Block.aligned(8 + lengths.count * 16)
        var places: [(Int, Int)] = []
        for length in lengths {
            places.append((offset, length))
            offset = Block.aligned(offset + length)
        }
        count = offset
        let memory = UnsafeMutableRawPointer.allocate(byteCount: offset, alignment: 64)
        memory.initializeMemory(as: UInt8.self, repeating: 0, count: offset)
        base = memory
        nonisolated(unsafe) let owned = memory
        release = { owned.deallocate() }
        base.storeBytes(of: UInt64(lengths.count), as: UInt64.self)
        for (index, place) in places.enumerated() {
            base.storeBytes(of: UInt64(place.0), toByteOffset: 8 + index * 16, as: UInt64.self)
            base.storeBytes(of: UInt64(place.1), toByteOffset: 16 + index * 16, as: UInt64.self)
        }
    }

    /// Memory owned by someone else, such as a mapped file; nil unless it holds `sections` sections within itself.
    init?(at base: UnsafeMutableRawPointer, count: Int, sections: Int, release: @escaping @Sendable () -> Void) {
        guard count >= 8 + sections * 16, base.load(as: UInt64.self) == UInt64(sections) else { return nil }
        for index in 0..<sections {
            let offset = base.load(fromByteOffset: 8 + index * 16, as: UInt64.self)
            let length = base.load(fromByteOffset: 16 + index * 16, as: UInt64.self)
            guard offset <= UInt64(count), length <= UInt64(count) - offset, offset % 64 == 0 else { return nil }
        }
        self.base = base
        self.count = count
        self.release = release
    }

    deinit { release() }

    /// The elements of a section.
    func section<T>(_ index: Int, of type: T.Type) -> UnsafeMutableBufferPointer<T> {
        let offset = Int(base.load(fromByteOffset: 8 + index * 16, as: UInt64.self))
        let length = Int(base.load(fromByteOffset: 16 + index * 16, as: UInt64.self))
        return UnsafeMutableBufferPointer(
            start: (base + offset).assumingMemoryBound(to: T.self), count: length / MemoryLayout<T>.stride)
    }

    func fill<T>(_ index: Int, with values: [T]) {
        _ = section(index, of: T.self).update(fromContentsOf: values)
    }

    static func aligned(_ offset: Int) -> Int { (offset + 63) & ~63 }
}
