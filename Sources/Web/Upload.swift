import Foundation
import Kernel

/// How much one sending of files may hold.
package struct UploadLimits: Sendable, Hashable {
    /// Number of files.
    package var files: Int
    /// Bytes of one file.
    package var file: Int
    /// Bytes of one field that is no file, and of all of them together.
    package var field: Int
    package var fields: Int
    /// Number of parts: fields and files.
    package var parts: Int
    /// Bytes of one part's header fields, and of a field's name.
    package var head = 8 * 1024
    package var name = 100

    package init(
        files: Int = 1, file: Int = 50 * 1024 * 1024, field: Int = 64 * 1024, fields: Int = 256 * 1024,
        parts: Int = 200
    ) {
        self.files = files
        self.file = file
        self.field = field
        self.fields = fields
        self.parts = parts
    }

    /// Bytes of the whole body: the files, the fields, and the heads between them.
    package var body: Int { files * file + fields + parts * 1024 }
}

/// One file that was sent, in a temporary file of its own.
package struct UploadedFile: Sendable, Hashable {
    /// The form's field.
    package let field: String
    /// The name it had where it came from: safe to show, never part of a path.
    package let name: String
    package let path: String
    /// In bytes.
    package let size: Int
}

/// What a form with files held. Whoever asked for it calls `discard` when done: files that were not moved away by then
/// are deleted.
package struct Upload: Sendable {
    package let fields: Query
    /// Without those that were left empty in the form.
    package let files: [UploadedFile]

    /// Deletes the files that are still where they were put.
    package func discard() { for file in files { unlink(file.path) } }

    /// Deletes what interrupted processes left in a folder of uploads: files untouched for a day.
    package static func sweep(_ folder: String, now: Date) {
        let manager = FileManager.default
        for name in (try? manager.contentsOfDirectory(atPath: folder)) ?? [] where name.hasSuffix(UploadFile.ending) {
            let path = folder + "/" + name
            let touched = (try? manager.attributesOfItem(atPath: path))?[.modificationDate] as? Date
            if let touched, now.timeIntervalSince(touched) > 86_400 { unlink(path) }
        }
    }
}

/// Why files that were sent are not taken.
package enum UploadRefusal: Refusal, Hashable {
    /// Not multipart/form-data, or without a boundary.
    case notForm
    /// Parts that cannot be told apart, or that end too early.
    case broken
    case tooManyParts(limit: Int)
    case tooManyFiles(field: String, limit: Int)
    /// `limit` in bytes.
    case fileTooLarge(field: String, name: String, limit: Int)
    case fieldTooLong(field: String)
    /// The disk has no room.
    case noRoom

    package var kind: RefusalKind {
        switch self {
        case .notForm, .broken: .malformed
        case .tooManyParts, .tooManyFiles, .fileTooLarge, .fieldTooLong: .tooLarge
        case .noRoom: .unavailable
        }
    }

    package var message: Phrase {
        switch self {
        case .notForm, .broken:
            Phrase(
                "Kiriman terpotong atau tidak terbaca. Yang sudah tersimpan sebelumnya aman. Pilih berkas lagi, lalu kirim ulang.",
                "What was sent is cut off or cannot be read. What was saved before is safe. Choose the file again and send it once more."
            )
        case .tooManyParts(let limit):
            Phrase("Paling banyak \(limit) isian sekali kirim.", "At most \(limit) fields at once.")
        case .tooManyFiles(_, let limit):
            Phrase(
                "Paling banyak \(limit) berkas sekali kirim. Kirim sisanya sesudah ini.",
                "At most \(limit) files at once. Send the rest after this.")
        case .fileTooLarge(_, let name, let limit):
            Phrase(
                "Berkas “\(name)” lebih besar dari \(limit / 1_048_576) MB. Kecilkan atau bagi berkas itu.",
                "The file “\(name)” is larger than \(limit / 1_048_576) MB. Make it smaller or split it.")
        case .fieldTooLong(let field):
            Phrase("Isi “\(field)” terlalu panjang. Persingkat isinya.", "“\(field)” is too long. Shorten it.")
        case .noRoom:
            Phrase(
                "Tempat penyimpanan berkas sedang penuh. Isian lain sudah tersimpan. Coba lagi nanti.",
                "The place for files is full at the moment. The rest is saved. Try again later.")
        }
    }

    package var problems: [Problem] {
        switch self {
        case .tooManyFiles(let field, _), .fileTooLarge(let field, _, _), .fieldTooLong(let field):
            [Problem(field, message)]
        default: []
        }
    }
}
