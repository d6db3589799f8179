import Kernel
import Web

/// The places behind the sign-in, in the order of the header, each with the right it needs.
enum DeskLinks {
    private static let places: [(right: Right, name: Phrase, address: Address)] = [
        (.enterDesk, Phrase("Meja kerja", "Desk"), .path("kerja")),
        (.write, Phrase("Inovasi kami", "Our innovations"), .path("kerja", "inovasi")),
        (.validate, Phrase("Antrean", "Queue"), .path("kerja", "antrean")),
        (.validate, Phrase("Perpanjang", "Renew"), .path("kerja", "perpanjang")),
        (.followInstitution, Phrase("Pertanyaan", "Questions"), .path("kerja", "pertanyaan")),
        (.handleReports, Phrase("Laporan warga", "Reports"), .path("kerja", "laporan")),
        (.followInstitution, Phrase("Batas isian", "Due dates"), .path("kerja", "batas")),
        (.followInstitution, Phrase("Surat", "Letters"), .path("kerja", "surat")),
        (.callInstitutions, Phrase("Kemutakhiran", "Currency"), .path("kerja", "kemutakhiran")),
        (.managePeople, Phrase("Orang", "People"), .path("kerja", "orang")),
        (.manageUnits, Phrase("Unit", "Units"), .path("kerja", "unit")),
        (.followInstitution, Phrase("Surat", "Letters"), .path("kerja", "surat")),
        (.publish, Phrase("Tulis", "Write"), .path("kerja", "tulis")),
        (.readOutbox, Phrase("Pesan terkirim", "Outbox"), .path("kerja", "pesan")),
        (.audit, Phrase("Jejak audit", "Audit trail"), .path("kerja", "audit")),
    ]

    static func links(_ person: Person, _ language: Language) -> [Crumb] {
        places.filter { person.may($0.right) }.map {
            Crumb(language.say($0.name), $0.address)
        }
    }
}
