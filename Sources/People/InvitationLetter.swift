import Kernel

/// The mails about an account itself.
struct InvitationLetter {
    let roles: [HeldGrant]
    let link: String?
    let site: String

    var subject: Phrase {
        link == nil
            ? Phrase("Peran baru Anda di Simpul", "Your new role in Simpul")
            : Phrase("Undangan ke Simpul", "Your invitation to Simpul")
    }

    var body: Phrase {
        func list(_ language: Language) -> String {
            roles.map { held in
                let place = [held.unitName, held.institutionName, held.grant.edition].compactMap(\.self)
                return "- " + ([language.say(held.grant.role.name)] + place).joined(separator: ", ")
            }.joined(separator: "\n")
        }
        guard let link else {
            return Phrase(
                "Anda mendapat peran berikut:\n\n\(list(.indonesian))\n\nMasuk seperti biasa: \(site)/masuk\n",
                "You have this role now:\n\n\(list(.english))\n\nSign in as usual: \(site)/en/masuk\n")
        }
        return Phrase(
            """
            Anda diundang ke Simpul, portal jaringan inovasi pelayanan publik, sebagai:

            \(list(.indonesian))

            Buka tautan ini untuk melengkapi profil dan membuat kata sandi. Tautan berlaku 7 hari dan hanya dapat dipakai sekali:

            \(link)

            Jika Anda merasa tidak semestinya menerima surel ini, abaikan saja.

            """,
            """
            You are invited to Simpul, the portal of the public-service innovation network, as:

            \(list(.english))

            Open this link to complete your profile and set a password. It is good for 7 days and works once:

            \(link)

            If this mail was not meant for you, leave it.

            """)
    }

    static func reset(_ link: String) -> (subject: Phrase, body: Phrase) {
        (
            Phrase("Kata sandi baru untuk Simpul", "A new password for Simpul"),
            Phrase(
                "Buka tautan ini untuk membuat kata sandi baru. Tautan berlaku 1 jam dan hanya dapat dipakai sekali:\n\n\(link)\n\nJika bukan Anda yang meminta, abaikan saja; kata sandi Anda tidak berubah.\n",
                "Open this link to set a new password. It is good for 1 hour and works once:\n\n\(link)\n\nIf you did not ask for it, leave it; your password is as it was.\n"
            )
        )
    }
}
