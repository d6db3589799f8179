import Kernel

/// A unit of an institution: it writes innovations; a custodian unit (often the organisation bureau for KIPP, Bappeda or
/// BRIDA for IGA) looks after them.
package struct OfficeUnit: Sendable, Hashable {
    package let id: Int
    package let institution: String
    package let name: String
    package let custodian: Bool
    package let closed: Instant?
    /// Accounts with a role at it.
    package let people: Int
}

/// Why a unit is not changed.
package enum UnitRefusal: Refusal, Hashable {
    case unknown
    case nameMissing
    case nameTooLong
    case nameTaken
    case hasPeople(Int)

    package var kind: RefusalKind {
        switch self {
        case .unknown: .missing
        case .hasPeople: .conflict
        case .nameMissing, .nameTooLong, .nameTaken: .invalid
        }
    }

    package var message: Phrase {
        switch self {
        case .unknown: Phrase("Unit ini tidak ada.", "There is no such unit.")
        case .nameMissing: Phrase("Isi nama unit.", "Fill in the unit's name.")
        case .nameTooLong: Phrase("Nama unit paling panjang 200 karakter.", "A unit's name has at most 200 characters.")
        case .nameTaken:
            Phrase("Instansi ini sudah mempunyai unit bernama itu.", "The institution has a unit of this name.")
        case .hasPeople(let count):
            Phrase(
                "Masih ada \(count) akun pada unit ini. Akhiri atau pindahkan perannya dahulu.",
                "\(count) accounts still belong to this unit. End or move their roles first.")
        }
    }

    package var problems: [Problem] { kind == .invalid ? [Problem("name", message)] : [] }
}
