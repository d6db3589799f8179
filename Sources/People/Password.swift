import Foundation
import Kernel

/// What a password must be: long, and nothing that a stranger would try first. No composition rules (NIST SP 800-63B,
/// section 5.1.1.2).
package enum Password {
    /// Characters.
    package static let length = 12...200

    /// Throws `PasswordRefusal` for a password that may not be set for an account.
    package static func check(_ password: String, email: String) throws(PasswordRefusal) {
        let text = normal(password)
        guard text.count >= length.lowerBound else { throw .tooShort }
        guard text.count <= length.upperBound else { throw .tooLong }
        let folded = text.lowercased()
        let name = email.lowercased()
        guard folded != name, folded != name.prefix(while: { $0 != "@" }) else { throw .isEmail }
        guard Set(folded).count > 2, !common.contains(folded) else { throw .common }
    }

    /// The same password however a keyboard composes its letters.
    static func normal(_ password: String) -> String { password.precomposedStringWithCanonicalMapping }

    // The commonest of twelve and more characters in published lists, and their Indonesian kin.
    private static let common: Set<String> = [
        "123456789012", "1234567890123", "12345678901234", "123456789123", "0123456789012", "012345678910",
        "123412341234", "123123123123", "121212121212", "1q2w3e4r5t6y", "1qaz2wsx3edc", "1qaz2wsx3edc4rfv",
        "qwertyuiop12", "qwertyuiop123", "qwertyuiop[]", "qwerty123456", "qwertyqwerty", "asdfghjkl123",
        "asdfghjklzxcvbnm", "zxcvbnm12345", "abcdefghijkl", "abcdefghijklm", "abcdef123456", "abc123abc123",
        "aaaaaabbbbbb", "password1234", "password12345", "password123456", "passwordpassword", "password2024",
        "password2025", "password2026", "p@ssw0rd1234", "p@ssword1234", "passw0rd1234", "administrator",
        "administrator1", "admin1234567", "admin123admin", "adminadmin123", "administrasi", "letmein12345",
        "iloveyou1234", "iloveyou12345", "welcome12345", "welcome123456", "changeme1234", "rahasia12345",
        "rahasia123456", "katasandi123", "katasandi1234", "sandisandi12", "indonesia123", "indonesia1234",
        "indonesia1945", "indonesia2024", "indonesia2025", "indonesia2026", "indonesiaraya", "bismillah123",
        "bismillah1234", "alhamdulillah", "alhamdulillah123", "assalamualaikum", "astaghfirullah", "pancasila1945",
        "merdeka17845", "jakarta12345", "surabaya1234", "semarang1234", "sayangku1234", "sayangsayang",
        "inovasi12345", "inovasidaerah", "pemerintah123", "sekretariat1", "sekretariat123", "pelayanan123",
        "pelayananpublik",
    ]
}

/// Why a password is not taken.
package enum PasswordRefusal: Refusal, Hashable {
    case tooShort, tooLong, isEmail, common
    /// The password that they have now, asked for before a change, is wrong.
    case wrong
    /// Too many sign-ins wait for their turn.
    case busy

    package var kind: RefusalKind { self == .busy ? .unavailable : .invalid }

    package var message: Phrase {
        switch self {
        case .tooShort:
            Phrase(
                "Kata sandi minimal \(Password.length.lowerBound) karakter. Beberapa kata yang mudah Anda ingat sudah cukup.",
                "A password has at least \(Password.length.lowerBound) characters. A few words that you remember will do."
            )
        case .tooLong:
            Phrase(
                "Kata sandi paling panjang \(Password.length.upperBound) karakter.",
                "A password has at most \(Password.length.upperBound) characters.")
        case .isEmail:
            Phrase(
                "Kata sandi tidak boleh sama dengan alamat surel. Pilih yang lain.",
                "The password must not be the e-mail address. Choose another.")
        case .common:
            Phrase(
                "Kata sandi ini termasuk yang paling sering dipakai orang, jadi mudah ditebak. Pilih yang lain.",
                "This password is among the most common, so it is easy to guess. Choose another.")
        case .wrong:
            Phrase("Kata sandi sekarang tidak cocok.", "The current password is not right.")
        case .busy:
            Phrase(
                "Banyak orang sedang masuk bersamaan. Coba lagi sebentar.",
                "Many people are signing in at once. Try again in a moment.")
        }
    }

    package var problems: [Problem] {
        switch self {
        case .busy: []
        case .wrong: [Problem("current", message)]
        case .tooShort, .tooLong, .isEmail, .common: [Problem("password", message)]
        }
    }
}
