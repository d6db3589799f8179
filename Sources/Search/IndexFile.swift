import Foundation

/// The index as one file: a head, then each segment's block and mask as they lie in memory.
///
/// The head holds a mark, the layout's version, the schema's fingerprint, the change number, the file's length and a
/// checksum of everything after the head. A file that differs in any of these is not read but rebuilt.
enum IndexFile {
    static let mark: UInt64 = 0x5849_4C55_504D_4953  // "SIMPULIX"
    static let version: UInt64 = 1
    /// Mark, version, fingerprint, change, length, checksum, number of segments, and room.
    static let head = 64
    /// Per segment: block length, mask length, dead stems, dead words.
    static let entry = 32

    struct Damaged: Error {}
}

extension Index {
    /// Writes the index to a file in place of an earlier one; a reader of that path sees the old or the new file whole.
    ///
    /// Throws when the disk is full or the directory cannot be written; then the earlier file stays.
    package func save(to path: String) throws {
        let snapshot = snapshot
        let temporary = path + ".new"
        guard FileManager.default.createFile(atPath: temporary, contents: nil),
            let file = FileHandle(forWritingAtPath: temporary)
        else { throw CocoaError(.fileWriteNoPermission) }
        do {
            let writer = IndexFile.Writer(file)
            try writer.write([UInt64](repeating: 0, count: IndexFile.head / 8), counted: false)
            for part in snapshot.parts {
                try writer.write([
                    UInt64(part.segment.block.count), UInt64(part.alive?.count ?? 0), UInt64(part.deadStems.count),
                    UInt64(part.deadWords.count),
                ])
                try writer.pad()
                try writer.write(
                    UnsafeRawBufferPointer(start: part.segment.block.base, count: part.segment.block.count))
                try writer.write(part.alive ?? [])
                for counts in [part.deadStems, part.deadWords] {
                    try writer.write(counts.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] })
                }
                try writer.pad()
            }
            let head: [UInt64] = [
                IndexFile.mark, IndexFile.version, schema.fingerprint, UInt64(bitPattern: snapshot.change),
                UInt64(writer.length), writer.sum.value, UInt64(snapshot.parts.count), 0,
            ]
            try file.seek(toOffset: 0)
            try writer.write(head, counted: false)
            try file.synchronize()
            try file.close()
        } catch {
            try? file.close()
            try? FileManager.default.removeItem(atPath: temporary)
            throw error
        }
        guard rename(temporary, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    /// The index of a file; nil when it is missing, damaged, cut short, or of another schema or version.
    package static func load(from path: String, schema: Schema) -> Index? {
        guard let map = IndexFile.Map(path), let snapshot = map.snapshot(schema) else { return nil }
        return Index(schema, snapshot)
    }
}

extension IndexFile {
    final class Writer {
        private let file: FileHandle
        private(set) var length = 0
        private(set) var sum = Checksum()

        init(_ file: FileHandle) { self.file = file }

        func write(_ bytes: UnsafeRawBufferPointer, counted: Bool = true) throws {
            if counted { sum.add(bytes) }
            length += bytes.count
            var place = 0
            while place < bytes.count {
                let piece = bytes[place..<min(bytes.count, place + 1 << 24)]
                try file.write(contentsOf: Data(piece))
                place += piece.count
            }
        }

        func write<T: FixedWidthInteger>(_ values: [T], counted: Bool = true) throws {
            try values.withUnsafeBytes { try write($0, counted: counted) }
        }

        /// To the next multiple of 64 bytes.
        func pad() throws { try write([UInt8](repeating: 0, count: Block.aligned(length) - length)) }
    }

    /// A checksum of 64 bits over whatever is added; pieces must be multiples of 8 bytes except where padding follows.
    struct Checksum {
        private(set) var value: UInt64 = 0x9E37_79B9_7F4A_7C15
        private var rest: [UInt8] = []

        mutating func add(_ bytes: UnsafeRawBufferPointer) {
            var bytes = bytes
            while !rest.isEmpty || bytes.count < 8 {
                guard let first = bytes.first else { return }
                rest.append(first)
                bytes = UnsafeRawBufferPointer(rebasing: bytes.dropFirst())
                if rest.count == 8 {
                    mix(rest.reversed().reduce(0) { $0 << 8 | UInt64($1) })
                    rest = []
                }
            }
            let words = bytes.count / 8
            var value = value
            for index in 0..<words {
                let word = bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self)
                value = (value ^ word) &* 0xFF51_AFD7_ED55_8CCD
                value ^= value >> 32
            }
            self.value = value
            rest = Array(bytes[(words * 8)...])
        }

        private mutating func mix(_ word: UInt64) {
            value = (value ^ word) &* 0xFF51_AFD7_ED55_8CCD
            value ^= value >> 32
        }
    }

    /// A file in memory, read where it lies.
    final class Map: @unchecked Sendable {
        let base: UnsafeMutableRawPointer
        let count: Int

        init?(_ path: String) {
            let file = open(path, O_RDONLY)
            guard file >= 0 else { return nil }
            defer { close(file) }
            var facts = stat()
            guard fstat(file, &facts) == 0, facts.st_size >= IndexFile.head, facts.st_mode & S_IFMT == S_IFREG else {
                return nil
            }
            count = Int(facts.st_size)
            guard let base = mmap(nil, count, PROT_READ, MAP_PRIVATE, file, 0), base != MAP_FAILED else { return nil }
            self.base = base
        }

        deinit { munmap(base, count) }

        func snapshot(_ schema: Schema) -> Snapshot? {
            let head = UnsafeRawBufferPointer(start: base, count: IndexFile.head).bindMemory(to: UInt64.self)
            guard head[0] == IndexFile.mark, head[1] == IndexFile.version, head[2] == schema.fingerprint,
                head[4] == UInt64(count)
            else { return nil }
            var sum = Checksum()
            sum.add(UnsafeRawBufferPointer(start: base + IndexFile.head, count: count - IndexFile.head))
            guard sum.value == head[5] else { return nil }
            // What the checksum touched is not needed in memory yet.
            madvise(base, count, MADV_DONTNEED)
            var snapshot = Snapshot()
            snapshot.change = Int64(bitPattern: head[3])
            var place = IndexFile.head
            for _ in 0..<head[6] {
                guard let part = part(at: &place, schema) else { return nil }
                snapshot.parts.append(part)
            }
            return snapshot
        }

        private func part(at place: inout Int, _ schema: Schema) -> Snapshot.Part? {
            guard let lengths: [UInt64] = read(4, at: &place) else { return nil }
            place = Block.aligned(place)
            let length = Int(truncatingIfNeeded: lengths[0])
            guard length > 0, length <= count - place,
                let block = Block(
                    at: base + place, count: length, sections: Segment.sections(facets: schema.facets.count),
                    release: { _ = self })
            else { return nil }
            var part = Snapshot.Part(segment: Segment(block, facets: schema.facets.count))
            place += length
            guard let alive: [UInt64] = read(Int(truncatingIfNeeded: lengths[1]), at: &place),
                let stems: [UInt32] = read(2 * Int(truncatingIfNeeded: lengths[2]), at: &place),
                let words: [UInt32] = read(2 * Int(truncatingIfNeeded: lengths[3]), at: &place)
            else { return nil }
            place = Block.aligned(place)
            if !alive.isEmpty {
                part.alive = alive
                let living = alive.enumerated().reduce(0) { sum, item in
                    let kept = min(64, part.segment.count - item.offset * 64)
                    return sum
                        + (kept == 64 ? item.element : item.element & ((1 << UInt64(max(0, kept))) - 1))
                        .nonzeroBitCount
                }
                part.dead = part.segment.count - living
            }
            for pair in stride(from: 0, to: stems.count, by: 2) { part.deadStems[stems[pair]] = stems[pair + 1] }
            for pair in stride(from: 0, to: words.count, by: 2) { part.deadWords[words[pair]] = words[pair + 1] }
            return part
        }

        private func read<T: FixedWidthInteger>(_ number: Int, at place: inout Int) -> [T]? {
            let size = MemoryLayout<T>.size
            guard number >= 0, number <= (count - place) / size else { return nil }
            let start = place
            place += number * size
            return (0..<number).map { base.loadUnaligned(fromByteOffset: start + $0 * size, as: T.self) }
        }
    }
}
