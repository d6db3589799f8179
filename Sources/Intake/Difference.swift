import Kernel

/// What an agency answers where a source says something else than its own record.
package enum Difference {
    package enum Choice: String, Sendable, Hashable, CaseIterable {
        /// What the agency wrote holds.
        case keep
        /// The source is right; its value becomes the agency's own.
        case take

        package var name: Phrase {
            switch self {
            case .keep: Phrase("Pakai nilai kami", "Keep our value")
            case .take: Phrase("Pakai nilai sumber", "Take the source's value")
            }
        }
    }

    /// Why a revision was made: names the field and the source as their pages do.
    package static func reason(field: String, source: String, externalID: String) -> String {
        "\(field) diambil dari sumber \(source) nomor \(externalID)"
    }
}

/// Why answers are not taken. Nothing of the form is saved then.
package enum DifferenceRefusal: Refusal, Hashable {
    case nothingChosen
    case incomplete([Problem])

    package var kind: RefusalKind { .invalid }

    package var message: Phrase {
        switch self {
        case .nothingChosen: Phrase("Pilih paling sedikit satu nilai.", "Choose at least one value.")
        case .incomplete:
            Phrase(
                "Belum ada yang disimpan. Periksa yang ditandai, lalu simpan lagi.",
                "Nothing is saved yet. Look at what is marked, then save again.")
        }
    }

    package var problems: [Problem] {
        if case .incomplete(let problems) = self { problems } else { [] }
    }
}
