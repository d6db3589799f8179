import Kernel

/// Why an institution or a region is not shown.
package enum InstitutionRefusal: Refusal, Hashable {
    case unknownInstitution(String)
    case unknownRegion(String)
    case unknownKind(String)
    case unknownCursor

    package var kind: RefusalKind {
        switch self {
        case .unknownInstitution, .unknownRegion: .missing
        case .unknownKind, .unknownCursor: .invalid
        }
    }

    package var message: Phrase {
        switch self {
        case .unknownInstitution(let code):
            Phrase(
                "Tidak ada instansi dengan kode \(code.prefix(40)). Cari namanya di daftar instansi.",
                "There is no institution with the code \(code.prefix(40)). Look for its name in the list.")
        case .unknownRegion(let code):
            Phrase(
                "Tidak ada wilayah dengan kode \(code.prefix(40)). Pilih dari daftar provinsi.",
                "There is no region with the code \(code.prefix(40)). Choose from the provinces.")
        case .unknownKind(let kind):
            Phrase(
                "Jenis instansi “\(kind.prefix(40))” tidak ada. Yang ada: \(Institution.Kind.allCases.map(\.rawValue).joined(separator: ", ")).",
                "There is no kind “\(kind.prefix(40))”. There are: \(Institution.Kind.allCases.map(\.rawValue).joined(separator: ", "))."
            )
        case .unknownCursor:
            Phrase(
                "Penanda halaman ini tidak dikenal. Mulai lagi dari halaman pertama.",
                "This page marker is not known. Begin again from the first page.")
        }
    }

    package var problems: [Problem] {
        switch self {
        case .unknownKind: [Problem("kind", message)]
        case .unknownCursor: [Problem("cursor", message)]
        case .unknownInstitution, .unknownRegion: []
        }
    }
}
