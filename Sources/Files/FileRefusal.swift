import Kernel

/// Why a file is not taken in, or not given out, and what to do about it.
package enum FileRefusal: Refusal, Hashable {
    case empty
    case tooLarge(Int, most: Int)
    /// What it is in words, and what it was handed in as.
    case notAllowed(Phrase, FileKind)
    case tooManyPages(Int)
    case tooManyPixels(width: Int, height: Int)
    case inflatesTooFar
    case macro
    case locked
    case damaged(FileType?)
    case infected(String)
    case missing
    /// It was stored and a later scan found something in it.
    case withdrawn

    package var kind: RefusalKind {
        switch self {
        case .missing: .missing
        case .withdrawn: .gone
        default: .invalid
        }
    }

    package var message: Phrase {
        switch self {
        case .empty:
            Phrase(
                "Berkas ini kosong (0 byte). Periksa berkasnya, lalu unggah lagi.",
                "This file is empty (0 bytes). Check the file and upload it again.")
        case .tooLarge(let size, let most):
            sized(size, most)
        case .notAllowed(let found, let kind):
            Phrase(
                "Isi berkas ini adalah \(found.indonesian). Untuk \(kind.label.indonesian), unggah \(kind.allowed.indonesian). Mengganti akhiran nama saja tidak cukup: simpan ulang dalam bentuk itu.",
                "The content of this file is \(found.english). For a \(kind.label.english), upload \(kind.allowed.english). Renaming it is not enough: save it again in that form."
            )
        case .tooManyPages(let pages):
            Phrase(
                "PDF ini \(Language.indonesian.number(pages)) halaman; paling banyak \(ContentLimit.pages). Unggah bagian yang menjadi bukti saja.",
                "This PDF has \(Language.english.number(pages)) pages; the most is \(ContentLimit.pages). Upload only the part that proves the claim."
            )
        case .tooManyPixels(let width, let height):
            Phrase(
                "Gambar ini \(width) × \(height) piksel; paling besar 50 megapiksel. Perkecil gambarnya, lalu unggah lagi.",
                "This picture has \(width) × \(height) pixels; the most is 50 megapixels. Make it smaller and upload it again."
            )
        case .inflatesTooFar:
            Phrase(
                "Isi dokumen ini setelah dibuka jauh lebih besar daripada yang wajar. Simpan ulang sebagai PDF atau dokumen baru.",
                "The content of this document is far larger when opened than is reasonable. Save it again as a PDF or a new document."
            )
        case .macro:
            Phrase(
                "Dokumen ini berisi makro. Simpan ulang tanpa makro (.docx atau .xlsx), lalu unggah lagi.",
                "This document contains macros. Save it again without macros (.docx or .xlsx) and upload it again.")
        case .locked:
            Phrase(
                "Dokumen ini dikunci dengan kata sandi. Simpan ulang tanpa kata sandi, lalu unggah lagi.",
                "This document is locked with a password. Save it again without one and upload it again.")
        case .damaged(let type):
            Phrase(
                "Berkas\(type.map { " " + $0.label } ?? "") ini rusak atau tidak lengkap. Buka dan simpan ulang, lalu unggah lagi.",
                "This\(type.map { " " + $0.label } ?? "") file is damaged or incomplete. Open it, save it again, and upload it again."
            )
        case .infected(let name):
            Phrase(
                "Pemindai menemukan virus di berkas ini (\(name)). Berkas tidak disimpan. Bersihkan komputer Anda, lalu unggah berkas yang bersih.",
                "The scanner found a virus in this file (\(name)). It was not stored. Clean your computer and upload a clean file."
            )
        case .missing:
            Phrase("Berkas ini tidak ada.", "There is no such file.")
        case .withdrawn:
            Phrase(
                "Berkas ini tidak dibagikan lagi karena mengandung virus. Pemiliknya perlu mengunggah berkas yang bersih.",
                "This file is no longer given out because it contains a virus. Its owner needs to upload a clean one.")
        }
    }

    /// The refusal as a problem beside the form's file field.
    package func problem(at field: String) -> Problem { Problem(field, message) }

    private func sized(_ size: Int, _ most: Int) -> Phrase {
        let (has, may) = (FileRefusal.megabytes(size), FileRefusal.megabytes(most))
        return Phrase(
            "Berkas ini \(has.indonesian); paling besar \(may.indonesian). Perkecil atau bagi berkasnya, lalu unggah lagi.",
            "This file has \(has.english); the most is \(may.english). Make it smaller or split it, and upload it again."
        )
    }

    /// Bytes as megabytes with at most one decimal, rounded up, so that what is too large never reads like the limit.
    package static func megabytes(_ bytes: Int) -> Phrase {
        let tenths = (bytes * 10 + (1 << 20) - 1) >> 20
        let (whole, rest) = (tenths / 10, tenths % 10)
        func text(_ language: Language) -> String {
            language.number(whole) + (rest == 0 ? "" : language.say(",", ".") + "\(rest)") + " MB"
        }
        return Phrase(text(.indonesian), text(.english))
    }
}
