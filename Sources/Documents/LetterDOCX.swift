extension Letter {
    /// The letter, in Indonesian, as a Word document (ECMA-376, the least that Word and LibreOffice need). Throws
    /// `DocumentFault`.
    package func docx() throws -> [UInt8] {
        try zipped([("[Content_Types].xml", types), ("_rels/.rels", relations), ("word/document.xml", document)])
    }

    private var types: String {
        """
        <?xml version="1.0" encoding="UTF-8"?>\
        <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
        <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
        <Override PartName="/word/document.xml" ContentType=\
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>
        """
    }

    private var relations: String {
        """
        <?xml version="1.0" encoding="UTF-8"?>\
        <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" \
        Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" \
        Target="word/document.xml"/></Relationships>
        """
    }

    private var document: String {
        var body = ""
        for line in head { body += paragraph(line, bold: true, centred: true) }
        body += paragraph("")
        body += paragraph(title, bold: true, centred: true, heading: true)
        body += paragraph(number, centred: true)
        body += paragraph("")
        for part in parts {
            switch part {
            case .paragraph(let text): body += paragraph(text, justified: true)
            case .fields(let fields): body += table(fields)
            case .list(let lines):
                for (i, line) in lines.enumerated() { body += paragraph("\(i + 1). \(line)") }
            }
            body += paragraph("")
        }
        for line in [place, office, "", "", "", signer] { body += paragraph(line, indent: 4500) }
        return """
            <?xml version="1.0" encoding="UTF-8"?>\
            <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>\(body)\
            <w:sectPr><w:pgSz w:w="11906" w:h="16838"/>\
            <w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1701" w:header="709" w:footer="709" w:gutter="0"/>\
            </w:sectPr></w:body></w:document>
            """
    }

    private func paragraph(
        _ text: String, bold: Bool = false, centred: Bool = false, justified: Bool = false, indent: Int = 0,
        heading: Bool = false
    ) -> String {
        let side = centred ? "center" : justified ? "both" : "left"
        return """
            <w:p><w:pPr><w:spacing w:after="60"/><w:ind w:left="\(indent)"/><w:jc w:val="\(side)"/>\
            \(heading ? "<w:outlineLvl w:val=\"0\"/>" : "")</w:pPr>\
            <w:r><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>\
            \(bold ? "<w:b/>" : "")<w:sz w:val="24"/><w:lang w:val="id-ID"/></w:rPr>\
            <w:t xml:space="preserve">\(escaped(text))</w:t></w:r></w:p>
            """
    }

    private func table(_ fields: [(String, String)]) -> String {
        let rows = fields.map { name, value in
            """
            <w:tr><w:tc><w:tcPr><w:tcW w:w="2800" w:type="dxa"/></w:tcPr>\(paragraph(name))</w:tc>\
            <w:tc><w:tcPr><w:tcW w:w="5900" w:type="dxa"/></w:tcPr>\(paragraph(": " + value))</w:tc></w:tr>
            """
        }.joined()
        return """
            <w:tbl><w:tblPr><w:tblW w:w="8700" w:type="dxa"/></w:tblPr>\
            <w:tblGrid><w:gridCol w:w="2800"/><w:gridCol w:w="5900"/></w:tblGrid>\(rows)</w:tbl>
            """
    }

    private func escaped(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\t", "\n", "\r": out += " "
            // XML 1.0 knows no other controls and neither of these two.
            case _ where scalar.value < 32 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: continue
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }
}
