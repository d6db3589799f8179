import Kernel
import People

extension Proposal {
    /// What the administrative check asked of the agency, and what became of it. Its form stays as it was submitted:
    /// documents can be handed in, and an answer.
    package struct Cure: Sendable, Hashable {
        package let asked: String
        /// Requests that began before it count.
        package let until: Instant
        package let answer: String?
        /// When the agency handed it back.
        package let endedAt: Instant?

        /// Whether it is the agency's turn.
        package func isOpen(at moment: Instant) -> Bool { endedAt == nil && moment < until }
    }

    /// Why grants do not let somebody hand in what the check asked for; nil when they do.
    package func mayCure(_ grants: [Grant], _ zone: Zone, at moment: Instant) -> ProposalRefusal? {
        if let refusal = mayRead(grants) { return refusal }
        guard state == .submitted, let cure else { return .state(state) }
        guard cure.endedAt == nil else { return .cureEnded }
        return moment < cure.until ? nil : .cureLate(ProposalDeadline(closes: cure.until, zone: zone))
    }
}

extension Edition {
    /// Until when what is asked for at a moment may be handed in: the end of the last of `cureDays` whole days in the
    /// edition's zone, though not after the close of a dated cure stage; nil where the edition grants none, or its stage
    /// is over.
    package func cureEnd(from moment: Instant) -> Instant? {
        guard cureDays > 0 else { return nil }
        let day = moment.day(in: zone).daysSince1970 + cureDays + 1
        let end = Instant(milliseconds: Int64(day) * 86_400_000 - Int64(zone.hours) * 3_600_000)
        guard let closes = stage(.cure)?.closes else { return end }
        return moment < closes ? min(end, closes) : nil
    }
}

/// What an administrative check finds most often, to be ticked; the words of the person come after it.
package enum AdministrativeReason: String, Sendable, Hashable, CaseIterable {
    case missing = "dokumen-kurang"
    case unsigned = "tanda-tangan"
    case unreadable = "tidak-terbaca"
    case wrong = "salah-dokumen"
    case age = "umur"
    case nonsense = "isi"
    case copied = "salinan"
    case entered = "sudah-diusulkan"
    case group = "kelompok"

    package var sentence: Phrase {
        switch self {
        case .missing: Phrase("Dokumen wajib belum lengkap.", "A required document is missing.")
        case .unsigned:
            Phrase(
                "Surat belum ditandatangani pejabat yang berwenang.", "A letter is not signed by the right official.")
        case .unreadable: Phrase("Dokumen tidak terbaca.", "A document cannot be read.")
        case .wrong: Phrase("Dokumen yang diunggah bukan yang diminta.", "A document is not the one asked for.")
        case .age: Phrase("Tanggal mulai inovasi belum terbukti.", "The day of its start is not proved.")
        case .nonsense: Phrase("Isi bagian tidak menjawab pertanyaannya.", "A section does not answer its question.")
        case .copied: Phrase("Isi sama dengan usulan lain.", "The text is that of another proposal.")
        case .entered: Phrase("Inovasi ini sudah diusulkan.", "The innovation is proposed already.")
        case .group: Phrase("Kelompok atau kategori tidak sesuai.", "The group or the category does not fit.")
        }
    }

    /// What was ticked and what was written, as the proposer reads it.
    package static func text(_ chosen: [AdministrativeReason], _ words: String) -> String {
        (allCases.filter(chosen.contains).map(\.sentence.indonesian) + (words.isEmpty ? [] : [words]))
            .joined(separator: " ")
    }
}
