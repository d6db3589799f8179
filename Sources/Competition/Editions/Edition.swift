import Kernel

/// What an edition is: a competition with winners, or a monitoring of what earlier winners became (PKRI 2024).
package enum EditionProgramme: String, Sendable, Hashable, CaseIterable {
    case competition, monitoring

    package var name: Phrase {
        switch self {
        case .competition: Phrase("kompetisi", "competition")
        case .monitoring: Phrase("pemantauan", "monitoring")
        }
    }
}

/// An edition's rules, read from its tables: what a year's guideline says, as values the rules can ask.
package struct Edition: Sendable, Hashable {
    package var name = Phrase("", "")
    package var year = 0
    package var programme = EditionProgramme.competition
    /// The code of the institution that holds it.
    package var organiser = ""
    package var zone = Zone.wib
    package var theme: String?
    /// Where the edition as a whole is known from.
    package var source: String?
    /// Reads each proposal gets at least.
    package var reads: Int?
    /// The grade, 0 to 100, from which a proposal goes on.
    package var passing: Int?
    /// How many proposals become finalists.
    package var finalists: Int?
    /// A proposal whose calibrated score lies this close to the passing grade or the last finalist gets another read.
    package var band: Int?
    /// A proposal whose scores differ by more than this gets another read.
    package var gap: Int?
    /// The share of chance when evaluators are assigned, in percent.
    package var draw: Int?
    /// Sustainable development goals a proposal names at least.
    package var goals = 0
    /// Days in which what the administrative check found missing may be handed in.
    package var cureDays = 0
    /// Whether evaluators see no names.
    package var isBlind = false
    package var stages: [EditionStage] = []
    package var groups: [EditionChoice] = []
    package var categories: [EditionChoice] = []
    package var sections: [EditionSection] = []
    package var documents: [EditionDocument] = []
    package var rules: [EditionRule] = []
    package var quotas: [EditionQuota] = []
    package var rubric: [EditionAnchor] = []
    package var presentation: [EditionPart.Timed] = []
    package var checks: [EditionCheckpoint] = []
    package var selection: [EditionBalance] = []
    package var awards: [EditionAward] = []
    package var visibility: [EditionSight] = []

    /// Whether somebody sees something at a moment: from the opening of the stage that the edition names. What no row
    /// names is the organiser's alone.
    package func shows(_ what: EditionSight.What, to who: EditionSight.Who, at moment: Instant) -> Bool {
        visibility.contains { sight in
            sight.what == what && sight.who == who
                && stages.first { $0.code == sight.stage }?.opens.map { $0 <= moment } ?? false
        }
    }

    /// The stage of a kind; the first where an edition has several.
    package func stage(_ kind: EditionStage.Kind) -> EditionStage? { stages.first { $0.kind == kind } }

    /// The sections of a group's form, in order.
    package func form(of group: String?) -> [EditionSection] {
        sections.filter { $0.group == nil || $0.group == group }
    }

    /// The documents of a group, in order.
    package func documents(of group: String?) -> [EditionDocument] {
        documents.filter { $0.group == nil || $0.group == group }
    }

    /// The rules that hold for a group.
    package func rules(of group: String?) -> [EditionRule] { rules.filter { $0.group == nil || $0.group == group } }
}

/// A group or a category.
package struct EditionChoice: Sendable, Hashable {
    package let code: String
    package let name: Phrase
    package let source: String?
}

/// A stage with its dates: it lasts from `opens` until just before `closes`.
package struct EditionStage: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case registration, administrative, cure, evaluation, plenary, finalists, objection, decree, presentation, field
        case feasibility, rating, panel, award, monitoring

        package var name: Phrase {
            switch self {
            case .registration: Phrase("pendaftaran", "registration")
            case .administrative: Phrase("pemeriksaan administrasi", "administrative check")
            case .cure: Phrase("perbaikan", "cure period")
            case .evaluation: Phrase("penilaian proposal", "evaluation of proposals")
            case .plenary: Phrase("pleno", "plenary")
            case .finalists: Phrase("pengumuman finalis", "announcement of finalists")
            case .objection: Phrase("uji publik", "public objections")
            case .decree: Phrase("keputusan menteri", "decree")
            case .presentation: Phrase("presentasi dan wawancara", "presentation and interview")
            case .field: Phrase("verifikasi lapangan", "field verification")
            case .feasibility: Phrase("penilaian fisibilitas", "feasibility")
            case .rating: Phrase("penilaian warga", "citizens' rating")
            case .panel: Phrase("keputusan panel", "decision of the panel")
            case .award: Phrase("penyerahan penghargaan", "award")
            case .monitoring: Phrase("pemantauan", "monitoring")
            }
        }
    }

    package let code: String
    package let kind: Kind
    package let name: Phrase
    package let opens: Instant?
    package let closes: Instant?
    package let source: String?

    /// Whether a request that began at this moment is within it.
    package func isOpen(at moment: Instant) -> Bool {
        opens.map { $0 <= moment } ?? false && closes.map { moment < $0 } ?? true
    }
}

/// One part of a proposal's form.
package struct EditionSection: Sendable, Hashable {
    /// The fields of a directory record that a section can be filled from.
    package static let fields = [
        "summary", "background", "purpose", "novelty", "impact", "adaptability", "resources", "sustainability",
    ]

    package let code: String
    package let group: String?
    package let name: Phrase
    package let words: Int?
    /// The share of 100 that its score has; nil where none is known.
    package let weight: Int?
    package let fills: String?
    package let source: String?
}

package struct EditionDocument: Sendable, Hashable {
    package let code: String
    package let group: String?
    package let name: Phrase
    package let isNeeded: Bool
    package let megabytes: Int?
    package let source: String?
}

/// How many proposals somebody may send.
package struct EditionQuota: Sendable, Hashable {
    package enum Scope: String, Sendable, Hashable, CaseIterable {
        case agency, unit

        package var name: Phrase { self == .agency ? Phrase("instansi", "institution") : Phrase("unit", "unit") }
    }

    package let most: Int
    package let scope: Scope
    package let group: String?
    package let source: String?
}

/// A level of the rubric: what earns a score of `scores`, for one section or for all.
package struct EditionAnchor: Sendable, Hashable {
    package let section: String?
    package let scores: ClosedRange<Int>
    package let words: Phrase
}

/// A tier of awards.
package struct EditionAward: Sendable, Hashable {
    package let code: String
    package let group: String?
    package let name: Phrase
    package let most: Int?
    package let source: String?
}

extension EditionPart {
    /// A part of the presentation: how long it takes and what it counts.
    package struct Timed: Sendable, Hashable {
        package let code: String
        package let name: Phrase
        package let minutes: Int?
        package let weight: Int?
        package let source: String?
    }
}

/// One line of the checklist that a field visit answers.
package struct EditionCheckpoint: Sendable, Hashable {
    package enum Answer: String, Sendable, Hashable, CaseIterable {
        case yesno, number, text

        package var name: Phrase {
            switch self {
            case .yesno: Phrase("ya atau tidak", "yes or no")
            case .number: Phrase("angka", "a number")
            case .text: Phrase("uraian", "words")
            }
        }
    }

    package let code: String
    package let name: Phrase
    package let answer: Answer
}

/// A published constraint on who may be chosen together: never an adjustment of scores.
package struct EditionBalance: Sendable, Hashable {
    package enum Subject: String, Sendable, Hashable, CaseIterable {
        case finalists, awards

        package var name: Phrase {
            self == .finalists ? Phrase("finalis", "finalists") : Phrase("penerima penghargaan", "those awarded")
        }
    }

    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// `value` is a category's or a group's code.
        case category, group
        /// `value` is a kind of institution: ministry, province, regency …
        case agency
        /// `value` is a list of region codes, separated by commas: lagging regions, for example.
        case regions
        /// `value` is `*`: whatever institution; at most so many of any one.
        case institution

        package var name: Phrase {
            switch self {
            case .category: Phrase("kategori", "category")
            case .group: Phrase("kelompok", "group")
            case .agency: Phrase("jenis instansi", "kind of institution")
            case .regions: Phrase("wilayah", "regions")
            case .institution: Phrase("instansi yang sama", "one institution")
            }
        }
    }

    package let subject: Subject
    package let kind: Kind
    package let value: String
    package let least: Int?
    package let most: Int?
    package let source: String?
}

/// From which stage on somebody sees something that is the organiser's alone before.
package struct EditionSight: Sendable, Hashable {
    package enum What: String, Sendable, Hashable, CaseIterable {
        /// Scores by section and comments cleared for release; to evaluators and panelists: those of the others.
        case scores
        /// Who read what.
        case evaluators
        /// Calibrated scores with their uncertainty and chances.
        case chances
        /// Where the proposal stood among the others.
        case standing

        package var name: Phrase {
            switch self {
            case .scores: Phrase("nilai dan catatan", "scores and comments")
            case .evaluators: Phrase("nama penilai", "names of the evaluators")
            case .chances: Phrase("nilai terkalibrasi dan peluang", "calibrated scores and chances")
            case .standing: Phrase("kedudukan proposal", "where the proposal stood")
            }
        }
    }

    package enum Who: String, Sendable, Hashable, CaseIterable {
        case proposer, evaluator, panelist

        package var name: Phrase {
            switch self {
            case .proposer: Phrase("pengusul", "the proposer")
            case .evaluator: Phrase("penilai", "evaluators")
            case .panelist: Phrase("panelis", "panelists")
            }
        }
    }

    package let what: What
    package let who: Who
    /// The code of a stage.
    package let stage: String
}
