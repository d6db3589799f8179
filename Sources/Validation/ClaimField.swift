import Files
import Kernel

/// What a claim says: each kind has its own fields and its own proof.
package enum ClaimKind: String, Sendable, Hashable, CaseIterable {
    case legal, indicator, testimony, photo, video, budget, procedure

    package var name: Phrase {
        switch self {
        case .legal: Phrase("Dasar hukum", "Legal basis")
        case .indicator: Phrase("Indikator dampak", "Impact indicator")
        case .testimony: Phrase("Testimoni", "Testimony")
        case .photo: Phrase("Foto", "Photo")
        case .video: Phrase("Video", "Video")
        case .budget: Phrase("Anggaran", "Budget")
        case .procedure: Phrase("Prosedur baku (SOP)", "Standard procedure")
        }
    }

    package var fields: [ClaimField] { ClaimField.all[self] ?? [] }

    /// What its files may be.
    package var files: FileKind {
        switch self {
        case .photo: .image
        case .legal, .procedure, .indicator, .testimony, .video, .budget: .document
        }
    }

    /// The step of the form in which it is written.
    package var step: Step {
        switch self {
        case .indicator: .dampak
        case .legal, .procedure: .hukum
        case .testimony, .photo, .video, .budget: .bukti
        }
    }
}

/// One field of a claim: what it is called, what may stand in it.
package struct ClaimField: Sendable, Hashable {
    package enum Form: Sendable, Hashable {
        case line, text, day, number, year, rupiah, link, yes
        /// Codes with their names, in the order shown.
        case choice([Choice])
    }

    package struct Choice: Sendable, Hashable {
        package let code: String
        package let name: Phrase
    }

    /// Its name in forms and storage, e.g. `signedBy`.
    package let name: String
    package let form: Form
    package let label: Phrase
    /// With an example.
    package let help: Phrase
    /// Whether the claim says nothing without it.
    package let needed: Bool

    private init(
        _ name: String, _ form: Form, _ label: (String, String), _ help: (String, String), needed: Bool = true
    ) {
        self.name = name
        self.form = form
        self.label = Phrase(label.0, label.1)
        self.help = Phrase(help.0, help.1)
        self.needed = needed
    }

    fileprivate static let all: [ClaimKind: [ClaimField]] = [
        .legal: [
            ClaimField(
                "level", .choice(levels), ("Tingkat", "Level"),
                ("Siapa yang menetapkan.", "Who issued it.")),
            ClaimField(
                "number", .line, ("Nomor", "Number"),
                (
                    "Seperti tertulis di dokumen, misalnya 188.4/123/2024.",
                    "As the document has it, e.g. 188.4/123/2024."
                )),
            ClaimField(
                "about", .line, ("Tentang", "About"),
                ("Judulnya, misalnya Layanan Antar Dokumen.", "Its title, e.g. Document Delivery Service."),
                needed: false),
            ClaimField(
                "date", .day, ("Tanggal ditetapkan", "Date issued"), ("Misalnya 21-03-2024.", "E.g. 21-03-2024.")),
            ClaimField(
                "signedBy", .line, ("Ditandatangani oleh", "Signed by"),
                (
                    "Jabatannya, bukan nama orang: Kepala Dinas Contoh.",
                    "The office, not the person: Head of the Example Office."
                )),
        ],
        .indicator: [
            ClaimField(
                "indicator", .line, ("Indikator", "Indicator"),
                ("Apa yang diukur: lama tunggu pemohon.", "What is measured: applicants' waiting time.")),
            ClaimField(
                "unit", .line, ("Satuan", "Unit"), ("Misalnya menit, persen, orang.", "E.g. minutes, per cent, people.")
            ),
            ClaimField("before", .number, ("Nilai sebelum", "Value before"), ("Misalnya 27,5.", "E.g. 27,5.")),
            ClaimField(
                "beforeDate", .day, ("Tanggal nilai sebelum", "Date of the value before"),
                ("Misalnya 31-12-2022.", "E.g. 31-12-2022.")),
            ClaimField("after", .number, ("Nilai sesudah", "Value after"), ("Misalnya 12.", "E.g. 12.")),
            ClaimField(
                "afterDate", .day, ("Tanggal nilai sesudah", "Date of the value after"),
                ("Misalnya 31-12-2024.", "E.g. 31-12-2024.")),
            ClaimField(
                "population", .line, ("Penduduk yang dilayani", "Population served"),
                ("Siapa dan berapa: 12.400 pemohon setahun.", "Who and how many: 12,400 applicants a year."),
                needed: false),
            ClaimField(
                "source", .line, ("Sumber data", "Source"),
                (
                    "Dokumen atau sistem asalnya: laporan tahunan unit 2024.",
                    "The document or system: the unit's annual report 2024."
                )),
        ],
        .testimony: [
            ClaimField(
                "quote", .text, ("Kutipan", "Quotation"),
                ("Dengan kata-katanya sendiri.", "In their own words.")),
            ClaimField(
                "who", .line, ("Siapa (peran, bukan nama)", "Who (a role, not a name)"),
                ("Misalnya pengguna layanan, orang tua murid.", "E.g. a user of the service, a pupil's parent.")),
            ClaimField(
                "consent", .yes, ("Ia setuju kutipannya ditampilkan", "They agreed to be quoted in public"),
                (
                    "Tanpa persetujuan, kutipan tidak ditampilkan kepada umum.",
                    "Without consent it is not shown in public."
                ),
                needed: false),
        ],
        .photo: [
            ClaimField(
                "caption", .line, ("Keterangan foto", "Caption"),
                ("Apa yang terlihat, di mana, kapan.", "What it shows, where, when."))
        ],
        .video: [
            ClaimField(
                "link", .link, ("Tautan video", "Video link"),
                ("Diawali https://, dapat dibuka tanpa masuk akun.", "Begins with https://, opens without signing in.")),
            ClaimField(
                "caption", .line, ("Keterangan", "Caption"),
                ("Isi video dalam satu kalimat.", "What it shows, in one sentence."), needed: false),
        ],
        .budget: [
            ClaimField("year", .year, ("Tahun anggaran", "Budget year"), ("Misalnya 2024.", "E.g. 2024.")),
            ClaimField(
                "amount", .rupiah, ("Jumlah (rupiah penuh)", "Amount (whole rupiah)"),
                ("Misalnya 150.000.000.", "E.g. 150.000.000.")),
            ClaimField(
                "source", .line, ("Sumber dana", "Source of funds"),
                ("Misalnya APBD, APBN, hibah, CSR.", "E.g. regional budget, state budget, grant.")),
        ],
        .procedure: [
            ClaimField(
                "title", .line, ("Nomor dan judul", "Number and title"),
                ("Misalnya SOP 065/12 Pelayanan Pengaduan.", "E.g. SOP 065/12 Handling Complaints.")),
            ClaimField(
                "date", .day, ("Tanggal ditetapkan", "Date issued"), ("Misalnya 02-01-2024.", "E.g. 02-01-2024.")),
        ],
    ]

    /// After the levels of indicator "regulasi inovasi" in the regional innovation index (Kemendagri), opened to
    /// ministries and agencies.
    private static let levels = [
        Choice(
            code: "unit-decree",
            name: Phrase("Keputusan kepala unit atau perangkat daerah", "Decision of the head of a unit")),
        Choice(
            code: "head-decree",
            name: Phrase(
                "Keputusan bupati, wali kota, gubernur, menteri, atau kepala lembaga",
                "Decision of a regent, mayor, governor, minister or head of agency")),
        Choice(
            code: "head-regulation",
            name: Phrase(
                "Peraturan bupati, wali kota, gubernur, menteri, atau lembaga",
                "Regulation of a regent, mayor, governor, minister or agency")),
        Choice(
            code: "law",
            name: Phrase(
                "Peraturan daerah, peraturan presiden, peraturan pemerintah, atau undang-undang",
                "Regional regulation, presidential or government regulation, or law")),
    ]
}
