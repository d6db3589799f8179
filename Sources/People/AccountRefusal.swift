import Kernel

/// Why something is not done to an account.
package enum AccountRefusal: Refusal, Hashable {
    case notAnEmail
    case taken
    case unknown
    case suspended
    case unknownInstitution(String)
    case unknownUnit
    case scope(Role)
    case notYours(Role)
    case yourself
    case lastSecretariat
    case letterNeeded
    case profileFirst
    case nameMissing, officeMissing
    case tooLong(String, Int)
    case phone
    case codeStillNeeded

    package var kind: RefusalKind {
        switch self {
        case .unknown: .missing
        case .notYours, .yourself: .forbidden
        case .taken, .suspended, .lastSecretariat, .profileFirst, .codeStillNeeded: .conflict
        default: .invalid
        }
    }

    package var message: Phrase {
        switch self {
        case .notAnEmail:
            Phrase(
                "Tulis alamat surel lengkap, misalnya nama@kendalkab.go.id.",
                "Write a whole e-mail address, such as nama@kendalkab.go.id.")
        case .taken:
            Phrase("Alamat surel ini sudah dipakai akun lain.", "Another account uses this e-mail address.")
        case .unknown: Phrase("Akun ini tidak ada.", "There is no such account.")
        case .suspended:
            Phrase("Akun ini sedang ditangguhkan. Pulihkan dahulu.", "This account is suspended. Restore it first.")
        case .unknownInstitution(let code):
            Phrase("Instansi \(code) tidak ada dalam daftar.", "There is no institution \(code) in the register.")
        case .unknownUnit:
            Phrase(
                "Unit ini tidak ada pada instansi itu, atau sudah ditutup.",
                "The institution has no such unit, or it is closed.")
        case .scope(let role):
            switch role.scope {
            case .nation:
                Phrase(
                    "Peran \(role.name.indonesian) berlaku nasional, tanpa instansi.",
                    "The role \(role.name.english) is national, without an institution.")
            case .institution:
                Phrase(
                    "Peran \(role.name.indonesian) memerlukan instansi.",
                    "The role \(role.name.english) needs an institution.")
            case .unit:
                Phrase(
                    "Peran \(role.name.indonesian) memerlukan instansi dan unit.",
                    "The role \(role.name.english) needs an institution and a unit.")
            case .edition:
                Phrase(
                    "Peran \(role.name.indonesian) memerlukan edisi kompetisi.",
                    "The role \(role.name.english) needs an edition of a competition.")
            }
        case .notYours(let role):
            Phrase(
                "Peran Anda tidak dapat mengatur \(role.name.indonesian) di sini.",
                "Your role cannot manage \(role.name.english) here.")
        case .yourself:
            Phrase(
                "Untuk akun Anda sendiri, mintalah admin lain atau sekretariat.",
                "For your own account, ask another admin or the secretariat.")
        case .lastSecretariat:
            Phrase(
                "Ini anggota sekretariat yang terakhir. Undang penggantinya dahulu.",
                "This is the last member of the secretariat. Invite a successor first.")
        case .letterNeeded:
            Phrase("Unggah surat tugas pengganti.", "Upload the letter of assignment.")
        case .profileFirst:
            Phrase(
                "Lengkapi profil dahulu, lalu buat kata sandi.", "Complete the profile first, then set the password.")
        case .nameMissing: Phrase("Isi nama lengkap.", "Fill in the full name.")
        case .officeMissing:
            Phrase(
                "Isi jabatan atau unit kerja; inilah yang tampil kepada publik.",
                "Fill in the office; this is what the public sees.")
        case .tooLong(_, let limit): Phrase("Paling panjang \(limit) karakter.", "At most \(limit) characters.")
        case .phone:
            Phrase(
                "Tulis nomor telepon dengan angka, misalnya 0812 3456 7890.",
                "Write the phone number in digits, such as 0812 3456 7890.")
        case .codeStillNeeded:
            Phrase("Peran Anda mewajibkan kode sekali pakai.", "Your role requires one-time codes.")
        }
    }

    package var problems: [Problem] {
        let field: String? =
            switch self {
            case .notAnEmail, .taken: "email"
            case .unknownInstitution: "institution"
            case .unknownUnit: "unit"
            case .scope: "role"
            case .letterNeeded: "letter"
            case .nameMissing: "name"
            case .officeMissing: "office"
            case .phone: "phone"
            case .tooLong(let field, _): field
            default: nil
            }
        return field.map { [Problem($0, message)] } ?? []
    }
}

/// Why a one-time link does not open.
package enum LinkRefusal: Refusal, Hashable {
    case unknown, used, expired

    package var kind: RefusalKind { self == .unknown ? .missing : .gone }

    package var message: Phrase {
        switch self {
        case .unknown:
            Phrase(
                "Tautan ini tidak dikenal. Salin seluruh tautan dari surel.",
                "This link is not known. Copy the whole link from the mail.")
        case .used:
            Phrase(
                "Tautan ini sudah dipakai. Masuklah dengan kata sandi Anda, atau minta yang baru.",
                "This link was used. Sign in with your password, or ask for a new one.")
        case .expired:
            Phrase("Tautan ini sudah kedaluwarsa. Minta yang baru.", "This link has expired. Ask for a new one.")
        }
    }
}

/// Why a sign-in does not succeed.
package enum SignInRefusal: Refusal, Hashable {
    /// The name or the password; never says which.
    case wrong
    /// Too many failures; open again at the moment given.
    case slowDown(Instant)
    /// The account rests; told only to who knows its password.
    case suspended
    /// The one-time or recovery code; with the server's time, since a clock that is off is the usual cause.
    case code(Instant)
    /// No sign-in is under way, or it ended.
    case noSession

    package var kind: RefusalKind {
        switch self {
        case .wrong, .code: .invalid
        case .slowDown: .unavailable
        case .suspended: .forbidden
        case .noSession: .conflict
        }
    }

    package var message: Phrase {
        switch self {
        case .wrong: Phrase("Surel atau kata sandi tidak cocok.", "The e-mail or the password is not right.")
        case .slowDown(let opens):
            Phrase(
                "Terlalu banyak percobaan yang gagal. Coba lagi setelah pukul \(opens.clock()) WIB.",
                "Too many failed attempts. Try again after \(opens.clock()) WIB.")
        case .suspended:
            Phrase(
                "Akun ini sedang ditangguhkan. Hubungi admin instansi Anda.",
                "This account is suspended. Ask your agency admin.")
        case .code(let now):
            Phrase(
                "Kode tidak cocok. Jam server sekarang \(now.clock()) WIB (\(now.clock(in: .wita)) WITA, \(now.clock(in: .wit)) WIT); samakan jam ponsel Anda, lalu pakai kode berikutnya.",
                "The code is not right. The server's clock says \(now.clock()) WIB (\(now.clock(in: .wita)) WITA, \(now.clock(in: .wit)) WIT); set your phone's clock, then use the next code."
            )
        case .noSession: Phrase("Waktu masuk habis. Masuklah lagi.", "The sign-in ran out of time. Sign in again.")
        }
    }

    package var problems: [Problem] {
        if case .code = self { [Problem("code", message)] } else { [] }
    }
}
