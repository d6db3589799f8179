import Kernel

/// What a file is handed in as; each kind has its own closed list of types and its own most bytes.
package enum FileKind: String, Sendable, Hashable, CaseIterable {
    case document
    case image
    case spreadsheet
    case letter
    /// Rows of another institution's data.
    case delivery

    private var row: (label: Phrase, types: [FileType], megabytes: Int) {
        switch self {
        case .document: (Phrase("dokumen", "document"), [.pdf, .docx], 50)
        case .image: (Phrase("foto", "photo"), [.jpeg, .png, .webp], 10)
        case .spreadsheet: (Phrase("lembar kerja", "spreadsheet"), [.xlsx, .csv], 20)
        case .letter: (Phrase("surat", "letter"), [.pdf, .jpeg, .png, .docx], 10)
        case .delivery: (Phrase("kiriman data", "delivery of data"), [.csv, .xlsx, .json, .jsonLines], 200)
        }
    }

    /// What it is called in messages.
    package var label: Phrase { row.label }
    /// What it may be.
    package var types: [FileType] { row.types }
    /// The most bytes; a megabyte is 1,048,576 of them.
    package var mostBytes: Int { row.megabytes << 20 }

    /// For the `accept` attribute of a file field: the content types and endings, between commas.
    package var accept: String {
        types.flatMap { [$0.rawValue] + $0.endings.map { "." + $0 } }.joined(separator: ",")
    }

    /// What to say beside a file field, e.g. "PDF atau DOCX, paling besar 50 MB".
    package var hint: Phrase {
        let size = FileRefusal.megabytes(mostBytes)
        return Phrase(
            "\(allowed.indonesian), paling besar \(size.indonesian)", "\(allowed.english), at most \(size.english)")
    }

    /// The allowed types in words: "JPEG, PNG, atau WebP".
    var allowed: Phrase {
        let labels = types.map(\.label)
        let start = labels.dropLast().joined(separator: ", ")
        let comma = labels.count > 2 ? "," : ""
        guard let last = labels.last, !start.isEmpty else { return Phrase(labels.joined(), labels.joined()) }
        return Phrase("\(start)\(comma) atau \(last)", "\(start)\(comma) or \(last)")
    }
}

/// Whether a virus scanner has seen a file.
package enum ScanState: String, Sendable, Hashable {
    case waiting
    case clean
    case infected

    /// What a page says about it.
    package var label: Phrase {
        switch self {
        case .waiting: Phrase("belum dipindai", "not yet scanned")
        case .clean: Phrase("sudah dipindai", "scanned")
        case .infected: Phrase("mengandung virus", "contains a virus")
        }
    }
}

/// The bounds of what is inside a file, whatever its kind.
enum ContentLimit {
    static let pages = 500
    static let pixels = 50_000_000
    /// Entries of an Office document, and the bytes they inflate to together.
    static let entries = 10_000
    static let inflated = 256 << 20
}
