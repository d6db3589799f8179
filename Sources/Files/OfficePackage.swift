import CMinizip
import Foundation

/// The ZIP inside a DOCX or XLSX: every entry is inflated and its sum checked, within bounds, and nothing is kept.
/// Archives inside it stay closed: nothing here or later opens them.
enum OfficePackage {
    /// The type by its parts; nil for a ZIP that is neither.
    ///
    /// - Throws: `FileRefusal` for bombs (too many entries, too many bytes, entries that share bytes), macros,
    ///   passwords, and damage.
    static func inspect(_ file: OpenFile) throws -> FileType? {
        guard let zip = unzOpen64(file.path) else { throw FileRefusal.damaged(nil) }
        defer { unzClose(zip) }
        var whole = unz_global_info64()
        guard unzGetGlobalInfo64(zip, &whole) == UNZ_OK, whole.number_entry > 0 else {
            throw FileRefusal.damaged(nil)
        }
        guard whole.number_entry <= ContentLimit.entries else { throw FileRefusal.inflatesTooFar }
        var reading = Reading(zip: zip)
        var step = unzGoToFirstFile(zip)
        while step == UNZ_OK {
            try reading.enter()
            step = unzGoToNextFile(zip)
        }
        guard step == UNZ_END_OF_LIST_OF_FILE else { throw FileRefusal.damaged(nil) }
        // Entries that lie over one another are how a small file inflates without end; no program writes them.
        let places = reading.places.sorted { $0.lowerBound < $1.lowerBound }
        for (one, next) in zip2(places) where one.upperBound > next.lowerBound { throw FileRefusal.inflatesTooFar }
        guard places.last.map({ $0.upperBound <= file.size }) ?? false else { throw FileRefusal.damaged(nil) }
        return try reading.type()
    }

    private static func zip2(_ places: [Range<Int>]) -> Zip2Sequence<[Range<Int>], ArraySlice<Range<Int>>> {
        Swift.zip(places, places.dropFirst())
    }

    private struct Reading {
        let zip: unzFile
        var names: Set<String> = []
        var places: [Range<Int>] = []
        var contentTypes: [UInt8] = []
        var inflated = 0
        var buffer = [UInt8](repeating: 0, count: 1 << 16)

        static let list = "[content_types].xml"

        mutating func enter() throws {
            var info = unz_file_info64()
            var text = [CChar](repeating: 0, count: 1025)
            guard unzGetCurrentFileInfo64(zip, &info, &text, 1024, nil, 0, nil, 0) == UNZ_OK,
                info.size_filename < 1024
            else { throw FileRefusal.damaged(nil) }
            let name = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
                .lowercased()
            guard names.insert(name).inserted else { throw FileRefusal.damaged(nil) }
            if info.flag & 1 != 0 { throw FileRefusal.locked }
            guard info.compression_method == 0 || info.compression_method == 8,
                let packed = Int(exactly: info.compressed_size), let size = Int(exactly: info.uncompressed_size),
                packed < 1 << 40
            else { throw FileRefusal.damaged(nil) }
            guard size <= ContentLimit.inflated - inflated else { throw FileRefusal.inflatesTooFar }
            guard unzOpenCurrentFile(zip) == UNZ_OK else { throw FileRefusal.damaged(nil) }
            let start = Int(clamping: unzGetCurrentFileZStreamPos64(zip))
            places.append(start..<(start + packed))
            try inflate(keeping: name == Reading.list)
        }

        private mutating func inflate(keeping: Bool) throws {
            var count: Int32 = 0
            repeat {
                count = unzReadCurrentFile(zip, &buffer, UInt32(buffer.count))
                inflated += Int(max(0, count))
                if keeping, count > 0, contentTypes.count < 1 << 20 { contentTypes += buffer[..<Int(count)] }
            } while count > 0 && inflated <= ContentLimit.inflated
            // Closing compares the sum: an entry that lies about its size is found out here.
            guard unzCloseCurrentFile(zip) == UNZ_OK, count >= 0 else { throw FileRefusal.damaged(nil) }
            if inflated > ContentLimit.inflated { throw FileRefusal.inflatesTooFar }
        }

        func type() throws -> FileType? {
            guard names.contains(Reading.list) else { return nil }
            let declared = String(decoding: contentTypes, as: UTF8.self).lowercased()
            if names.contains(where: { $0.hasSuffix("vbaproject.bin") }) || declared.contains("macroenabled") {
                throw FileRefusal.macro
            }
            if names.contains("word/document.xml") { return .docx }
            return names.contains("xl/workbook.xml") ? .xlsx : nil
        }
    }
}
