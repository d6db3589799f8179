import CHaru
import Foundation

extension Letter {
    /// The letter as a PDF (A4, Times, by libharu). Characters outside Latin-1 become "?"; it has no tags for screen
    /// readers: the DOCX is the accessible form. Throws `DocumentFault`.
    package func pdf() throws -> [UInt8] {
        guard let document = HPDF_New(nil, nil) else { throw DocumentFault.cannotWrite }
        defer { HPDF_Free(document) }
        var sheet = try Sheet(document)
        for line in head { try sheet.centred(line, bold: true) }
        sheet.skip(12)
        try sheet.centred(title, bold: true)
        try sheet.centred(number)
        sheet.skip(12)
        for part in parts {
            switch part {
            case .paragraph(let text): try sheet.text(text, from: 0)
            case .fields(let fields):
                for (name, value) in fields { try sheet.field(name, value) }
            case .list(let lines):
                for (i, line) in lines.enumerated() { try sheet.text("\(i + 1). \(line)", from: 14) }
            }
            sheet.skip(8)
        }
        sheet.skip(10)
        for line in [place, office] { try sheet.text(line, from: 250) }
        sheet.skip(56)
        try sheet.text(signer, from: 250)
        return try sheet.bytes()
    }
}

/// A page that text flows down, and the next when it is full.
private struct Sheet {
    private let document: HPDF_Doc
    private let plain: HPDF_Font
    private let bold: HPDF_Font
    private var page: HPDF_Page
    private var y: Float

    private let size: Float = 12
    private let leading: Float = 16
    private let left: Float = 85
    private let width: Float = 439

    init(_ document: HPDF_Doc) throws {
        self.document = document
        HPDF_SetCompressionMode(document, HPDF_UINT(HPDF_COMP_ALL))
        guard let plain = HPDF_GetFont(document, "Times-Roman", "WinAnsiEncoding"),
            let bold = HPDF_GetFont(document, "Times-Bold", "WinAnsiEncoding"), let page = HPDF_AddPage(document)
        else { throw DocumentFault.cannotWrite }
        (self.plain, self.bold, self.page) = (plain, bold, page)
        HPDF_Page_SetSize(page, HPDF_PAGE_SIZE_A4, HPDF_PAGE_PORTRAIT)
        y = 770
    }

    mutating func skip(_ points: Float) { y -= points }

    mutating func centred(_ text: String, bold isBold: Bool = false) throws {
        for line in lines(of: text, isBold ? bold : plain, width: width) {
            try room()
            let font = isBold ? bold : plain
            let start = left + (width - measured(line, font)) / 2
            show(line, font, x: start)
        }
    }

    mutating func text(_ text: String, from indent: Float) throws {
        for line in lines(of: text, plain, width: width - indent) {
            try room()
            show(line, plain, x: left + indent)
        }
    }

    mutating func field(_ name: String, _ value: String) throws {
        for (i, line) in lines(of: ": " + value, plain, width: width - 150).enumerated() {
            try room()
            if i == 0 {
                show(name, plain, x: left)
                y += leading
            }
            show(line, plain, x: left + 150)
        }
    }

    func bytes() throws -> [UInt8] {
        guard HPDF_SaveToStream(document) == HPDF_STATUS(HPDF_OK) else { throw DocumentFault.cannotWrite }
        HPDF_ResetStream(document)
        var out: [UInt8] = []
        while true {
            var buffer = [UInt8](repeating: 0, count: 64 * 1024)
            var count = HPDF_UINT32(buffer.count)
            let status = HPDF_ReadFromStream(document, &buffer, &count)
            out += buffer[..<Int(count)]
            guard count > 0, status == HPDF_STATUS(HPDF_OK) else { return out }
        }
    }

    private mutating func room() throws {
        guard y < 90 else { return }
        guard let next = HPDF_AddPage(document) else { throw DocumentFault.cannotWrite }
        HPDF_Page_SetSize(next, HPDF_PAGE_SIZE_A4, HPDF_PAGE_PORTRAIT)
        page = next
        y = 770
    }

    /// Writes a line at the present height and goes down one.
    private mutating func show(_ line: String, _ font: HPDF_Font, x: Float) {
        HPDF_Page_BeginText(page)
        HPDF_Page_SetFontAndSize(page, font, size)
        latin(line).withUnsafeBufferPointer { _ = HPDF_Page_TextOut(page, x, y, $0.baseAddress) }
        HPDF_Page_EndText(page)
        y -= leading
    }

    private func lines(of text: String, _ font: HPDF_Font, width: Float) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(whereSeparator: \.isWhitespace) {
            let longer = line.isEmpty ? String(word) : line + " " + word
            if line.isEmpty || measured(longer, font) <= width {
                line = longer
            } else {
                lines.append(line)
                line = String(word)
            }
        }
        return lines + [line]
    }

    private func measured(_ text: String, _ font: HPDF_Font) -> Float {
        let bytes = latin(text).dropLast().map { UInt8(bitPattern: $0) }
        return Float(HPDF_Font_TextWidth(font, bytes, HPDF_UINT(bytes.count)).width) * size / 1000
    }

    private func latin(_ text: String) -> [CChar] {
        text.unicodeScalars.map { scalar -> CChar in
            switch scalar {
            case "–", "—": return CChar(bitPattern: 0x96)
            case "“": return CChar(bitPattern: 0x93)
            case "”": return CChar(bitPattern: 0x94)
            case "’": return CChar(bitPattern: 0x92)
            case "…": return CChar(bitPattern: 0x85)
            default:
                let known = (32..<127).contains(scalar.value) || (160..<256).contains(scalar.value)
                return CChar(bitPattern: known ? UInt8(scalar.value) : UInt8(ascii: "?"))
            }
        } + [0]
    }
}
