import Foundation
import Kernel

// Probabilistic record linkage over any records, after Fellegi and Sunter, "A Theory for Record Linkage", 1969.
// This target owns models, blocking, comparison, learning and evaluation. It knows no domain: what the fields mean,
// how records are read and what is done with a match is left to others.

/// A record to be linked: its identifier and its fields as text; an empty or absent field is missing.
package struct LinkageRecord: Sendable, Hashable {
    package let id: String
    package var fields: [String: String]

    package init(id: String, fields: [String: String]) {
        self.id = id
        self.fields = fields
    }
}

/// Why a model or a set of records cannot be linked.
package enum LinkageRefusal: Refusal, Hashable {
    case unreadableModel(String)
    case noLevels(comparison: String)
    case missingOther(comparison: String, measure: String)
    case badProbability(String)
    case tooManyPatterns
    case missingColumn(String)
    case emptyID(row: Int)
    case duplicateID(String)
    case unknownID(String)
    case unknownLabel(String)
    case tooFewRecords

    package var kind: RefusalKind { .invalid }

    package var message: Phrase {
        switch self {
        case .unreadableModel(let why):
            Phrase("Berkas model tidak terbaca: \(why).", "The model file cannot be read: \(why).")
        case .noLevels(let name):
            Phrase(
                "Pembanding \(name) perlu sedikitnya dua tingkat, yang terakhir tanpa syarat.",
                "Comparison \(name) needs two levels or more, the last without a condition.")
        case .missingOther(let name, let measure):
            Phrase(
                "Ukuran \(measure) pada pembanding \(name) perlu kolom kedua (other).",
                "Measure \(measure) of comparison \(name) needs a second field (other).")
        case .badProbability(let what):
            Phrase("\(what) harus di antara 0 dan 1.", "\(what) has to lie between 0 and 1.")
        case .tooManyPatterns:
            Phrase(
                "Pembanding dan tingkatnya terlalu banyak untuk satu model; kurangi tingkatnya.",
                "The comparisons have too many levels for one model; use fewer.")
        case .missingColumn(let name):
            Phrase("Kolom \(name) tidak ada pada data.", "The records have no column \(name).")
        case .emptyID(let row): Phrase("Baris \(row) tidak punya id.", "Row \(row) has no id.")
        case .duplicateID(let id):
            Phrase("Id \(id) dipakai lebih dari satu baris.", "Id \(id) is used by more than one row.")
        case .unknownID(let id):
            Phrase(
                "Pasangan menyebut id \(id) yang tidak ada pada data.", "A pair names id \(id), which no record has.")
        case .unknownLabel(let label):
            Phrase(
                "Label \(label) tidak dikenal; pakai match, nonmatch, atau unsure.",
                "Label \(label) is unknown; use match, nonmatch or unsure.")
        case .tooFewRecords: Phrase("Perlu sedikitnya dua baris data.", "Two records or more are needed.")
        }
    }
}
