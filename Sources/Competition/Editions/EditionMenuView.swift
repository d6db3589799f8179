import Kernel
import Web

/// What an organiser does in an edition, in the order of its life: the same links on each of these pages.
enum EditionMenuView {
    enum Place: String, CaseIterable {
        case rules = ""
        case submissions = "usulan"
        case evaluators = "penilai"
        case redaction = "penyamaran"
        case assignment = "penugasan"
        case progress = "pemantauan"
        case scores = "nilai"
        case inquiries = "pertanyaan"
        case sittings = "sidang"
        case objections = "sanggahan"
        case presentations = "presentasi"
        case visits = "lapangan"
        case announcements = "pengumuman"
        case results = "hasil"

        var name: Phrase {
            switch self {
            case .rules: Phrase("Aturan", "Rules")
            case .submissions: Phrase("Usulan", "Proposals")
            case .evaluators: Phrase("Penilai", "Evaluators")
            case .redaction: Phrase("Penyamaran", "Redaction")
            case .assignment: Phrase("Penugasan", "Assignment")
            case .progress: Phrase("Pemantauan", "Progress")
            case .scores: Phrase("Nilai", "Scores")
            case .inquiries: Phrase("Pertanyaan", "Questions")
            case .sittings: Phrase("Sidang", "Sittings")
            case .objections: Phrase("Sanggahan", "Objections")
            case .presentations: Phrase("Presentasi", "Presentations")
            case .visits: Phrase("Lapangan", "Field visits")
            case .announcements: Phrase("Pengumuman", "Announcements")
            case .results: Phrase("Hasil", "Results")
            }
        }

        /// Its address in an edition.
        func path(_ edition: String) -> Address {
            self == .rules ? .path("kerja", "kompetisi", edition) : .path("kerja", "kompetisi", edition, rawValue)
        }
    }

    /// The links of an edition's desk; on a phone behind a button beside the name of the place.
    static func menu(_ stored: Editions.Stored, at place: Place, _ frame: Frame) -> HTML {
        let shown = Place.allCases.filter { $0 != .redaction || stored.edition.isBlind }
        return """
            <p class="menu"><button class="button second small" type="button" popovertarget="meja">\
            \(frame.say("Menu edisi", "Edition menu"))</button> <span class="soft">\(frame.language.say(place.name))</span></p>
            <nav class="nav sub sheet" id="meja" popover aria-label="\(frame.say("Meja edisi ini", "This edition's desk"))"><ul>\
            \(shown.html { each in
                each == place
                    ? "<li><a href=\"\(frame.to(each.path(stored.code)))\" aria-current=\"page\">\(frame.language.say(each.name))</a></li>"
                    : "<li><a href=\"\(frame.to(each.path(stored.code)))\">\(frame.language.say(each.name))</a></li>"
            })</ul><button class="menu button small" type="button" popovertarget="meja" popovertargetaction="hide">\
            \(frame.say("Tutup menu", "Close menu"))</button></nav>
            """
    }

    /// The way to an edition's desk pages: all editions, then this one.
    static func crumbs(_ stored: Editions.Stored, _ frame: Frame) -> [Crumb] {
        [
            Crumb(frame.say("Edisi kompetisi", "Editions"), frame.to(.path("kerja", "kompetisi"))),
            Crumb(frame.language.say(stored.edition.name), frame.to(Place.rules.path(stored.code))),
        ]
    }
}
