import Testing

@testable import Competition

@Suite struct RedactionTests {
    private let names = ["Provinsi Jawa Tengah", "Dinas Kesehatan Kota Nusa Raya", "Jateng", "Siti Rahma"]

    @Test(arguments: [
        ("Pemerintah Provinsi Jawa Tengah membuat ini.", "Pemerintah ▇▇▇ membuat ini."),
        ("warga JAWA\n TENGAH senang", "warga ▇▇▇ senang"),
        ("Jawa Tengahan bukan nama", "Jawa Tengahan bukan nama"),
        ("Tulis ke siti.rahma@dinkes.jatengprov.go.id sekarang", "Tulis ke ▇▇▇ sekarang"),
        ("Lihat https://dinkes.example/x?a=1 atau www.contoh.id/a", "Lihat ▇▇▇ atau ▇▇▇"),
        ("Unduh di layanan.nusaraya.go.id ya", "Unduh di ▇▇▇ ya"),
        ("Telepon 0812-3456-7890 atau +62 24 123456", "Telepon ▇▇▇ atau ▇▇▇"),
        ("Naik dari 1200 menjadi 3500 orang pada 2024", "Naik dari 1200 menjadi 3500 orang pada 2024"),
        ("Oleh Siti Rahma, Jateng.", "Oleh ▇▇▇, ▇▇▇."),
        ("Dinas Kesehatan Kota Nusa Raya", "▇▇▇"),
        ("Dinas itu mengurus kesehatan", "Dinas itu mengurus kesehatan"),
        ("akun @dinkes_nr di media sosial", "akun ▇▇▇ di media sosial"),
    ])
    func `names, addresses and numbers are hidden, nothing else`(text: String, hidden: String) {
        #expect(Redaction.hide(names, in: text) == hidden)
    }

    @Test func `a name is looked for whole, without what it is, and in initials`() {
        #expect(Redaction.forms(of: "Pemerintah Provinsi DI Yogyakarta").contains("Yogyakarta"))
        #expect(Redaction.forms(of: "Badan Pengawas Obat dan Makanan").contains("BPOM"))
        #expect(!Redaction.forms(of: "Kota Ab").contains("Ab"))
    }

    @Test func `what is proposed hides every text, keeps the choices and clears no document`() {
        let content = [
            "judul": "Layanan Jateng", "bagian.a": "Isi Jateng", "kelompok": "umum", "kategori": "jateng",
            "replikasi": "4",
        ]
        let proposed = Redaction.proposed(for: content, hiding: names)
        #expect(
            proposed.texts == ["judul": "Layanan ▇▇▇", "bagian.a": "Isi ▇▇▇", "kelompok": "umum", "kategori": "jateng"])
        #expect(proposed.documents == [])
    }
}
