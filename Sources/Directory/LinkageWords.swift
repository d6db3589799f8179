import Foundation
import Kernel
import Linkage

/// What the steps of the model `innovations` say to a person who decides whether two records are the same.
package enum LinkageWords {
    /// A step in plain words; for a comparison or level of another model its names.
    package static func phrase(_ step: WaterfallStep) -> Phrase {
        known(step) ?? Phrase("\(step.name): \(step.level)", "\(step.name): \(step.level)")
    }

    /// The words for a step of the shipped model; nil when it has no such comparison or level.
    static func known(_ step: WaterfallStep) -> Phrase? {
        if step.name == "prior" { return prior }
        guard let comparison = words[step.name] else { return nil }
        return step.level == "missing" ? comparison.missing : comparison.levels[step.level]
    }

    /// The weight of a step with its sign and one decimal place: "+6,2" in Indonesian, "+6.2" in English.
    package static func weight(_ step: WaterfallStep) -> Phrase {
        let text = String(format: "%+.1f", step.weight)
        return Phrase(text.replacing(".", with: ","), text)
    }

    private static let prior = Phrase(
        "Titik awal: jarang sekali dua catatan satu instansi membahas inovasi yang sama",
        "Starting point: two records of one institution are rarely the same innovation")

    private struct Words {
        let missing: Phrase
        let levels: [String: Phrase]
    }

    private static let words: [String: Words] = [
        "institution": Words(
            missing: Phrase("Instansi tidak disebut", "No institution given"),
            levels: [
                "unknown": Phrase("Instansi salah satu catatan tidak disebut", "One record names no institution"),
                "same": Phrase("Instansi sama", "Same institution"),
                "different": Phrase("Instansi berbeda", "Different institutions"),
            ]),
        "title": Words(missing: Phrase("Judul kosong", "No title"), levels: titles),
        "number": Words(
            missing: Phrase("Tidak ada angka pada nama", "No number in the name"),
            levels: [
                "different": Phrase("Angka atau tahun pada nama berbeda", "Different numbers or years in the names"),
                "edition on one side": Phrase(
                    "Hanya satu nama yang menyebut versi atau edisi", "Only one name gives a version or edition"),
                "same": Phrase("Tidak ada perbedaan angka atau edisi", "No difference in numbers or editions"),
            ]),
        "unit": Words(
            missing: Phrase("Unit tidak disebut pada salah satu catatan", "One record gives no unit"),
            levels: [
                "same": Phrase("Unit sama", "Same unit"),
                "alike": Phrase("Nama unit mirip", "Similar unit names"),
                "different": Phrase("Unit berbeda", "Different units"),
            ]),
        "list": Words(
            missing: Phrase("Daftar asal tidak disebut", "No list of origin given"),
            levels: [
                "same list and year, other unit": Phrase(
                    "Satu daftar dan tahun yang sama, tetapi unitnya berbeda",
                    "The same list and year, but different units"),
                "same list and year": Phrase(
                    "Satu daftar dan tahun yang sama; satu daftar jarang memuat inovasi yang sama dua kali",
                    "The same list and year; a list rarely holds one innovation twice"),
                "same": Phrase("Daftar sama, tahunnya berbeda", "The same list in different years"),
                "different": Phrase("Berasal dari daftar yang berbeda", "From different lists"),
            ]),
        "year": Words(
            missing: Phrase("Tahun tidak disebut pada salah satu catatan", "One record gives no year"),
            levels: [
                "within one year": Phrase("Tahun sama atau berdekatan", "Same year, or one apart"),
                "further apart": Phrase("Tahun terpaut lebih dari satu", "More than one year apart"),
            ]),
        "category": Words(
            missing: Phrase("Bidang tidak disebut pada salah satu catatan", "One record gives no field"),
            levels: [
                "same": Phrase("Bidang sama", "Same field"),
                "different": Phrase("Bidang berbeda", "Different fields"),
            ]),
        "description": Words(
            missing: Phrase("Uraian tidak ada pada salah satu catatan", "One record has no description"),
            levels: [
                "alike": Phrase("Isi uraian mirip", "Similar descriptions"),
                "different": Phrase("Isi uraian berbeda", "Different descriptions"),
            ]),
    ]

    private static let titles: [String: Phrase] = [
        "same title": Phrase("Judul sama", "Same title"),
        "same name, same explanation": Phrase(
            "Nama singkat sama dan kepanjangannya sejalan", "Same short name, and the explanations agree"),
        "same name, other explanation": Phrase(
            "Nama sama, tetapi kepanjangannya berbeda", "Same name, but the explanations differ"),
        "same title without brackets": Phrase(
            "Judul sama setelah keterangan dan kata umum diabaikan",
            "Same title once explanations and common words are left out"),
        "same words in another wording": Phrase(
            "Kata-kata judul sama setelah padanan kata disamakan", "Same title words once synonyms are made one"),
        "same short name": Phrase("Nama singkat sama", "Same short name"),
        "same name in the same unit": Phrase("Nama sama pada unit yang sama", "Same name in the same unit"),
        "same name": Phrase("Nama sama", "Same name"),
        "same beginning, other aim": Phrase(
            "Awal judul sama, tetapi tujuan atau sasarannya berbeda",
            "Same beginning, but another purpose or target group"),
        "same beginning": Phrase("Awal judul sama; sisanya hanya penjelasan", "Same beginning; the rest explains"),
        "one name in the other, other explanation": Phrase(
            "Nama yang satu bagian dari nama yang lain, tetapi kepanjangannya berbeda",
            "One name is part of the other, but the explanations differ"),
        "one title goes on where the other ends": Phrase(
            "Judul yang satu adalah judul lain dengan tambahan di belakang",
            "One title is the other with more behind it"),
        "one title in the other": Phrase(
            "Judul yang satu termuat dalam judul yang lain", "One title is contained in the other"),
        "one title in the other, which says much more": Phrase(
            "Judul yang satu termuat dalam judul lain yang jauh lebih panjang",
            "One title is contained in another that says much more"),
        "nearly the same words": Phrase("Hampir semua kata khas judul sama", "Nearly all telling title words agree"),
        "acronym and words in common": Phrase(
            "Yang satu singkatan dari yang lain, dan sebagian katanya sama",
            "One abbreviates the other, and some words agree"),
        "acronym": Phrase("Yang satu bisa jadi singkatan dari yang lain", "One may abbreviate the other"),
        "named in the description": Phrase(
            "Judul yang satu disebut dalam uraian yang lain", "One title is named in the other's description"),
        "most telling words, little else": Phrase(
            "Sebagian besar kata khas judul sama, bedanya sedikit", "Most telling title words agree, little differs"),
        "most telling words": Phrase(
            "Banyak kata khas judul sama, tetapi masing-masing punya kata khas sendiri",
            "Many telling title words agree, but each has telling words of its own"),
        "several words": Phrase("Beberapa kata judul sama", "Several title words agree"),
        "some words": Phrase("Sedikit kata judul sama", "A few title words agree"),
        "other words": Phrase("Kata-kata judul berbeda", "Different title words"),
    ]
}
