import Directory
import Testing

private typealias Award = Innovation.Award

@Suite struct AwardPatternsTests {
    @Test(arguments: [
        ("Top 99 2019", Award(programme: "KIPP", year: 2019, rank: "Top 99")),
        ("Top 99 KIPP 2021", Award(programme: "KIPP", year: 2021, rank: "Top 99")),
        ("TOP 45 KIPP KemenPANRB 2022", Award(programme: "KIPP", year: 2022, rank: "TOP 45")),
        ("Top 9 2014", Award(programme: "KIPP", year: 2014, rank: "Top 9")),
        ("Top Inovasi Terpuji", Award(programme: "KIPP", rank: "Top Inovasi Terpuji")),
        ("Finalis Top 99 KIPP 2023", Award(programme: "KIPP", year: 2023, rank: "Finalis Top 99")),
        ("Top 10 KIPP Jateng 2020", Award(programme: "KIPP Jawa Tengah", year: 2020, rank: "Top 10")),
        ("50 besar KIPP Sulsel 2021", Award(programme: "KIPP Sulawesi Selatan", year: 2021, rank: "50 besar")),
        ("Juara 2 KIPP Kabupaten Kudus", Award(programme: "KIPP Kabupaten Kudus", rank: "Juara 2")),
        ("Krenova Jateng 2016", Award(programme: "Krenova Jawa Tengah", year: 2016)),
        ("Terbaik Top 30 KOVABLIK Jatim", Award(programme: "KOVABLIK Jawa Timur", rank: "Terbaik Top 30")),
        (
            "Outstanding Achievement KOVABLIK Jatim",
            Award(programme: "KOVABLIK Jawa Timur", rank: "Outstanding Achievement")
        ),
        ("UNPSA Juara II", Award(programme: "UNPSA", rank: "Juara II")),
        ("UNPSA 2015", Award(programme: "UNPSA", year: 2015)),
        ("Innovative Government Award 2022", Award(programme: "IGA", year: 2022)),
        ("Inotek Award Jatim inovasi daerah", Award(programme: "Inotek Award Jawa Timur")),
        (
            "Inotek Award Jatim Juara 1 inovasi daerah",
            Award(programme: "Inotek Award Jawa Timur", rank: "Juara 1 inovasi daerah")
        ),
        ("Juara II Lomba Inovasi Daerah 2021", Award(programme: "Lomba Inovasi Daerah", year: 2021, rank: "Juara II")),
        (
            "Innovation Mayor Award 2025 Juara Utama",
            Award(programme: "Innovation Mayor Award", year: 2025, rank: "Juara Utama")
        ),
        ("penghargaan KemenPANRB 2015", Award(programme: "Penghargaan KemenPANRB", year: 2015)),
    ])
    func `a prize is read by its pattern`(text: String, award: Innovation.Award) {
        #expect(AwardPatterns.read(text) == AwardPatterns.Reading(awards: [award], notes: [], stage: nil))
    }

    @Test(arguments: [
        "Direktori Inovasi LAN", "artikel/pos LAN", "basis data inovasi Kota Bogor", "situs puskesmas",
        "usulan IGA 2025",
        "peserta KIPP Sulsel 2022 (umum)", "lolos KIPP kabupaten (replikasi)", "diajukan KIPP 2023",
        "nominasi UNPSA 2026", "contoh proposal KIPP 2023", "proposal Sinovik", "pernah masuk KIPP",
        "Presentasi KIPP tingkat kabupaten 2021", "direkomendasikan KIPP 2023", "inovasi nondigital IGA 2024",
        "unggulan IGA 2025", "ditampilkan IGA 2021", "103 program inovasi Makassar (LAN)",
        "30 inovasi unggulan Makassar",
        "ide Laboratorium Inovasi LAN 2017", "kajian akademik", "inovasi OPD", "disebut Kementerian PANRB",
        "verifikasi lapangan KIPP Sulsel", "Pameran inovasi 2019", "peraturan bupati 2018", "liputan KemenPANRB 2018",
        "Finalis Top 45 Jabar (tingkat provinsi)", "peserta lomba inovasi daerah 2020", "dokumen layanan",
    ])
    func `a source, a nomination or a mention is a note`(text: String) {
        #expect(AwardPatterns.read(text) == AwardPatterns.Reading(awards: [], notes: [text], stage: nil))
    }

    @Test func `stages are stages, parts are separate, remarks are kept and a decree is a decree`() {
        #expect(AwardPatterns.read("penerapan").stage == .implementation)
        #expect(AwardPatterns.read("uji coba").stage == .trial)
        #expect(
            AwardPatterns.read("Direktori Inovasi LAN; sumber menyebut Sinovik/Top 99 2016").notes
                == ["Direktori Inovasi LAN", "sumber menyebut Sinovik/Top 99 2016"])
        let remark = AwardPatterns.read("Krenova Jateng 2010 (utama/harapan)")
        #expect(remark.awards == [Innovation.Award(programme: "Krenova Jawa Tengah", year: 2010)])
        #expect(remark.notes == ["Krenova Jateng 2010 (utama/harapan)"])
        let decree = AwardPatterns.read("Top 99 KIPP 2019 (Kepmen PANRB 23/2019)")
        #expect(decree.awards.map(\.decree) == ["Kepmen PANRB 23/2019"])
        #expect(decree.notes == [])
        #expect(AwardPatterns.read("") == AwardPatterns.Reading())
        let within = "Nominasi Inotek Award 2024 (data contoh; perlu verifikasi)"
        #expect(AwardPatterns.read(within).notes == [within])
        #expect(AwardPatterns.read("((((").awards == [])
    }
}
