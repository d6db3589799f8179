import Kernel

/// What a spelling of an institution turned out to be.
package enum Resolution: Sendable, Hashable {
    case found(code: String, how: How)
    case unresolved(Reason)

    /// The institution's code, nil when unresolved.
    package var code: String? {
        if case .found(let code, _) = self { code } else { nil }
    }

    /// By which rule a spelling was recognised.
    package enum How: String, Sendable, Codable, CaseIterable {
        case official, former, short, spelling, government, unit, office, enterprise, otherKind, region, typo

        /// The rule in words, for the list an editor checks.
        package var phrase: Phrase {
            switch self {
            case .official: Phrase("nama resmi", "official name")
            case .former: Phrase("nama lama", "former name")
            case .short: Phrase("nama singkat", "short name")
            case .spelling: Phrase("ejaan lain", "another spelling")
            case .government: Phrase("pemerintah daerah yang disebut", "the government named")
            case .unit: Phrase("unit dari pemerintah daerah yang disebut", "a unit of the government named")
            case .office: Phrase("kantor atau unit dari instansi pusat", "an office of a national body")
            case .enterprise: Phrase("badan usaha dari daerah yang disebut", "the enterprise of the place named")
            case .otherKind: Phrase("satu-satunya daerah bernama ini", "the only place of this name")
            case .region: Phrase("dari kolom wilayah", "from the region column")
            case .typo: Phrase("salah ketik kecil", "a small typing error")
            }
        }
    }

    /// Why a spelling is no single institution. Codes are institutions' codes, sorted.
    package enum Reason: Sendable, Hashable {
        case empty
        case citizens
        case ambiguous([String])
        case several([String])
        case manyGovernments(region: String)
        case unitWithoutGovernment
        case village
        case enterpriseNotListed(owner: String?)
        case universityNotListed
        case unknown

        /// The reason in words.
        package var phrase: Phrase {
            switch self {
            case .empty: Phrase("Sumber tidak menyebut instansi.", "The source names no institution.")
            case .citizens:
                Phrase(
                    "Perorangan atau kelompok warga, bukan instansi.", "A person or a community, not an institution.")
            case .ambiguous(let codes):
                Phrase(
                    "Dapat berarti lebih dari satu instansi: \(codes.joined(separator: ", ")).",
                    "May mean more than one institution: \(codes.joined(separator: ", ")).")
            case .several(let codes):
                Phrase(
                    "Menyebut beberapa instansi: \(codes.joined(separator: ", ")).",
                    "Names several institutions: \(codes.joined(separator: ", ")).")
            case .manyGovernments(let region):
                Phrase(
                    "Pemerintah-pemerintah daerah di wilayah \(region), bukan satu instansi.",
                    "The governments within region \(region), not one institution.")
            case .unitWithoutGovernment:
                Phrase(
                    "Unit tanpa nama pemerintah daerahnya.", "A unit without the name of the government it belongs to.")
            case .village:
                Phrase(
                    "Pemerintah desa; kabupatennya tidak disebut.", "A village government; its regency is not named.")
            case .enterpriseNotListed(let owner):
                Phrase(
                    "Badan usaha yang belum ada dalam daftar\(owner.map { " (daerah: \($0))" } ?? "").",
                    "An enterprise that is not listed yet\(owner.map { " (place: \($0))" } ?? "").")
            case .universityNotListed:
                Phrase("Perguruan tinggi yang belum ada dalam daftar.", "A university that is not listed yet.")
            case .unknown: Phrase("Belum dikenal.", "Not known yet.")
            }
        }
    }
}
