import Documents
import Kernel

/// The words of the letters that go with a proposal: plain official Indonesian. What only the signer knows stays open
/// as "…" to be filled in by hand.
enum ProposalLetterText {
    private static let open = "…"

    static func letter(_ facts: ProposalLetter) -> Letter {
        let (title, parts) =
            switch facts.kind {
            case .covering: ("SURAT PENGANTAR", covering(facts))
            case .identity: ("SURAT PERNYATAAN IDENTITAS INOVATOR", identity(facts))
            case .implementation: ("SURAT PERNYATAAN IMPLEMENTASI INOVASI", implementation(facts))
            case .willingness: ("SURAT PERNYATAAN KESEDIAAN DIREPLIKASI", willingness(facts))
            case .replication: ("SURAT KETERANGAN REPLIKASI INOVASI", replication(facts))
            }
        let writes = facts.kind == .replication ? facts.original?.institution ?? open : facts.institution
        return Letter(
            head: [writes.uppercased()], title: title, number: "Nomor: \(open)", parts: parts,
            place: "\(open), \(open)", office: open, signer: open)
    }

    private static func covering(_ facts: ProposalLetter) -> [Letter.Part] {
        [
            .paragraph("Yth. Sekretariat \(facts.edition), \(facts.organiser)"),
            .paragraph(
                "Dengan hormat, \(facts.institution) menyampaikan usulan inovasi pelayanan publik untuk mengikuti \(facts.edition):"
            ),
            .fields(
                innovation(facts) + [
                    ("Kelompok", facts.group ?? open), ("Kategori", facts.category ?? open),
                    ("Nomor usulan", String(facts.proposal)),
                ]),
        ]
            + (facts.documents.isEmpty
                ? [] : [.paragraph("Bersama surat ini kami sertakan:"), .list(facts.documents)])
            + [
                .paragraph(
                    "Isi usulan tersebut telah kami periksa, sesuai dengan keadaan yang sebenarnya, dan bukan salinan usulan pihak lain."
                ),
                .paragraph("Atas perhatian Sekretariat, kami ucapkan terima kasih."),
            ]
    }

    private static func identity(_ facts: ProposalLetter) -> [Letter.Part] {
        [
            .paragraph("Yang bertanda tangan di bawah ini:"), .fields(signer(facts)),
            .paragraph("menyatakan bahwa inovasi pelayanan publik berikut:"), .fields(innovation(facts)),
            .paragraph("digagas dan dikembangkan oleh:"),
            .fields([
                ("Inovator", "\(open) (perorangan / tim)"), ("Ketua", open), ("Anggota", open), ("Unit kerja", open),
            ]),
            .paragraph(
                "Inovasi ini bukan milik pihak lain. Apabila di kemudian hari pernyataan ini terbukti tidak benar, kami menerima akibatnya sesuai ketentuan \(facts.edition), termasuk pembatalan keikutsertaan."
            ),
            truthful,
        ]
    }

    private static func implementation(_ facts: ProposalLetter) -> [Letter.Part] {
        [
            .paragraph("Yang bertanda tangan di bawah ini:"), .fields(signer(facts)),
            .paragraph("menyatakan bahwa inovasi pelayanan publik berikut telah dilaksanakan:"),
            .fields(
                innovation(facts) + [
                    ("Mulai dilaksanakan", facts.yearOfStart.map { "\(open) \($0)" } ?? open),
                    ("Tempat pelaksanaan", open), ("Dasar pelaksanaan", "\(open) (nomor dan tanggal keputusan)"),
                    ("Keadaan sekarang", open),
                ]),
            .paragraph(
                "Tanggal mulai dan keadaan tersebut dapat dibuktikan dengan dokumen yang kami simpan dan kami tunjukkan bila diminta."
            ),
            truthful,
        ]
    }

    private static func willingness(_ facts: ProposalLetter) -> [Letter.Part] {
        [
            .paragraph("Yang bertanda tangan di bawah ini:"), .fields(signer(facts)),
            .paragraph("menyatakan bahwa \(facts.institution) bersedia inovasi berikut direplikasi instansi lain:"),
            .fields(innovation(facts)),
            .paragraph("Untuk itu kami bersedia:"),
            .list([
                "menjelaskan cara kerja, biaya, dan syarat inovasi kepada instansi yang hendak mereplikasi;",
                "menerima kunjungan belajar dan mendampingi penerapannya sesuai kemampuan;",
                "memberikan dokumen pendukung, kecuali yang dirahasiakan menurut peraturan;",
                "menyebut dan disebut sebagai asal inovasi dalam setiap replikasi.",
            ]),
            truthful,
        ]
    }

    private static func replication(_ facts: ProposalLetter) -> [Letter.Part] {
        [
            .paragraph("Yang bertanda tangan di bawah ini:"),
            .fields([
                ("Nama", open), ("NIP", open), ("Jabatan", open), ("Instansi", facts.original?.institution ?? open),
            ]),
            .paragraph("menerangkan bahwa inovasi kami:"),
            .fields([
                ("Judul inovasi", facts.original?.title ?? open),
                ("Nomor inovasi", facts.original.map { String($0.number) } ?? open),
            ]),
            .paragraph("telah direplikasi oleh \(facts.institution) sebagai:"), .fields(innovation(facts)),
            .fields([("Mulai direplikasi", open), ("Bentuk pendampingan", open)]),
            .paragraph("Surat keterangan ini dibuat untuk melengkapi usulan pada \(facts.edition)."), truthful,
        ]
    }

    private static func innovation(_ facts: ProposalLetter) -> [(String, String)] {
        [
            ("Judul inovasi", facts.title), ("Nomor inovasi", String(facts.innovation)),
            ("Unit penyelenggara", facts.unit ?? open), ("Instansi", facts.institution),
        ]
    }

    private static func signer(_ facts: ProposalLetter) -> [(String, String)] {
        [
            ("Nama", open), ("NIP", open), ("Jabatan", open), ("Unit kerja", facts.unit ?? open),
            ("Instansi", facts.institution),
        ]
    }

    private static let truthful = Letter.Part.paragraph(
        "Demikian surat ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya.")
}
