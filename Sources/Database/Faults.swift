import Kernel

/// Something that should not happen: logged with its statement, never shown.
package struct DatabaseFault: Error, CustomStringConvertible {
    package enum Kind: Sendable { case unique, foreignKey, check, other }
    package let kind: Kind
    package let statement: String
    package let message: String

    init(_ kind: Kind = .other, statement: String, message: String) {
        self.kind = kind
        self.statement = statement
        self.message = message
    }

    package var description: String { "\(message) — in: \(statement)" }

    static func column(_ name: String, _ what: String) -> DatabaseFault {
        DatabaseFault(statement: "row.\(name)", message: "column \(name) \(what)")
    }
}

/// Why a database cannot be used just now, or not by this program.
package enum DatabaseRefusal: Refusal {
    /// The server does not answer, or the disk does not.
    case unavailable(String)
    case full
    case address(String)
    case notADatabase(String)
    /// It holds migrations that this program does not know.
    case newer([String])
    /// Text with a NUL character; neither engine may get it.
    case nul

    package var kind: RefusalKind {
        switch self {
        case .unavailable, .full: .unavailable
        case .nul: .malformed
        case .address, .notADatabase, .newer: .conflict
        }
    }

    package var message: Phrase {
        switch self {
        case .unavailable(let why):
            Phrase(
                "Basis data tidak dapat dihubungi (\(why)). Yang sudah tersimpan aman; coba lagi sebentar lagi.",
                "The database does not answer (\(why)). What was saved is safe; try again in a moment.")
        case .full:
            Phrase(
                "Ruang simpan penuh. Yang sudah tersimpan aman; kosongkan ruang lalu ulangi.",
                "The disk is full. What was saved is safe; free some space and try again.")
        case .address(let text):
            Phrase(
                "Alamat basis data \(text) tidak dikenal. Tulis sqlite:BERKAS atau postgres://PENGGUNA@HOST/NAMA.",
                "The database address \(text) is not known. Write sqlite:FILE or postgres://USER@HOST/NAME.")
        case .notADatabase(let path):
            Phrase(
                "\(path) bukan basis data SQLite yang dapat dibaca. Periksa jalurnya, atau pulihkan dari cadangan.",
                "\(path) is not a readable SQLite database. Check the path, or restore a backup.")
        case .newer(let unknown):
            Phrase(
                "Basis data ini dibuat oleh Simpul yang lebih baru (\(unknown.joined(separator: ", "))). Pakai versi itu.",
                "This database was made by a newer Simpul (\(unknown.joined(separator: ", "))). Use that version.")
        case .nul:
            Phrase("Hapus karakter NUL dari teks.", "Remove the NUL character from the text.")
        }
    }
}
