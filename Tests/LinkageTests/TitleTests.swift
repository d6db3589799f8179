import Testing

@testable import Directory

struct TitleTests {
    @Test(arguments: [
        ("UNIT PELAYANAN INFORMASI DAN KELUHAN (UPIK)", "UPIK"),
        ("SIPEKAT: Sistem Pengelolaan Kenaikan Pangkat", "SIPEKAT"),
        ("BARIS DITEBAS (Barista Disabilitas Terobos Stigma Keterbatasan)", "BARIS DITEBAS"),
        ("Pembangunan Pengelolaan Keuangan dengan Sistem Keuangan Desa (Siskeudes)", "Siskeudes"),
    ])
    func `a short name is the title's own when it stands for all of it or for what it leads to`(
        title: String, short: String
    ) {
        #expect(TitleReading(title).short == short)
    }

    @Test(arguments: [
        "Daur Ulang Limbah Plastik Menjadi Bahan Bakar Minyak (BBM)", "Perpustakaan Angkutan Kota (Angkot)",
        "PROGRAM PENATAAN DAN PENGELOLAAN PEDAGANG KAKI LIMA (PKL)", "Keluar Bersama (One Stop Kelahiran)",
    ])
    func `a bracket that shortens one term names nothing`(title: String) {
        #expect(TitleReading(title).short == nil)
    }

    @Test func `every name is found: before a colon, in quotes, after "atau", in brackets without the same letters`() {
        #expect(TitleReading("M-PosPay : Transaksi Pembayaran via Ponsel").names.contains("M-PosPay"))
        #expect(TitleReading("LAYANAN JEMPUT BOLA “LARASITA”").names.contains("LARASITA"))
        #expect(TitleReading("Sistem Perencanaan (SIPPD) atau E-Musrenbang").names.contains("E-Musrenbang"))
        #expect(
            TitleReading("SISTEM PENYUSUNAN ANGGARAN SECARA ELEKTRONIK (E-BUDGETING)").names.contains("E-BUDGETING"))
        #expect(TitleReading("Kampo Waraka (Desa Sehat) - Perencana Kesehatan").names.contains("Kampo Waraka"))
    }

    @Test func `what a title says after three telling words and "melalui" or "untuk" is its aim`() {
        let long = TitleReading("Kemitraan Dukun Bidan untuk Mengurangi Kematian Ibu")
        #expect(long.beginning == "Kemitraan Dukun Bidan")
        #expect(long.aim == "Mengurangi Kematian Ibu")
        #expect(TitleReading("Layanan Jemput Bola untuk Tertib KIA").beginning == nil)
    }

    @Test func `numbers that end a name are its edition`() {
        #expect(TitleReading("SIMPEL 2.0").edition == "2 0")
        #expect(TitleReading("Kampung Sehat Tahap II").edition == "ii")
        #expect(TitleReading("112").edition == nil)
        #expect(TitleReading("Siaga 112: Layanan 24 Jam").numbers == ["112"])
    }

    @Test func `the own place is left out, also shortened, but not when nothing else remains`() {
        #expect(OwnPlace("Kabupaten Luwu Utara").without("si modis lutra") == "si modis")
        #expect(OwnPlace("Provinsi Jawa Barat").without("km 0 pro poor jabar") == "km 0 pro poor")
        #expect(OwnPlace("Kota Surakarta").without("kartu identitas anak di kota solo") == "kartu identitas anak")
        #expect(OwnPlace("Kota Surakarta").without("kota surakarta layak anak") == "kota layak anak")
        #expect(OwnPlace("Kota Bogor").without("bogor") == "bogor")
        #expect(OwnPlace("").without("kota bogor") == "kota bogor")
    }

    @Test func `synonyms and spellings become one wording`() {
        let wording = TitleWording(synonyms: "# remark\n=\tkia\tkartu identitas anak\n~\tmobil\tkeliling\n")
        #expect(wording.normal("penerbitan kartu identitas anak") == "penerbitan kia")
        #expect(wording.normal("hoax clinic") == wording.normal("hoaks klinik"))
        #expect(wording.normal("mobil keliling") == "mobil keliling")
        #expect(wording.normal("") == "")
    }

    @Test(arguments: ["", "(", ")", "()", "(((", ": ", " - ", "“”", "atau", "🎉 (🎉)", "a (b) c (d"])
    func `odd titles are read without harm`(title: String) {
        let reading = TitleReading(title)
        #expect(reading.names.count >= 1)
        let record = LinkageRecords.record(["id": "1", "title": title, "agency": title]) { _, _, _ in nil }
        #expect(record.id == "1")
    }

    @Test func `a record names its place no more and is read with its short name`() {
        let record = LinkageRecords.record(
            ["id": "1", "title": "Denpasar Kota Layak Anak (KLA)", "agency": "Kota Denpasar", "year": "2016"]
        ) { _, _, _ in "R51.71" }
        #expect(record.fields["institution"] == "R51.71")
        #expect(record.fields["handle"] == "kla")
        #expect(record.fields["explanation"] == "kota layak anak")
    }

    @Test func `short forms of units are spelled out, and a list of all units names none`() {
        func fields(_ unit: String) -> [String: String] {
            LinkageRecords.record(["id": "1", "title": "x", "unit": unit]) { _, _, _ in nil }.fields
        }
        #expect(fields("BP4K")["office"] == "bppppk")
        #expect(fields("Dinas KP3")["office"] == "kppp")
        #expect(fields("Semua Kecamatan")["unit"] == nil)
        #expect(fields("Dinas Dukcapil")["unit"] == fields("Dinas Kependudukan dan Catatan Sipil")["unit"])
    }
}
