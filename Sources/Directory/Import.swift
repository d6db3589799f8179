import Foundation
import Kernel
import Text

/// Why a file cannot be imported at all; nothing was written.
package enum ImportRefusal: Refusal, Hashable {
    case missingColumn(String, found: [String])
    case repeatedColumn(String)
    case sourceName

    package var kind: RefusalKind { .invalid }

    package var message: Phrase {
        switch self {
        case .missingColumn(let column, let found):
            Phrase(
                "Kolom \(column) tidak ada di baris pertama. Kolom yang ada: \(found.prefix(20).joined(separator: ", ")).",
                "The column \(column) is missing from the first line. It has: \(found.prefix(20).joined(separator: ", "))."
            )
        case .repeatedColumn(let column):
            Phrase(
                "Kolom \(column) ada lebih dari sekali. Hapus atau ganti nama salah satunya.",
                "The column \(column) is there more than once. Remove or rename one.")
        case .sourceName:
            Phrase("Tulis nama sumber, misalnya --source lan.", "Give the source a name, e.g. --source lan.")
        }
    }
}

/// What became of the rows of one file; the four outcomes add up to `read`.
package struct ImportReport: Sendable, Hashable {
    package var read = 0
    package var created = 0
    package var updated = 0
    package var unchanged = 0
    package var rejected: [RejectedRow] = []
    /// Columns that are kept with the raw row but mean nothing to the directory.
    package var unusedColumns: [String] = []

    package var json: String {
        """
        {"read":\(read),"created":\(created),"updated":\(updated),"unchanged":\(unchanged),"rejected":\(rejected.count)}
        """
    }
}

/// A row that was not taken, and what to do about it.
package struct RejectedRow: Sendable, Hashable {
    /// The line in the file on which the row begins; the header is line 1.
    package let line: Int
    /// The first columns of the row, to find it by.
    package let shown: String
    package let problems: [Problem]
}

/// The names by which a column may be called; the header may have them in any order and case.
package enum ImportColumn: String, CaseIterable, Sendable {
    case id, title, agency, unit, region, year, award, category, description, source, note
    case nri, shortName = "short_name", expansion, stage, form, affair, sdgs, video, continuity
    case continuityReason = "continuity_reason"
    case yearOfIdea = "year_of_idea", yearOfTrial = "year_of_trial", yearOfStart = "year_of_start"
    case background, purpose, novelty, impact, adaptability, resources, sustainability

    /// Everything that a header may call it.
    package var names: [String] {
        let indonesian: [String] =
            switch self {
            case .id: ["no registrasi", "nomor"]
            case .title: ["judul", "judul inovasi", "nama inovasi"]
            case .agency: ["instansi", "institution"]
            case .unit: ["upp", "unit kerja", "unit pelayanan"]
            case .region: ["wilayah", "daerah"]
            case .year: ["tahun"]
            case .award: ["penghargaan"]
            case .category: ["kategori"]
            case .description: ["deskripsi", "ringkasan", "summary"]
            case .source: ["sumber"]
            case .note: ["catatan", "keterangan"]
            case .nri: ["nomor registrasi inovasi"]
            case .shortName: ["nama singkat"]
            case .expansion: ["kepanjangan"]
            case .stage: ["tahap", "tahapan"]
            case .form: ["bentuk"]
            case .affair: ["urusan", "urusan utama"]
            case .sdgs: ["sdg"]
            case .video: ["link video"]
            case .continuity: ["status keberlanjutan"]
            case .continuityReason: ["alasan keberlanjutan"]
            case .yearOfIdea: ["tahun ide"]
            case .yearOfTrial: ["tahun uji coba"]
            case .yearOfStart: ["tahun mulai", "tahun implementasi", "tahun penerapan"]
            case .background: ["latar belakang"]
            case .purpose: ["tujuan"]
            case .novelty: ["kebaruan"]
            case .impact: ["dampak", "evaluasi dampak"]
            case .adaptability: ["adaptabilitas", "adaptasi"]
            case .resources: ["sumber daya"]
            case .sustainability: ["keberlanjutan", "strategi keberlanjutan"]
            }
        return [rawValue] + indonesian
    }

    /// Which column means what; `id` and `title` must be there and no name twice.
    static func read(_ header: [String]) throws(ImportRefusal) -> [ImportColumn: Int] {
        let folded = header.map { fold($0) }
        for (i, name) in folded.enumerated() where !name.isEmpty && folded[..<i].contains(name) {
            throw .repeatedColumn(header[i])
        }
        var found: [ImportColumn: Int] = [:]
        for column in allCases {
            let names = column.names.map { fold($0) }
            let places = folded.indices.filter { names.contains(folded[$0]) }
            guard places.count < 2 else { throw .repeatedColumn("\(header[places[0]]) / \(header[places[1]])") }
            found[column] = places.first
        }
        for column in [id, title] where found[column] == nil { throw .missingColumn(column.rawValue, found: header) }
        return found
    }
}
