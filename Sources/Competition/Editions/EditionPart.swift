import Kernel

/// The tables that an edition is made of. What differs from year to year stands in them as text, so that one form edits
/// every part, one comparison shows an amendment, and a new kind of rule is a row, never a release.
package enum EditionPart: String, Sendable, Hashable, CaseIterable {
    case facts, stages, groups, categories, sections, documents, rules, quotas, rubric, presentation, checks
    case selection, awards, visibility

    /// What one cell holds.
    package enum Kind: Sendable, Hashable {
        case text
        /// Lower-case letters, digits and dashes; other rows refer to it.
        case code
        /// A code of another part.
        case reference(EditionPart)
        case number(ClosedRange<Int>)
        /// `2025-06-03 23.59`, in the edition's zone.
        case moment
        case choice([String])
        /// Where the value is known from; empty means that it is not.
        case source
    }

    package struct Column: Sendable, Hashable {
        package let key: String
        package let label: Phrase
        package let kind: Kind
        package let isNeeded: Bool

        init(_ key: String, _ indonesian: String, _ english: String, _ kind: Kind = .text, needed: Bool = false) {
            self.key = key
            label = Phrase(indonesian, english)
            self.kind = kind
            isNeeded = needed
        }
    }

    package var name: Phrase {
        switch self {
        case .facts: Phrase("Pokok", "Basics")
        case .stages: Phrase("Tahap", "Stages")
        case .groups: Phrase("Kelompok", "Groups")
        case .categories: Phrase("Kategori", "Categories")
        case .sections: Phrase("Bagian proposal", "Sections of the proposal")
        case .documents: Phrase("Dokumen", "Documents")
        case .rules: Phrase("Syarat", "Eligibility")
        case .quotas: Phrase("Kuota", "Quotas")
        case .rubric: Phrase("Rubrik", "Rubric")
        case .presentation: Phrase("Presentasi", "Presentation")
        case .checks: Phrase("Daftar periksa lapangan", "Checklist of the field visit")
        case .selection: Phrase("Susunan pilihan", "Balance of the selection")
        case .awards: Phrase("Penghargaan", "Awards")
        case .visibility: Phrase("Siapa melihat apa", "Who sees what")
        }
    }

    /// Whether it has one row only.
    package var isSingle: Bool { self == .facts }

    package var columns: [Column] {
        switch self {
        case .facts:
            [
                Column("name_id", "Nama", "Name (Indonesian)", needed: true),
                Column("name_en", "Nama bahasa Inggris", "Name", needed: true),
                Column("year", "Tahun", "Year", .number(2000...2100), needed: true),
                Column("programme", "Jenis", "Kind", .choice(EditionProgramme.allCases.map(\.rawValue)), needed: true),
                Column("organiser", "Kode instansi penyelenggara", "Code of the organising institution", needed: true),
                Column("zone", "Zona waktu", "Time zone", .choice(["WIB", "WITA", "WIT"]), needed: true),
                Column("theme", "Tema", "Theme"),
                Column("reads", "Penilai per proposal", "Reads a proposal", .number(1...20)),
                Column("passing", "Ambang lulus", "Passing grade", .number(0...100)),
                Column("finalists", "Jumlah finalis", "Number of finalists", .number(1...1000)),
                Column(
                    "band", "Baca ulang bila nilai sedekat ini dengan ambang", "Read again this close to the cut",
                    .number(0...50)),
                Column(
                    "gap", "Baca ulang bila dua nilai berselisih", "Read again when scores differ by", .number(1...100)),
                Column(
                    "draw", "Bagian undian dalam penugasan (persen)", "Share of chance in assigning (percent)",
                    .number(0...50)),
                Column("goals", "SDG paling sedikit", "Sustainable development goals at least", .number(0...17)),
                Column("cure_days", "Hari perbaikan administrasi", "Days to cure what is missing", .number(0...60)),
                Column("blind", "Nama penyusun ditutup", "Names hidden from evaluators", .choice(["yes", "no"])),
                Column("source", "Sumber", "Source", .source),
            ]
        case .stages:
            [
                Column("code", "Kode", "Code", .code, needed: true),
                Column("kind", "Jenis", "Kind", .choice(EditionStage.Kind.allCases.map(\.rawValue)), needed: true),
                Column("name_id", "Nama", "Name (Indonesian)", needed: true),
                Column("name_en", "Nama bahasa Inggris", "Name", needed: true),
                Column("opens", "Mulai", "Opens", .moment),
                Column("closes", "Selesai", "Closes", .moment),
                Column("source", "Sumber", "Source", .source),
            ]
        case .groups, .categories:
            [
                Column("code", "Kode", "Code", .code, needed: true),
                Column("name_id", "Nama", "Name (Indonesian)", needed: true),
                Column("name_en", "Nama bahasa Inggris", "Name", needed: true),
                Column("source", "Sumber", "Source", .source),
            ]
        case .sections:
            [
                Column("code", "Kode", "Code", .code, needed: true),
                Column("group", "Kelompok", "Group", .reference(.groups)),
                Column("name_id", "Nama", "Name (Indonesian)", needed: true),
                Column("name_en", "Nama bahasa Inggris", "Name", needed: true),
                Column("words", "Kata paling banyak", "Words at most", .number(1...5000)),
                Column("weight", "Bobot", "Weight", .number(0...100)),
                Column("fills", "Diisi dari data inovasi", "Filled from the record", .choice(EditionSection.fields)),
                Column("source", "Sumber", "Source", .source),
            ]
        case .documents:
            [
                Column("code", "Kode", "Code", .code, needed: true),
                Column("group", "Kelompok", "Group", .reference(.groups)),
                Column("name_id", "Nama", "Name (Indonesian)", needed: true),
                Column("name_en", "Nama bahasa Inggris", "Name", needed: true),
                Column("needed", "Wajib", "Required", .choice(["yes", "no"]), needed: true),
                Column("megabytes", "MB paling besar", "Megabytes at most", .number(1...50)),
                Column("source", "Sumber", "Source", .source),
            ]
        case .rules:
            [
                Column("kind", "Syarat", "Rule", .choice(EditionRule.Kind.allCases.map(\.rawValue)), needed: true),
                Column("group", "Kelompok", "Group", .reference(.groups)),
                Column("number", "Angka", "Number", .number(0...1000)),
                Column("rank", "Peringkat penghargaan", "Rank of the award"),
                Column("source", "Sumber", "Source", .source),
            ]
        case .quotas:
            [
                Column("most", "Paling banyak", "At most", .number(1...1000), needed: true),
                Column(
                    "scope", "Untuk tiap", "For each", .choice(EditionQuota.Scope.allCases.map(\.rawValue)),
                    needed: true),
                Column("group", "Kelompok", "Group", .reference(.groups)),
                Column("source", "Sumber", "Source", .source),
            ]
        case .rubric:
            [
                Column("section", "Bagian", "Section", .reference(.sections)),
                Column("from", "Nilai dari", "Score from", .number(0...100), needed: true),
                Column("to", "sampai", "to", .number(0...100), needed: true),
                Column("anchor_id", "Uraian", "Anchor (Indonesian)", needed: true),
                Column("anchor_en", "Uraian bahasa Inggris", "Anchor", needed: true),
                Column("source", "Sumber", "Source", .source),
            ]
        case .presentation:
            [
                Column("code", "Kode", "Code", .code, needed: true),
                Column("name_id", "Nama", "Name (Indonesian)", needed: true),
                Column("name_en", "Nama bahasa Inggris", "Name", needed: true),
                Column("minutes", "Menit", "Minutes", .number(0...240)),
                Column("weight", "Bobot", "Weight", .number(0...100)),
                Column("source", "Sumber", "Source", .source),
            ]
        case .checks:
            [
                Column("code", "Kode", "Code", .code, needed: true),
                Column("name_id", "Pertanyaan", "Question (Indonesian)", needed: true),
                Column("name_en", "Pertanyaan bahasa Inggris", "Question", needed: true),
                Column(
                    "answer", "Jawaban", "Answer", .choice(EditionCheckpoint.Answer.allCases.map(\.rawValue)),
                    needed: true),
                Column("source", "Sumber", "Source", .source),
            ]
        case .selection:
            [
                Column(
                    "subject", "Untuk memilih", "For choosing",
                    .choice(EditionBalance.Subject.allCases.map(\.rawValue)),
                    needed: true),
                Column(
                    "kind", "Menurut", "By", .choice(EditionBalance.Kind.allCases.map(\.rawValue)), needed: true),
                Column("value", "Nilai", "Value", needed: true),
                Column("least", "Paling sedikit", "At least", .number(0...1000)),
                Column("most", "Paling banyak", "At most", .number(0...1000)),
                Column("source", "Sumber", "Source", .source),
            ]
        case .visibility:
            [
                Column("what", "Apa", "What", .choice(EditionSight.What.allCases.map(\.rawValue)), needed: true),
                Column("who", "Siapa", "Who", .choice(EditionSight.Who.allCases.map(\.rawValue)), needed: true),
                Column("stage", "Sejak tahap", "From stage", .reference(.stages), needed: true),
                Column("source", "Sumber", "Source", .source),
            ]
        case .awards:
            [
                Column("code", "Kode", "Code", .code, needed: true),
                Column("group", "Kelompok", "Group", .reference(.groups)),
                Column("name_id", "Nama", "Name (Indonesian)", needed: true),
                Column("name_en", "Nama bahasa Inggris", "Name", needed: true),
                Column("most", "Paling banyak", "At most", .number(1...1000)),
                Column("source", "Sumber", "Source", .source),
            ]
        }
    }
}
