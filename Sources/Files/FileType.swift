import Kernel

/// The types of file that are taken in at all; the raw value is what is stored and sent as the content type.
package enum FileType: String, Sendable, Hashable, CaseIterable {
    case pdf = "application/pdf"
    case docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    case xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    case csv = "text/csv"
    case json = "application/json"
    case jsonLines = "application/x-ndjson"
    case jpeg = "image/jpeg"
    case png = "image/png"
    case webp = "image/webp"

    /// What people call it; the same in both languages.
    package var label: String {
        switch self {
        case .pdf: "PDF"
        case .docx: "DOCX"
        case .xlsx: "XLSX"
        case .csv: "CSV"
        case .json: "JSON"
        case .jsonLines: "JSON Lines"
        case .jpeg: "JPEG"
        case .png: "PNG"
        case .webp: "WebP"
        }
    }

    /// The endings of names that fit, the usual one first.
    package var endings: [String] {
        switch self {
        case .jpeg: ["jpg", "jpeg"]
        case .jsonLines: ["jsonl", "ndjson"]
        default: [label.lowercased()]
        }
    }

    /// The content type to send for a stored one: itself when it is of the closed list, else bytes without a meaning.
    package static func safe(_ stored: String) -> String {
        FileType(rawValue: stored)?.rawValue ?? "application/octet-stream"
    }

    /// The type that the first bytes and libmagic's reading agree on; nil when they do not, or know another. Office
    /// documents are `zip` here: what they are is read from their entries.
    static func recognise(_ head: [UInt8], magic: String) -> Recognised? {
        let plain: Set = ["text/plain", "text/csv", "application/csv"]
        if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return .zip }
        // The mark must be the very first thing: a page of HTML with a PDF behind it is no PDF.
        if head.starts(with: Array("%PDF-".utf8)) { return magic == pdf.rawValue ? .type(.pdf) : nil }
        if head.starts(with: [0xFF, 0xD8, 0xFF]) { return magic == jpeg.rawValue ? .type(.jpeg) : nil }
        if head.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return magic == png.rawValue ? .type(.png) : nil }
        if head.starts(with: Array("RIFF".utf8)) { return magic == webp.rawValue ? .type(.webp) : nil }
        let first = head.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
            let isText = magic.hasPrefix("text/") || ["application/json", "application/x-ndjson"].contains(magic)
            guard isText, magic != "text/html" else { return nil }
            return .type(first == UInt8(ascii: "{") && isLines(head) ? .jsonLines : .json)
        }
        return plain.contains(magic) && first != UInt8(ascii: "<") ? .type(.csv) : nil
    }

    /// Whether behind a first JSON object there stands another one.
    private static func isLines(_ head: [UInt8]) -> Bool {
        var (depth, inText, escaped) = (0, false, false)
        for (place, byte) in head.enumerated() {
            if inText {
                if byte == UInt8(ascii: "\""), !escaped { inText = false }
                escaped = byte == UInt8(ascii: "\\") && !escaped
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): inText = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth == 0 {
                    return head[(place + 1)...].first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } == UInt8(ascii: "{")
                }
            default: break
            }
        }
        return false
    }

    enum Recognised: Hashable {
        case type(FileType)
        case zip
    }
}

extension Phrase {
    /// What a file is that libmagic names by a content type, as people say it.
    static func ofContent(_ type: String) -> Phrase {
        switch type {
        case "application/x-executable", "application/x-pie-executable", "application/x-sharedlib",
            "application/x-dosexec", "application/vnd.microsoft.portable-executable", "application/x-mach-binary":
            Phrase("program komputer", "a computer program")
        case "text/html", "application/xhtml+xml": Phrase("halaman HTML", "an HTML page")
        case "image/svg+xml": Phrase("gambar SVG", "an SVG picture")
        case "application/zip": Phrase("arsip ZIP", "a ZIP archive")
        case "application/x-rar", "application/vnd.rar": Phrase("arsip RAR", "a RAR archive")
        case "application/x-7z-compressed": Phrase("arsip 7z", "a 7z archive")
        case "application/msword", "application/CDFV2", "application/x-ole-storage":
            Phrase("dokumen Office lama (.doc, .xls, .ppt)", "an old Office document (.doc, .xls, .ppt)")
        case "application/vnd.ms-excel": Phrase("lembar kerja Excel lama (.xls)", "an old Excel sheet (.xls)")
        case "application/vnd.oasis.opendocument.text": Phrase("dokumen ODT", "an ODT document")
        case "image/heic", "image/heif": Phrase("foto HEIC", "a HEIC photo")
        case "image/gif": Phrase("gambar GIF", "a GIF picture")
        case "text/plain", "text/csv", "application/csv": Phrase("teks biasa", "plain text")
        case "application/octet-stream": Phrase("berkas yang tidak dikenali", "a file that is not recognised")
        default: Phrase("berkas jenis \(type)", "a file of type \(type)")
        }
    }
}
