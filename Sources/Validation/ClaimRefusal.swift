import Kernel

/// Why a claim or its evidence is not taken.
package enum ClaimRefusal: Refusal, Hashable {
    case missing(Int)
    case invalid([Problem])
    /// A colleague changed it after it was opened: what they wrote, and the version to base the next change on.
    case changedMeanwhile(theirs: ClaimContent, version: Int)
    /// The claim has this file already.
    case attached(String)
    case tooMany(Int)

    package var kind: RefusalKind {
        switch self {
        case .missing: .missing
        case .invalid, .tooMany: .invalid
        case .changedMeanwhile, .attached: .conflict
        }
    }

    package var problems: [Problem] {
        if case .invalid(let problems) = self { problems } else { [] }
    }

    package var message: Phrase {
        switch self {
        case .missing:
            Phrase("Bukti atau pernyataan ini sudah tidak ada.", "This claim or evidence is no longer there.")
        case .invalid: Phrase("Ada isian yang perlu diperbaiki.", "Some fields need correcting.")
        case .changedMeanwhile:
            Phrase(
                "Rekan Anda mengubahnya sesudah Anda membukanya. Belum ada yang ditimpa; pilih isi yang benar lalu simpan.",
                "A colleague changed it after you opened it. Nothing was overwritten; choose and save.")
        case .attached(let name):
            Phrase("Berkas ini sudah dilampirkan sebagai \(name).", "This file is attached already, as \(name).")
        case .tooMany(let limit): Phrase("Paling banyak \(limit) di sini.", "At most \(limit) here.")
        }
    }
}
