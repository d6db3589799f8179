import Directory
import Testing

@Suite struct ShortNameTests {
    @Test(arguments: [
        ("UNIT PELAYANAN INFORMASI DAN KELUHAN (UPIK)", "UPIK", "UNIT PELAYANAN INFORMASI DAN KELUHAN"),
        (
            "BARIS DITEBAS (Barista Disabilitas Terobos Stigma Keterbatasan)", "BARIS DITEBAS",
            "Barista Disabilitas Terobos Stigma Keterbatasan"
        ),
        ("SIPEKAT: Sistem Pengelolaan Kenaikan Pangkat", "SIPEKAT", "Sistem Pengelolaan Kenaikan Pangkat"),
        ("Konsultasi Belajar Siswa (KBS) Online", "KBS", "Konsultasi Belajar Siswa"),
        (
            "Pembangunan Pengelolaan Keuangan dengan Sistem Keuangan Desa (Siskeudes)", "Siskeudes",
            "Sistem Keuangan Desa"
        ),
        ("SIPERI ( Sistem pengendalian Rekomendasi izin", "SIPERI", "Sistem pengendalian Rekomendasi izin"),
    ])
    func `a title that explains its short name gives both`(title: String, short: String, expansion: String) {
        #expect(ShortName.read(fromTitle: title) == ShortName(short, expansion))
    }

    @Test(arguments: [
        "", "()", "(UPIK)", "Media Center", "Keluar Bersama (One Stop Kelahiran)", "Bank Sampah (tahap II)",
        "Sekolah Ibu - Percepatan Peningkatan Ketahanan Keluarga", "a: b", ": x", " - ",
    ])
    func `other brackets and dashes give none`(title: String) {
        #expect(ShortName.read(fromTitle: title) == nil)
    }
}
