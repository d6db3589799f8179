import Kernel

/// Why nothing can be signed.
package enum SigningRefusal: Refusal, Hashable {
    case noFolder
    case noPrivateKey(String, folder: String)
    case unwritable(String)
    case damaged

    package var kind: RefusalKind { .conflict }

    package var message: Phrase {
        switch self {
        case .noFolder:
            Phrase(
                "Folder kunci penanda tangan belum diatur. Atur SIMPUL_KEYS, lalu coba lagi.",
                "No folder of signing keys is set. Set SIMPUL_KEYS, then try again.")
        case .noPrivateKey(let id, _):
            Phrase(
                "Kunci \(id) tidak ada di folder kunci, jadi tidak ada yang dapat ditandatangani. Yang sudah ditandatangani tetap sah. Kembalikan berkas \(id).key ke folder itu, atau ganti kunci dengan: simpul award key rotate.",
                "Key \(id) is not in the folder of keys, so nothing can be signed. What was signed stays valid. Put the file \(id).key back there, or change the key with: simpul award key rotate."
            )
        case .unwritable:
            Phrase(
                "Folder kunci tidak dapat ditulisi. Periksa SIMPUL_KEYS dan hak aksesnya.",
                "The folder of keys cannot be written to. Check SIMPUL_KEYS and its permissions.")
        case .damaged:
            Phrase(
                "Daftar kunci di basis data rusak. Jalankan simpul check, lalu pulihkan dari cadangan.",
                "The list of keys in the database is damaged. Run simpul check, then restore a backup.")
        }
    }
}
