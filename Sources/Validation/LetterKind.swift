import Kernel

/// The letters that an agency signs and the portal prepares.
package enum LetterKind: String, Sendable, Hashable, CaseIterable {
    /// From the agency to the secretariat: an account for a new admin or validator.
    case accountRequest = "account-request"
    /// An official who takes the place of another.
    case assignment
    /// What the agency validated in a period.
    case minutes

    /// The last part of its address.
    package var path: String {
        switch self {
        case .accountRequest: "akun"
        case .assignment: "tugas"
        case .minutes: "berita-acara"
        }
    }

    package init?(path: String) {
        guard let kind = Self.allCases.first(where: { $0.path == path }) else { return nil }
        self = kind
    }

    package var name: Phrase {
        switch self {
        case .accountRequest: Phrase("Surat permohonan akun", "Request for an account")
        case .assignment: Phrase("Surat tugas", "Letter of assignment")
        case .minutes: Phrase("Berita acara validasi", "Validation minutes")
        }
    }

    /// What it is for, in a sentence.
    package var purpose: Phrase {
        switch self {
        case .accountRequest:
            Phrase(
                "Meminta akun untuk admin atau validator baru, dari instansi kepada Sekretariat.",
                "Asks the secretariat for an account for a new admin or validator.")
        case .assignment:
            Phrase(
                "Menugaskan pengganti pejabat yang pindah; berlaku sejak hari yang ditulis.",
                "Assigns a successor to an official who moved; holds from the day written.")
        case .minutes:
            Phrase(
                "Mencatat inovasi yang divalidasi instansi dalam satu masa.",
                "Records what the agency validated in a period.")
        }
    }

    /// What its form asks for, in order.
    package var fields: [LetterField] {
        let signing: [LetterField] = [.number, .place, .day, .signerOffice, .signer]
        switch self {
        case .accountRequest: return [.name, .employee, .position, .unit, .email, .phone, .role] + signing
        case .assignment:
            return [.name, .employee, .position, .unit, .email, .role, .replaced, .replacedPosition, .start] + signing
        case .minutes: return [.from, .until] + signing
        }
    }
}

/// One place of a letter that is filled in or stays open. The raw value is the form field's name.
package enum LetterField: String, Sendable, Hashable, CaseIterable {
    case name = "nama", employee = "nip", position = "jabatan", unit, email = "surel", phone = "telepon"
    case role = "peran", replaced = "digantikan", replacedPosition = "jabatan_lama", start = "mulai"
    case from = "dari", until = "sampai"
    case number = "nomor", place = "tempat", day = "tanggal", signerOffice = "jabatan_penanda", signer = "nama_penanda"

    package var isDate: Bool { [.start, .from, .until, .day].contains(self) }

    package var label: Phrase {
        switch self {
        case .name: Phrase("Nama pegawai", "Official's name")
        case .employee: Phrase("NIP", "Employee number (NIP)")
        case .position: Phrase("Jabatan", "Position")
        case .unit: Phrase("Unit kerja", "Unit")
        case .email: Phrase("Surel dinas", "Office e-mail")
        case .phone: Phrase("Telepon", "Telephone")
        case .role: Phrase("Peran", "Role")
        case .replaced: Phrase("Menggantikan", "In place of")
        case .replacedPosition: Phrase("Jabatan yang digantikan", "Position of the one replaced")
        case .start: Phrase("Terhitung mulai", "From")
        case .from: Phrase("Dari tanggal", "From")
        case .until: Phrase("Sampai tanggal", "Until")
        case .number: Phrase("Nomor surat", "Number of the letter")
        case .place: Phrase("Tempat", "Place")
        case .day: Phrase("Tanggal surat", "Date of the letter")
        case .signerOffice: Phrase("Jabatan penanda tangan", "Office of the signer")
        case .signer: Phrase("Nama penanda tangan", "Name of the signer")
        }
    }
}

/// The roles that a letter can ask for or assign.
package enum LetterRole: String, Sendable, CaseIterable {
    case admin, validator

    package var name: Phrase {
        switch self {
        case .admin: Phrase("Admin instansi", "Agency admin")
        case .validator: Phrase("Validator", "Validator")
        }
    }
}
