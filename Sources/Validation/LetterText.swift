import Documents
import Kernel

/// The words of the letters: plain official Indonesian. What is not known stays open as "…" to be filled in by hand.
enum LetterText {
    private static let open = "…"

    static func letter(_ kind: LetterKind, _ content: LetterContent) -> Letter {
        let (title, parts) =
            switch kind {
            case .accountRequest: ("SURAT PERMOHONAN AKUN", accountRequest(content))
            case .assignment: ("SURAT TUGAS", assignment(content))
            case .minutes: ("BERITA ACARA VALIDASI DATA INOVASI", minutes(content))
            }
        return Letter(
            head: [content.institution.uppercased()], title: title, number: "Nomor: \(text(content, .number))",
            parts: parts, place: "\(text(content, .place)), \(day(content, .day))",
            office: text(content, .signerOffice), signer: text(content, .signer))
    }

    /// What a list calls the letter.
    static func subject(_ kind: LetterKind, _ content: LetterContent) -> String {
        switch kind {
        case .accountRequest: "Permohonan akun \(role(content).lowercased()): \(text(content, .name))"
        case .assignment: "Penugasan \(role(content).lowercased()): \(text(content, .name))"
        case .minutes: "Validasi \(day(content, .from)) sampai \(day(content, .until))"
        }
    }

    private static func accountRequest(_ content: LetterContent) -> [Letter.Part] {
        [
            .paragraph("Yth. Sekretariat Jaringan Inovasi Pelayanan Publik Nasional"),
            .paragraph(
                "Dengan hormat, \(content.institution) mengajukan permohonan akun pada Simpul, direktori nasional inovasi pelayanan publik, untuk pegawai berikut:"
            ),
            .fields([
                ("Nama", text(content, .name)), ("NIP", text(content, .employee)),
                ("Jabatan", text(content, .position)), ("Unit kerja", text(content, .unit)),
                ("Surel dinas", text(content, .email)), ("Telepon", text(content, .phone)),
                ("Peran yang dimohon", role(content)),
            ]),
            .paragraph(
                "Pegawai tersebut bertanggung jawab atas kebenaran data yang diisi dan divalidasi dengan akunnya. Apabila yang bersangkutan dipindahtugaskan atau berhenti, kami menyampaikan surat tugas penggantinya kepada Sekretariat."
            ),
            .paragraph(
                "Data pribadi dalam surat ini hanya digunakan untuk membuat dan mengelola akun tersebut."),
            .paragraph(
                "Demikian permohonan ini kami sampaikan. Atas perhatian Sekretariat, kami ucapkan terima kasih."),
        ]
    }

    private static func assignment(_ content: LetterContent) -> [Letter.Part] {
        [
            .paragraph("Yang bertanda tangan di bawah ini:"),
            .fields([
                ("Nama", text(content, .signer)), ("Jabatan", text(content, .signerOffice)),
                ("Instansi", content.institution),
            ]),
            .paragraph("menugaskan:"),
            .fields([
                ("Nama", text(content, .name)), ("NIP", text(content, .employee)),
                ("Jabatan", text(content, .position)), ("Unit kerja", text(content, .unit)),
                ("Surel dinas", text(content, .email)),
            ]),
            .paragraph(
                "sebagai \(role(content).lowercased()) Simpul pada \(content.institution), terhitung mulai \(day(content, .start)), menggantikan:"
            ),
            .fields([("Nama", text(content, .replaced)), ("Jabatan", text(content, .replacedPosition))]),
            .paragraph(
                "Sejak tanggal tersebut peran pejabat yang digantikan berakhir. Draf dan data yang telah ditulis tetap berada pada unit dan dilanjutkan oleh penggantinya."
            ),
            .paragraph("Demikian surat tugas ini dibuat untuk dilaksanakan dengan penuh tanggung jawab."),
        ]
    }

    private static func minutes(_ content: LetterContent) -> [Letter.Part] {
        let lines = content.acts.map { act in
            "\(act.title) (nomor \(act.innovation)), \(done(act)) pada \(act.on.long(.indonesian)) oleh \(act.office), berlaku sampai dengan \(act.lastDay.long(.indonesian))."
        }
        return [
            .paragraph(
                "Dalam masa \(day(content, .from)) sampai dengan \(day(content, .until)), \(content.institution) telah memeriksa data inovasi pelayanan publik berikut beserta buktinya pada Simpul, direktori nasional inovasi pelayanan publik:"
            ),
            .list(lines),
            .paragraph("Jumlah: \(Language.indonesian.number(lines.count)) tindakan validasi."),
            .paragraph(
                "Dengan berita acara ini \(content.institution) menyatakan bertanggung jawab atas kebenaran data tersebut sampai masa berlakunya berakhir."
            ),
            .paragraph("Demikian berita acara ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya."),
        ]
    }

    private static func done(_ act: LetterContent.Act) -> String {
        switch act.act {
        case "renewed": "diperpanjang"
        case "stopped": "dinyatakan berhenti"
        default: "divalidasi"
        }
    }

    private static func text(_ content: LetterContent, _ field: LetterField) -> String { content[field] ?? open }

    private static func day(_ content: LetterContent, _ field: LetterField) -> String {
        content.day(field)?.long(.indonesian) ?? open
    }

    private static func role(_ content: LetterContent) -> String {
        content[.role].flatMap(LetterRole.init)?.name.indonesian ?? open
    }
}
