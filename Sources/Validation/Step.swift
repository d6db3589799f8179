import Kernel

/// The steps of the form, in their order; their names are parts of addresses.
package enum Step: String, Sendable, Hashable, CaseIterable {
    case nama, ringkasan, latar, kebaruan, dampak, hukum, bukti, replikasi, keberlanjutan, periksa

    package var name: Phrase {
        switch self {
        case .nama: Phrase("Nama dan jenis", "Name and kind")
        case .ringkasan: Phrase("Ringkasan", "Summary")
        case .latar: Phrase("Latar belakang dan tujuan", "Background and purpose")
        case .kebaruan: Phrase("Kebaruan", "Novelty")
        case .dampak: Phrase("Dampak", "Impact")
        case .hukum: Phrase("Dasar hukum", "Legal basis")
        case .bukti: Phrase("Bukti lain", "Other evidence")
        case .replikasi: Phrase("Replikasi dan sumber daya", "Replication and resources")
        case .keberlanjutan: Phrase("Keberlanjutan", "Sustainability")
        case .periksa: Phrase("Periksa dan ajukan", "Check and submit")
        }
    }

    /// The claims written in it.
    package var claims: [ClaimKind] { ClaimKind.allCases.filter { $0.step == self } }

    package var next: Step? { Self.allCases.firstIndex(of: self).flatMap { Self.allCases.dropFirst($0 + 1).first } }
    package var previous: Step? { Self.allCases.firstIndex(of: self).flatMap { $0 > 0 ? Self.allCases[$0 - 1] : nil } }
}
