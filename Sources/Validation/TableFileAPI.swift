import Directory
import Documents
import Web

/// A table to take away as CSV or XLSX, for one person.
enum TableFile {
    static func answer(
        _ name: String, _ format: Exports.Format, header: [String], _ rows: [[Cell]]
    ) -> Answer {
        .download(name: "\(name).\(format.rawValue)", type: format.type) { out in
            guard format == .xlsx else {
                var bytes = DelimitedText.byteOrderMark
                for row in [header.map { Cell.text($0) }] + rows { DelimitedText.append(row, to: &bytes) }
                return try await out.write(bytes)
            }
            let file = try Spreadsheet(header: header)
            try await file.append(rows)
            try await file.finish { try await out.write($0) }
        }
    }
}
