import Foundation
import Kernel

/// One innovation as the directory knows it: the current values of its record. Where each value comes from is in
/// `Provenance`, what it was before in `Revision`.
package struct Innovation: Sendable, Hashable {
    /// The national registration number (NRI), only where a source gave one; never minted here.
    package var nri: String?
    package var title = ""
    /// The short name people use, e.g. "UPTPK", and what it stands for.
    package var shortName: String?
    package var expansion: String?
    /// The institution's code (`Institution.code`); nil when unknown or when a citizen invented it.
    package var institution: String?
    /// The institution as the source spells it.
    package var institutionAsGiven: String?
    package var unit: String?
    /// A region's code (`Region.code`); nil when unknown or national.
    package var region: String?
    package var regionAsGiven: String?
    /// The year as the source states it, without saying of what.
    package var yearStated: Int?
    package var yearOfIdea: Int?
    package var yearOfTrial: Int?
    package var yearOfStart: Int?
    package var stage: Stage?
    package var form: Form?
    package var digital: Bool?
    package var category: String?
    /// The government affair (urusan pemerintahan) it belongs to.
    package var affair: String?
    /// Sustainable Development Goals, 1 to 17, ascending.
    package var sdgs: [Int] = []
    package var criteria: [Criterion: String] = [:]
    package var texts: [Section: String] = [:]
    package var continuity: Continuity?
    package var continuityReason: String?
    /// The day on which the source says whether it continues.
    package var continuityOn: Day?
    package var awards: [Award] = []
    package var links: [Link] = []
    package var activities: [Activity] = []
    /// What a source remarks that is no field of its own.
    package var notes: [String] = []

    package init() {}

    /// The stage of an innovation, in Kemendagri's words: inisiatif, uji coba, penerapan.
    package enum Stage: String, Sendable, CaseIterable { case initiative, trial, implementation }

    package enum Form: String, Sendable, CaseIterable { case service, governance, citizen, other }

    /// Whether it goes on: berlanjut dengan pengembangan, berlanjut, berhenti.
    package enum Continuity: String, Sendable, CaseIterable { case developing, continuing, stopped }

    /// The five criteria of Permen PANRB 91/2021: kebaruan, efektif, bermanfaat, mudah disebarkan, berkelanjutan.
    package enum Criterion: String, Sendable, CaseIterable {
        case novelty, effectiveness, benefit, transferability, sustainability
    }

    /// The eight curated texts, in the order they are read.
    package enum Section: String, Sendable, CaseIterable {
        case summary, background, purpose, novelty, impact, adaptability, resources, sustainability
    }

    package struct Award: Sendable, Hashable {
        /// The programme, e.g. `KIPP`, `IGA`, `UNPSA`, `Krenova Jawa Tengah`.
        package var programme: String
        package var year: Int?
        /// The rank as the source names it, e.g. `Top 99`.
        package var rank: String?
        package var decree: String?

        package init(programme: String, year: Int? = nil, rank: String? = nil, decree: String? = nil) {
            self.programme = programme
            self.year = year
            self.rank = rank
            self.decree = decree
        }
    }

    package struct Link: Sendable, Hashable {
        package enum Kind: String, Sendable { case page, video }
        package var kind: Kind
        package var address: String
        package var label: String?

        package init(kind: Kind, address: String, label: String? = nil) {
            self.kind = kind
            self.address = address
            self.label = label
        }
    }

    /// What the ministry did for it (pembinaan), dated: penciptaan, pengembangan, pelembagaan.
    package struct Activity: Sendable, Hashable {
        package enum Kind: String, Sendable, CaseIterable { case creation, development, institutionalisation }
        package var kind: Kind
        package var on: Day?
        package var note: String

        package init(kind: Kind, on: Day? = nil, note: String) {
            self.kind = kind
            self.on = on
            self.note = note
        }
    }
}

extension Innovation {
    /// The year by which it is listed: of its start, else as stated, else of trial or idea.
    package var year: Int? { yearOfStart ?? yearStated ?? yearOfTrial ?? yearOfIdea }
}
