import Directory
import Kernel

/// The steps of a pair's weight in words.
enum PairWords {
    static func phrase(_ step: Pair.Step) -> Phrase {
        if step.name == "prior" {
            return Phrase(
                "Sebelum dibandingkan: dua data dari satu instansi", "Before comparing: two records of one institution")
        }
        if step.name.hasPrefix("frequency of ") {
            let field = name(String(step.name.dropFirst(13)))
            return step.weight < 0
                ? Phrase("\(field.indonesian): nilai yang sering dipakai", "\(field.english): a common value")
                : Phrase("\(field.indonesian): nilai yang jarang", "\(field.english): a rare value")
        }
        let field = name(step.name)
        let level = levels[step.level] ?? Phrase(step.level, step.level)
        return Phrase("\(field.indonesian): \(level.indonesian)", "\(field.english): \(level.english)")
    }

    private static func name(_ comparison: String) -> Phrase {
        switch comparison {
        case "institution": Phrase("Instansi", "Institution")
        case "title": Phrase("Judul", "Title")
        case "unit": Phrase("Unit", "Unit")
        case "list": Phrase("Daftar", "List")
        case "year": Phrase("Tahun", "Year")
        case "category": Phrase("Kategori", "Category")
        case "description": Phrase("Uraian", "Description")
        default: Phrase(comparison, comparison)
        }
    }

    private static let levels: [String: Phrase] = [
        "missing": Phrase("tidak disebut", "not stated"), "same": Phrase("sama", "the same"),
        "different": Phrase("berbeda", "different"), "alike": Phrase("mirip", "alike"),
        "same title": Phrase("judul yang sama", "the same title"),
        "within one year": Phrase("selisih paling banyak satu tahun", "within one year"),
        "further apart": Phrase("selisih lebih dari satu tahun", "further apart"),
        "nearly the same words": Phrase("kata-kata hampir sama", "nearly the same words"),
        "most telling words": Phrase("sebagian besar kata khasnya sama", "most telling words"),
        "several words": Phrase("beberapa kata sama", "several words"),
        "some words": Phrase("sedikit kata sama", "some words"),
        "other words": Phrase("kata-kata lain", "other words"),
        "acronym": Phrase("singkatan dan kepanjangannya", "acronym and expansion"),
        "same short name": Phrase("nama singkat yang sama", "the same short name"),
        "one title in the other": Phrase("judul yang satu ada di dalam yang lain", "one title in the other"),
    ]
}
