import Kernel

/// A tie as typed: what kind, to what, and a word on it.
package struct TieDraft: Sendable, Hashable {
    package enum Subject: String, Sendable, Hashable, CaseIterable {
        /// By code or by whole name.
        case institution
        /// By number.
        case unit, innovation, proposal

        package var name: Phrase {
            switch self {
            case .institution: Phrase("Instansi (kode atau nama lengkap)", "Institution (code or full name)")
            case .unit: Phrase("Unit (nomor)", "Unit (number)")
            case .innovation: Phrase("Inovasi (nomor)", "Innovation (number)")
            case .proposal: Phrase("Usulan (nomor)", "Proposal (number)")
            }
        }
    }

    package let kind: ConflictSide.Tie.Kind
    package let subject: Subject
    package let value: String
    package let words: String?

    package init(_ kind: ConflictSide.Tie.Kind, _ subject: Subject, _ value: String, words: String? = nil) {
        (self.kind, self.subject, self.value, self.words) = (kind, subject, value, words)
    }
}

extension ConflictSide.Tie.Kind {
    /// How somebody says it of themselves.
    package var words: Phrase {
        switch self {
        case .works: Phrase("Bekerja di sana", "Work there")
        case .worked: Phrase("Pernah bekerja di sana", "Worked there")
        case .mentor: Phrase("Mendampingi", "Mentor them")
        case .trainer: Phrase("Melatih", "Trained them")
        case .author: Phrase("Ikut menulis atau mencipta", "Co-wrote or co-created it")
        case .other: Phrase("Hubungan lain (keluarga, usaha, sengketa)", "Another tie (family, business, dispute)")
        }
    }
}
