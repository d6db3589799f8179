import Kernel
import Web

/// The places behind the sign-in, the most used first, each with the right it needs.
enum DeskLinks {
    private static let places: [(right: Right, name: Phrase, address: Address)] = [
        (.enterDesk, Phrase("Meja kerja", "Desk"), .path("kerja")),
        (.write, Phrase("Inovasi kami", "Our innovations"), .path("kerja", "inovasi")),
        (.followInstitution, Phrase("Antrean", "Queue"), .path("kerja", "antrean")),
        (.validate, Phrase("Perpanjang", "Renew"), .path("kerja", "perpanjang")),
        (.readSources, Phrase("Sumber data", "Data sources"), .path("kerja", "sumber")),
        (.callInstitutions, Phrase("Kemutakhiran", "Currency"), .path("kerja", "kemutakhiran")),
        (.audit, Phrase("Jejak audit", "Audit trail"), .path("kerja", "audit")),
        (.managePeople, Phrase("Orang", "People"), .path("kerja", "orang")),
        (.manageUnits, Phrase("Unit", "Units"), .path("kerja", "unit")),
        (.followInstitution, Phrase("Batas isian", "Due dates"), .path("kerja", "batas")),
        (.followInstitution, Phrase("Surat", "Letters"), .path("kerja", "surat")),
        (.followInstitution, Phrase("Pertanyaan", "Questions"), .path("kerja", "pertanyaan")),
        (.handleReports, Phrase("Laporan warga", "Reports"), .path("kerja", "laporan")),
        (.reviewTwins, Phrase("Mungkin kembar", "Possible twins"), .path("kerja", "kembar")),
        (.reviewTwins, Phrase("Penggabungan", "Merges"), .path("kerja", "gabungan")),
        (.answerDifferences, Phrase("Perbedaan sumber", "Differences"), .path("kerja", "perbedaan")),
        (.followInstitution, Phrase("Alur kompetisi", "Pipeline"), .path("kerja", "alur")),
        (.write, Phrase("Usulan", "Proposals"), .path("kerja", "usulan")),
        (.judge, Phrase("Panel", "Panel"), .path("kerja", "panel")),
        (.visit, Phrase("Kunjungan lapangan", "Field visits"), .path("kerja", "lapangan")),
        (.manageEditions, Phrase("Kompetisi", "Competitions"), .path("kerja", "kompetisi")),
        (.publish, Phrase("Berita dan panduan", "News and guides"), .path("kerja", "tulis")),
        (.readOutbox, Phrase("Pesan terkirim", "Outbox"), .path("kerja", "pesan")),
    ]

    /// All that a person's rights open.
    static func links(_ person: Person, _ language: Language) -> [Crumb] {
        places.filter { person.may($0.right) }.map {
            Crumb(language.say($0.name), $0.address)
        }
    }

    /// The few that the header has room for, on a phone too; the desk itself leads to the rest.
    static func header(_ person: Person, _ language: Language) -> [Crumb] { Array(links(person, language).prefix(4)) }
}
