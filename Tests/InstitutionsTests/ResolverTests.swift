import Institutions
import Testing

@Suite struct ResolverTests {
    let resolver: Resolver

    init() throws { resolver = try ReferenceFiles.resolver() }

    @Test func `every government is found under the ways people write it, or left open where two share a name`() throws
    {
        let regions = try ReferenceFiles.regions().filter(\.autonomous)
        var wrong: [String] = []
        func expect(_ spelling: String, _ code: String, mayBeOpen: Bool = false) {
            let answer = resolver.resolve(spelling).code
            if answer != code && !(mayBeOpen && answer == nil) {
                wrong.append("\(spelling): \(answer ?? "-") not \(code)")
            }
        }
        for region in regions {
            let name = region.name
            if region.level == .province {
                for prefix in ["Provinsi ", "Pemprov ", "PEMERINTAH PROVINSI ", "Prov. ", "Dinas Kesehatan Provinsi "] {
                    expect(prefix + name, "P" + region.code)
                }
                expect(name, "P" + region.code, mayBeOpen: true)
                continue
            }
            let code = "R" + region.code
            let (long, bare) =
                name.hasPrefix("Kota ") ? ("Kota", name.dropFirst(5)) : ("Kabupaten", name.dropFirst(10))
            let short = long == "Kota" ? "Kota" : "Kab."
            for spelling in [
                name, name.uppercased(), "Pemerintah \(name)", "PEMERINTAH DAERAH \(name.uppercased())",
                "\(short) \(bare)", "Pem\(long == "Kota" ? "kot" : "kab") \(bare)", "Dinas Kesehatan \(name)",
                "\(long) \(bare.replacing(" ", with: "").replacing("-", with: ""))", "RSUD X, \(name)",
                "Puskesmas Y Kecamatan Z \(name)", "Sekretariat Daerah \(short) \(bare)",
            ] { expect(spelling, code) }
            expect(String(bare), code, mayBeOpen: true)
            expect("Dinas Pendidikan \(bare)", code, mayBeOpen: true)
        }
        #expect(wrong == [])
    }

    @Test func `a name that a regency and a city share stays open without its kind, and the region column settles it`()
    {
        for name in [
            "Bogor", "Bandung", "Malang", "Semarang", "Madiun", "Blitar", "Kediri", "Tegal", "Pekalongan", "Magelang",
            "Cirebon", "Tasikmalaya", "Sukabumi", "Kupang", "Gorontalo", "Jayapura", "Sorong", "Bima", "Solok",
        ] {
            #expect(resolver.resolve(name).code == nil, "\(name)")
            #expect(resolver.resolve("Dinas Kesehatan \(name)").code == nil, "\(name)")
            #expect(resolver.resolve(name, region: "Kota \(name)").code == resolver.resolve("Kota \(name)").code)
            #expect(resolver.resolve("Kota \(name)", region: "Kabupaten \(name)").code?.first == "R")
            #expect(resolver.resolveRegion("Kota \(name)") != resolver.resolveRegion("Kabupaten \(name)"))
        }
    }

    @Test(
        arguments: [
            ("Pemkot Surakarta", nil, nil, "R33.72"),
            ("PEMERINTAH DAERAH KABUPATEN BOGOR", nil, nil, "R32.01"),
            ("Kabupaten/Kota Bogor", nil, nil, nil),
            ("Bogor", nil, nil, nil),
            ("Bogor", "Kota Bogor", nil, "R32.71"),
            ("Pemerintah Bandung", nil, nil, nil),
            ("Dinas Kesehatan Kota Semarang", nil, nil, "R33.74"),
            ("Dinas Kesehatan Semarang", nil, nil, nil),
            ("Dinkes Kab. Semarang", nil, nil, "R33.22"),
            ("Bappeda Sleman", nil, nil, "R34.04"),
            ("RSUD Kudus", nil, nil, nil),
            ("RSUD dr. Loekmono Hadi Kabupaten Kudus", nil, nil, "R33.19"),
            ("RSUD Tarakan", nil, nil, nil),
            ("RSUD Tarakan", "Provinsi DKI Jakarta", nil, "P31"),
            ("Puskesmas Sukabumi Selatan", nil, nil, nil),
            ("Puskesmas Gambir", "DKI Jakarta", nil, "P31"),
            ("Kecamatan Bogor Utara Kota Bogor", nil, nil, "R32.71"),
            ("Kecamatan Bogor Utara", nil, nil, nil),
            ("Pemprov Sulsel", nil, nil, "P73"),
            ("Pemerintah Provinsi D.I. Yogyakarta", nil, nil, "P34"),
            ("Pemda DIY", nil, nil, "P34"),
            ("Yogyakarta", nil, nil, nil),
            ("Kota Jogja", nil, nil, "R34.71"),
            ("Kota Yogyakarta", nil, nil, "R34.71"),
            ("Kota Administrasi Jakarta Selatan", nil, nil, "P31"),
            ("Jakarta Barat", nil, nil, "P31"),
            ("Kab. Kepulauan Seribu", nil, nil, "P31"),
            ("DKI", nil, nil, "P31"),
            ("Pemerintah Daerah Khusus Ibukota Jakarta", nil, nil, "P31"),
            ("Kota Palangka Raya", nil, nil, "R62.71"),
            ("Pemkot Palangkaraya", nil, nil, "R62.71"),
            ("Kota Baubau", nil, nil, "R74.72"),
            ("Kabupaten Tolitoli", nil, nil, "R72.04"),
            ("Kabupaten Gunung Kidul", nil, nil, "R34.03"),
            ("Kabupaten Kulonprogo", nil, nil, "R34.01"),
            ("Kabupaten Kota Baru", nil, nil, "R63.02"),
            ("Kota Baru", nil, nil, "R63.02"),
            ("Kabupaten Kotabaru", nil, nil, "R63.02"),
            ("Kabupaten Lima Puluh Kota", nil, nil, "R13.07"),
            ("Kabupaten 50 Kota", nil, nil, "R13.07"),
            ("Kab. Pangkep", nil, nil, "R73.10"),
            ("Kab. Mitra", nil, nil, "R71.07"),
            ("Dinas Pariwisata Mitra", nil, nil, nil),
            ("Kabupaten Bogor Barat", nil, nil, nil),
            ("Kabupaten Luwu Utra", nil, nil, "R73.22"),
            ("Kabupaten Minahahasa Utara", nil, nil, "R71.06"),
            ("Kota Surabya", nil, nil, "R35.78"),
            ("Kota Bandar Lampung", nil, nil, "R18.71"),
            ("Kota Bandarlampung", nil, nil, "R18.71"),
            ("Lampung", nil, nil, "P18"),
            ("Jambi", nil, nil, nil),
            ("Jambi", "Provinsi Jambi", nil, "P15"),
            ("Gorontalo", nil, nil, nil),
            ("Provinsi Gorontalo", nil, nil, "P75"),
            ("Pemerintah Kabupaten Pontianak", nil, nil, "R61.02"),
            ("Kota Pontianak", nil, nil, "R61.71"),
            ("Pontianak", nil, nil, "R61.71"),
            ("Kota Bogor, Jawa Barat", nil, nil, "R32.71"),
            ("Sleman, DIY", nil, nil, "R34.04"),
            ("Polres Malang Kota", nil, nil, "L-POLRI"),
            ("Polres Metro Bekasi", nil, nil, "L-POLRI"),
            ("Kantor Pertanahan Kabupaten Sleman", nil, nil, "K-ATRBPN"),
            ("BPS Kota Bogor", nil, nil, "L-BPS"),
            ("BPS Provinsi Bali", nil, nil, "L-BPS"),
            ("KPP Pratama Surakarta", nil, nil, "K-KEMENKEU"),
            ("Kantor Imigrasi Kelas I Surabaya", nil, 2019, "K-KEMENKUMHAM"),
            ("Kantor Imigrasi Kelas I Surabaya", nil, 2025, "K-KEMENIMIPAS"),
            ("Kantor Imigrasi Kelas I Surabaya", nil, nil, nil),
            ("Kemenkes RI", nil, nil, "K-KEMENKES"),
            ("KemenPAN-RB", nil, nil, "K-KEMENPANRB"),
            ("Kementerian PAN & RB", nil, nil, "K-KEMENPANRB"),
            ("Kementerian Pendayagunaan Aparatur Negara dan Reformasi Birokrasi", nil, nil, "K-KEMENPANRB"),
            ("Departemen Kesehatan", nil, nil, "K-KEMENKES"),
            ("Kementerian Negara Lingkungan Hidup", nil, nil, "K-KEMENLH"),
            ("Kementerian Komunikasi dan Informatika", nil, 2018, "K-KOMDIGI"),
            ("Kemenristekdikti", nil, 2016, "K-KEMENRISTEKDIKTI"),
            ("Kemendiknas", nil, 2010, "K-KEMENDIKBUD"),
            ("BPN RI", nil, nil, "K-ATRBPN"),
            ("BKKBN", nil, nil, "K-KEMENDUKBANGGA"),
            ("LAN RI", nil, nil, "L-LAN"),
            ("LAN", nil, nil, "L-LAN"),
            ("BPKP Perwakilan Jawa Tengah", nil, nil, "L-BPKP"),
            ("BPKP DIY", nil, nil, "L-BPKP"),
            ("Balai Besar POM di Semarang", nil, nil, "L-BPOM"),
            ("Badan POM", nil, nil, "L-BPOM"),
            ("PT PLN (Persero) UID Jawa Tengah", nil, nil, "B-PLN"),
            ("PLN Bogor", nil, nil, "B-PLN"),
            ("PT Telkom Akses", nil, nil, nil),
            ("PT Pertamina Hulu Energi", nil, nil, nil),
            ("PT Semen Padang", nil, nil, "B-SEMENPADANG"),
            ("PT. Semen Indonesia (Persero), Tbk", nil, nil, "B-SIG"),
            ("PDAM Kota Malang", nil, nil, "B-PDAM-35.73"),
            ("PDAM Malang", nil, nil, nil),
            ("PDAM Kabupaten Garut", nil, nil, nil),
            ("Perumda Air Minum Tirta Moedal Kota Semarang", nil, nil, "B-PDAM-33.74"),
            ("PDAM Tirta Musi Palembang", nil, nil, "B-PDAM-16.71"),
            ("PDAM Tirta Musi", nil, nil, "B-PDAM-16.71"),
            ("Bank Jateng", nil, nil, "B-BANKJATENG"),
            ("Universitas Gadjah Mada", nil, nil, "U-UGM"),
            ("Universitas Gajah Mada", nil, nil, "U-UGM"),
            ("Universitas Indonesia Timur", nil, nil, nil),
            ("Fakultas Kedokteran Universitas Brawijaya", nil, nil, "U-UB"),
            ("Universitas Kuningan", nil, nil, nil),
            ("Kelompok Tani Makmur Kabupaten Sleman", nil, nil, nil),
            ("Karang Taruna Kota Bogor", nil, nil, nil),
            ("Pemerintah Desa Senga Selatan", nil, nil, nil),
            ("Pemerintah Desa Ponggok Kabupaten Klaten", nil, nil, "R33.10"),
            ("Dinas Pendidikan", "Kota Madiun", nil, "R35.77"),
            ("Dinas Pendidikan", nil, nil, nil),
            ("-", nil, nil, nil),
            ("", nil, nil, nil),
            ("Polda Metro Jaya", nil, nil, "L-POLRI"),
            ("SMA Negeri 1 Kudus", nil, nil, nil),
            ("Jawa Tengah (provinsi + kab/kota)", nil, nil, nil),
            ("Jawa Timur (kab/kota)", nil, nil, nil),
            ("Kabupaten/Kota se-Jawa Tengah", nil, nil, nil),
            ("KotaSemarang", nil, nil, "R33.74"),
            ("Kabupaten Ogan Komering Ulu Timur", nil, nil, "R16.08"),
            ("OKU Timur", nil, nil, "R16.08"),
            ("Kab. OKU", nil, nil, "R16.01"),
            ("Papua Barat Daya", nil, nil, "P96"),
            ("Papua Barat", nil, nil, "P92"),
            ("Pemerintah Provinsi Kepulauan Riau", nil, nil, "P21"),
            ("Kabupaten Kepulauan Riau", nil, 2004, "R21.01"),
            ("Kota Sorong", nil, nil, "R96.71"),
            ("Sorong", nil, nil, nil),
            ("Kota Solo", nil, nil, "R33.72"),
            ("Pemkab Surabaya", nil, nil, "R35.78"),
            ("Kabupaten Siau Tagulandang Biaro", nil, nil, "R71.09"),
            ("Pemerintah Kabupaten Kepulauan Siau Tagulandang Biaro", nil, nil, "R71.09"),
            ("Kabupaten Toba Samosir", nil, nil, "R12.12"),
            ("Kota Batu", nil, nil, "R35.79"),
            ("Kabupaten Batubara", nil, nil, "R12.19"),
            ("Kabupaten Batang Hari", nil, nil, "R15.04"),
            ("Kota Banjar Baru", nil, nil, "R63.72"),
            ("Kota Tanjungpinang", nil, nil, "R21.72"),
            ("Perpustakaan Nasional", nil, nil, "L-PERPUSNAS"),
            ("Dinas Perpustakaan dan Kearsipan Kabupaten Magelang", nil, nil, "R33.08"),
            ("Kota Magelang & Kabupaten Magelang", nil, nil, nil),
            ("Dinas Kesehatan Provinsi Sulawesi Selatan", nil, nil, "P73"),
            ("Dinas Pertanian Provinsi Jawa Timur Kabupaten Jember", nil, nil, nil),
            ("Badan Karantina Pertanian Surabaya", "Kota Surabaya", nil, nil),
            ("Pusat Penilaian Pendidikan Balitbang Kemendikbud", nil, nil, "K-KEMENDIKBUD"),
            ("Direktorat Jenderal Imigrasi, Kementerian Hukum dan HAM", nil, nil, "K-KEMENKUMHAM"),
            ("Setda Provinsi Kalimantan Selatan", nil, nil, "P63"),
            ("UPTD Puskesmas Kuta Selatan, Kabupaten Badung", nil, nil, "R51.03"),
            ("SDN 1 Wonogiri", nil, nil, nil),
            ("Badan Kependudukan dan Keluarga Berencana Nasional", nil, 2014, "K-KEMENDUKBANGGA"),
            ("Badan Perencanaan Pembangunan Daerah Sleman", nil, nil, "R34.04"),
            ("Badan Karantina Pertanian Kota Surabaya", nil, nil, nil),
            ("Kementerian Desa PDTT", nil, nil, "K-KEMENDESPDTT"),
            ("Pemkot Jogja", nil, nil, "R34.71"),
            ("BAPPEDA PROVINSI BANTEN", nil, nil, "P36"),
            ("Rumah Sakit Umum Daerah Kabupaten Sidoarjo", nil, nil, "R35.15"),
            ("Rumah Sakit Umum Daerah dr. Iskak Tulungagung", nil, nil, nil),
            ("RSUD dr. Iskak Tulungagung", "Kabupaten Tulungagung", nil, "R35.04"),
            ("BPBD Provinsi Jawa Tengah", nil, nil, "P33"),
            ("Kementerian Kesehatan Republik Indonesia (RSUP Dr. Kariadi)", nil, nil, "K-KEMENKES"),
            ("RSUP Dr. Kariadi Semarang", nil, nil, "K-KEMENKES"),
            ("Kanwil Kementerian Agama Provinsi Bali", nil, nil, "K-KEMENAG"),
            ("Kantor Kementerian Agama Kabupaten Sleman", nil, nil, "K-KEMENAG"),
            ("Kementerian Agama Kabupaten Sleman", nil, nil, "K-KEMENAG"),
            ("KPU Kota Bogor", nil, nil, "L-KPU"),
            ("Pengadilan Negeri Yogyakarta", nil, nil, "L-MA"),
            ("Kejaksaan Negeri Kota Bandung", nil, nil, "L-KEJAKSAAN"),
            ("BPJS Kesehatan", nil, nil, "L-BPJSKES"),
            ("Pemerintah Kabupaten Aceh Barat Daya", nil, nil, "R11.12"),
            ("Pemkab. Bandung Barat", nil, nil, "R32.17"),
            ("Pemerintah Kota Adm. Jakarta Utara", nil, nil, "P31"),
            ("Walikota Jakarta Timur", nil, nil, "P31"),
            ("Provinsi Bangka Belitung", nil, nil, "P19"),
            ("Pemerintah Provinsi Kep. Bangka Belitung", nil, nil, "P19"),
            ("Kab. Kep. Selayar", nil, nil, "R73.01"),
            ("Kabupaten Selayar", nil, nil, "R73.01"),
            ("Prov. NTT", nil, nil, "P53"),
            ("Pemerintah Provinsi Nusa Tenggara", nil, nil, nil),
            ("Provinsi Sumatera", nil, nil, nil),
            ("Kabupaten Sumbawa", nil, nil, "R52.04"),
            ("Kab Sumba Barat Daya", nil, nil, "R53.18"),
            ("Pemerintah Kabupaten Maluku Tenggara Barat", nil, nil, "R81.03"),
            ("Pemerintah Kota Tidore", nil, nil, "R82.72"),
            ("Kab Tulangbawang Barat", nil, nil, "R18.12"),
            ("Kab. Labuhan Batu Utara", nil, nil, "R12.23"),
            ("Kota Pematang Siantar", nil, nil, "R12.72"),
            ("Kota Padang Sidempuan", nil, nil, "R12.77"),
            ("Kabupaten Fakfak", nil, nil, "R92.03"),
            ("Kabupaten Biak", nil, nil, nil),
            ("Kabupaten Polewali", nil, nil, nil),
            ("Universitas Negeri Malang", nil, nil, "U-UM"),
            ("UGM", nil, nil, "U-UGM"),
            ("Institut Teknologi Bandung", nil, nil, "U-ITB"),
            ("IPB University", nil, nil, "U-IPB"),
            ("PT Jasa Marga (Persero) Tbk Cabang Semarang", nil, nil, "B-JASAMARGA"),
            ("PT KAI Daop 6 Yogyakarta", nil, nil, "B-KAI"),
            ("PT Kereta Api Indonesia Daop VI", nil, nil, "B-KAI"),
            ("Bank Indonesia", nil, nil, "L-BI"),
            ("PT Bank DKI", nil, nil, "B-BANKDKI"),
            ("PT Angkasa Pura", nil, nil, nil),
            ("Badan Pusat Statistik", nil, nil, "L-BPS"),
            ("Badan Pusat Statistik Provinsi Bali", nil, nil, "L-BPS"),
            ("Puskesmas Kecamatan Gambir, Kota Administrasi Jakarta Pusat", nil, nil, "P31"),
            ("Kelurahan Kebon Kelapa Kota Bogor", nil, nil, "R32.71"),
            ("Dinas Perhubungan DKI Jakarta", nil, nil, "P31"),
            ("Dinas Perhubungan Kota Surakarta, Dinas Pasar Kota Surakarta", nil, nil, "R33.72"),
            ("Kabupaten Sleman dan Kabupaten Bantul", nil, nil, nil),
            ("DPMPTSP Kota Bontang", nil, nil, "R64.74"),
            ("Satpol PP Kab. Ponorogo", nil, nil, "R35.02"),
            ("SATUAN POLISI PAMONG PRAJA KABUPATEN BOGOR", nil, nil, "R32.01"),
            ("Pemeritah Kota Bogor", nil, nil, "R32.71"),
            ("Pemerintah Kabupaten Banyuwngi", nil, nil, "R35.10"),
            ("Kementrian Kesehatan", nil, nil, "K-KEMENKES"),
            ("Kementerian Pertahanan", nil, nil, "K-KEMHAN"),
            ("Kementrian Pertanan", nil, nil, nil),
            ("Kementerian Kelautan & Perikanan", nil, nil, "K-KKP"),
            ("Ombudsman RI", nil, nil, "L-OMBUDSMAN"),
            ("Mahkamah Agung RI", nil, nil, "L-MA"),
            ("Kepolisian Daerah Jawa Timur", nil, nil, "L-POLRI"),
            ("Polrestabes Surabaya", nil, nil, "L-POLRI"),
            ("Kepolisian Resor Kota Malang", nil, nil, "L-POLRI"),
            ("Kementerian Riset, Teknologi, dan Pendidikan Tinggi", nil, nil, "K-KEMENRISTEKDIKTI"),
            ("Kementerian Pekerjaan Umum dan Perumahan Rakyat", nil, nil, "K-KEMENPUPR"),
            ("Kementerian Pariwisata", nil, 2016, "K-KEMENPAR"),
            ("Badan Pengawas Obat dan Makanan (BPOM)", nil, nil, "L-BPOM"),
            ("Komunitas Peduli Ciliwung", nil, nil, nil),
            ("Sdr. Budi Santoso", nil, nil, nil),
            ("Wonogiri", nil, nil, "R33.12"),
            ("Metro", nil, nil, "R18.72"),
            ("Provinsi Papua Tengah", nil, nil, "P94"),
            ("Kota Tanjung Balai", nil, nil, "R12.74"),
            ("Jogja", nil, nil, nil),
            ("Kabupaten Bandung Bar", nil, nil, nil),
            ("UPT Puskesmas Sleman", nil, nil, nil),
            ("Pemerintah Kabupaten Pohuwatu", nil, nil, "R75.04"),
            ("Kementerian Agraria dan Tata Ruang / BPN", nil, nil, "K-ATRBPN"),
            ("“KOTA—MAKASSAR” (Sulsel)", nil, nil, "R73.71"),
        ] as [(String, String?, Int?, String?)])
    func `a spelling of the field is resolved, or left open rather than guessed`(
        spelling: String, region: String?, year: Int?, code: String?
    ) {
        #expect(resolver.resolve(spelling, region: region, year: year).code == code)
    }

    @Test func `what cannot be resolved says why`() {
        func reason(_ spelling: String) -> Resolution.Reason? {
            if case .unresolved(let reason) = resolver.resolve(spelling) { reason } else { nil }
        }
        #expect(reason("") == .empty)
        #expect(reason("Kabupaten/Kota Bogor") == .ambiguous(["R32.01", "R32.71"]))
        #expect(reason("Kabupaten Sleman dan Kabupaten Bantul") == .several(["R34.02", "R34.04"]))
        #expect(reason("Jawa Tengah (provinsi + kab/kota)") == .manyGovernments(region: "33"))
        #expect(reason("Karang Taruna Kota Bogor") == .citizens)
        #expect(reason("Pemerintah Desa Senga Selatan") == .village)
        #expect(reason("PDAM Kabupaten Garut") == .enterpriseNotListed(owner: "R32.05"))
        #expect(reason("Universitas Kuningan") == .universityNotListed)
        #expect(reason("Dinas Pendidikan") == .unitWithoutGovernment)
        #expect(reason("Badan Penyelenggara Jaminan Sosial (BPJS)") == .ambiguous(["L-BPJSKES", "L-BPJSTK"]))
        #expect(reason("Zzz") == .unknown)
    }

    @Test func `a region's spelling gives its code, also of Jakarta's units, which their province governs`() {
        #expect(resolver.resolveRegion("Kota Administrasi Jakarta Selatan") == "31.74")
        #expect(resolver.resolve("Kota Administrasi Jakarta Selatan").code == "P31")
        #expect(resolver.resolveRegion("Provinsi Daerah Istimewa Yogyakarta") == "34")
        #expect(resolver.resolveRegion("Sulsel") == "73")
        #expect(resolver.resolveRegion("Nasional") == nil)
        #expect(resolver.resolveRegion("Bogor") == nil)
        #expect(resolver.resolveRegion("Jawa Timur (kab/kota)") == "35")
    }

    @Test func `hostile input ends in an answer`() {
        for text in [
            String(repeating: "a ", count: 20_000), String(repeating: "kota ", count: 5_000), "(((", ")))", "\u{0}",
            "\u{202E}atok", "kota", "kabupaten kota", "provinsi", "pd", "pt", "🙂", "desa", "pemerintah", "rumah",
        ] { #expect(resolver.resolve(text).code == nil) }
    }
}
