import Kernel
import Web

/// The form of a reading: each section's text beside what it is scored by.
enum ReadingFormView {
    struct Model: Sendable {
        let sheet: Readings.Sheet
        /// What was typed and not taken, by section.
        var typed: [String: SectionScore.Typed] = [:]
        /// What another window stored in sections that were typed too.
        var theirs: [ReadingRefusal.Clash] = []
        var problems = FormProblems.none
        var question = ""
        var reason = ""
        let account: Int
        let now: Instant

        init(sheet: Readings.Sheet, account: Int, now: Instant) {
            (self.sheet, self.account, self.now) = (sheet, account, now)
        }

        var edition: Edition { sheet.held.stored.edition }
        var form: [EditionSection] { edition.form(of: sheet.held.proposal.group) }
        var scored: [EditionSection] { edition.scored(sheet.held.proposal.group) }

        /// Whether it can be written now.
        var isOpen: Bool { sheet.held.reading.state.isOpen && isEvaluating }

        var isEvaluating: Bool {
            do { try sheet.held.stored.requireEvaluating(at: now) } catch { return false }
            return true
        }
    }

    /// What a form says of each section.
    static func typed(_ form: Query) -> [String: SectionScore.Typed] {
        var found: [String: SectionScore.Typed] = [:]
        for field in form.parameters.reversed() {
            guard let dot = field.name.lastIndex(of: ".") else { continue }
            let section = String(field.name[field.name.index(after: dot)...])
            switch field.name[..<dot] {
            case "nilai": found[section, default: .init()].value = field.value
            case "tingkat": found[section, default: .init()].band = field.value
            case "catatan": found[section, default: .init()].words = field.value
            case "asal.nilai": found[section, default: .init()].valueBegan = field.value
            case "asal.catatan": found[section, default: .init()].wordsBegan = field.value
            default: break
            }
        }
        return found
    }

    static func names(_ model: Model, _ frame: Frame) -> [String: String] {
        var names: [String: String] = [:]
        for section in model.form {
            let name = frame.language.say(section.name)
            names[SectionScore.valueField(section.code)] = name
            names[SectionScore.wordsField(section.code)] = name
        }
        return names
    }

    static func autosave(_ model: Model) -> FormView.Autosave {
        let reading = model.sheet.held.reading
        return FormView.Autosave(
            key: "penilaian-\(reading.id)-\(model.account)", version: reading.version,
            saved: model.sheet.savedAt.map { $0.clock() })
    }

    static func form(_ model: Model, _ frame: Frame) -> HTML {
        let form = FormView(frame, model.problems)
        let (reading, isLast) = (model.sheet.held.reading, model.sheet.others.isEmpty)
        let finish =
            isLast
            ? frame.say("Selesai, kembali ke daftar", "Done, back to the list")
            : frame.say("Selesai, buka usulan berikutnya", "Done, open the next proposal")
        return form.form(
            to: .path("kerja", "penilaian", String(reading.id), "simpan"),
            autosave: model.isOpen ? autosave(model) : nil,
            """
            \(model.isOpen ? keys(model, frame) : .empty)\(model.form.indices.html { section($0, model, form) })\
            \(model.isOpen ? form.actions(
                "<button class=\"button second\" data-key=\"Enter\">\(frame.say("Simpan", "Save"))</button>",
                form.button(finish, name: "lanjut", value: "selesai"), form.saved(autosave(model))) : .empty)
            """)
    }

    private static func keys(_ model: Model, _ frame: Frame) -> HTML {
        """
        <div class="soft" data-keys hidden><details><summary data-key="?"><kbd>?</kbd> \(frame.say("Tombol papan ketik", "Keyboard keys"))</summary>\
        <p><kbd>1</kbd>–<kbd>5</kbd> \(frame.say("pilih tingkat", "choose a level")) · <kbd>A</kbd> \(frame.say("alasan", "reason")) · \
        <kbd>J</kbd> <kbd>K</kbd> \(frame.say("bagian berikut atau sebelum", "next or previous section")) · \
        <kbd>Enter</kbd> \(frame.say("simpan", "save"))</p></details>\
        <label><input type="checkbox" checked> \(frame.say("pakai tombol ini", "use these keys"))</label></div>
        """
    }

    // MARK: one section

    static func anchor(_ section: EditionSection) -> String { "s-" + section.code }

    private static func section(_ place: Int, _ model: Model, _ form: FormView) -> HTML {
        let (section, frame) = (model.form[place], form.frame)
        let weight = section.weight.map { frame.say(", bobot \($0)", ", weight \($0)") } ?? ""
        return """
            <section class="cols even" id="\(anchor(section))" tabindex="-1" data-section aria-labelledby="\(anchor(section))-h">\
            <div><h2 id="\(anchor(section))-h">\(frame.language.say(section.name))<span class="soft">\(weight)</span></h2>\
            \(text(section, model, frame))\(steps(place, model, frame))</div>\
            <div>\(model.scored.contains(section) || model.sheet.score(section.code) != nil
                ? (model.isOpen || model.typed[section.code] != nil
                    ? controls(section, model, form) : fixed(section, model, frame))
                : "<p class=\"soft\">\(frame.say("Bagian ini tidak dinilai.", "This section is not scored."))</p>")</div></section>

            """
    }

    private static func text(_ section: EditionSection, _ model: Model, _ frame: Frame) -> HTML {
        let text = model.sheet.held.exhibit.text(section)
        let parts = text.split(whereSeparator: \.isNewline).map(String.init)
        let words = frame.count(Proposal.words(text), "kata", "word", "words")
        let most = section.words.map { frame.say(" dari paling banyak \($0)", " of at most \($0)") } ?? ""
        let body: HTML =
            parts.isEmpty
            ? "<p class=\"missing\">\(frame.say("Kosong", "Empty"))</p>"
            : "<div class=\"prose\">\(parts.html { "<p\(frame.record)>\($0)</p>" })</div>"
        return "\(body)<p class=\"soft\">\(words)\(most)</p>"
    }

    /// The ways to the neighbours, which the keys follow too.
    private static func steps(_ place: Int, _ model: Model, _ frame: Frame) -> HTML {
        func link(_ other: Int, _ key: HTML, _ words: String) -> HTML {
            guard model.form.indices.contains(other), let to = Address("#" + anchor(model.form[other])) else {
                return .empty
            }
            return """
                <a href="\(to)" data-key="\(key)">\(words)<span class="sr">: \(frame.language.say(model.form[other].name))</span></a>
                """
        }
        return """
            <p class="row small">\(link(place - 1, "k", frame.say("Bagian sebelumnya", "Previous section")))\
            \(link(place + 1, "j", frame.say("Bagian berikutnya", "Next section")))</p>
            """
    }

    private static func controls(_ section: EditionSection, _ model: Model, _ form: FormView) -> HTML {
        let frame = form.frame
        let stored = model.sheet.score(section.code)
        let was = (value: stored?.value.map(String.init) ?? "", words: stored?.words ?? "")
        let typed = model.typed[section.code]
        let (value, words) = (typed?.value ?? was.value, typed?.words ?? was.words)
        let name = frame.language.say(section.name)
        let (number, reason) = (SectionScore.valueField(section.code), SectionScore.wordsField(section.code))
        return """
            \(html(model.theirs.first { $0.section == section.code }) { theirs($0, frame) })\
            \(form.hidden("asal.\(number)", ProposalFormView.origin(was.value)))\
            \(form.hidden("asal.\(reason)", ProposalFormView.origin(was.words)))\
            \(levels(section, model.edition.anchors(section.code), chosen: typed?.band, score: Int(value), form))\
            \(form.field(
                number, label: frame.say("Nilai \(name)", "Score of \(name)"),
                hint: frame.say("Angka bulat 0 sampai 100", "A whole number from 0 to 100")) { described in
                    """
                    <input type="text" inputmode="numeric" class="short" autocomplete="off" data-score \
                    id="\(FormView.id(number))" name="\(number)" value="\(value)"\(described)>
                    """
                })\
            \(form.field(
                reason, label: frame.say("Alasan untuk \(name)", "Reason for \(name)"),
                hint: frame.say(
                    "Perlu bila nilainya di bawah 50. Pengusul membacanya bila sekretariat meloloskannya.",
                    "Needed below 50. The proposer reads it if the secretariat releases it.")) { described in
                    """
                    <textarea class="small" data-key="a" id="\(FormView.id(reason))" name="\(reason)"\(described)>
                    \(words)</textarea>
                    """
                })
            """
    }

    private static func levels(
        _ section: EditionSection, _ anchors: [EditionAnchor], chosen: String?, score: Int?, _ form: FormView
    ) -> HTML {
        let frame = form.frame
        guard !anchors.isEmpty else { return .empty }
        let field = SectionScore.bandField(section.code)
        return """
            <fieldset class="rubric"><legend>\(frame.say("Tingkat", "Level"))<span class="sr"> \(frame.language.say(section.name))</span></legend>\
            \(anchors.enumerated().html { place, anchor in
                let (low, high) = (anchor.scores.lowerBound, anchor.scores.upperBound)
                let isChosen = chosen.map { $0 == "\(low)-\(high)" } ?? score.map(anchor.scores.contains) ?? false
                return """
                    <label><input type="radio" name="\(field)" value="\(low)-\(high)" data-key="\(place + 1)"\(isChosen ? " checked" : "")> \
                    <b>\(low)–\(high)</b> <span>\(frame.language.say(anchor.words))</span></label>
                    """
            })</fieldset>
            """
    }

    private static func theirs(_ clash: ReadingRefusal.Clash, _ frame: Frame) -> HTML {
        """
        <div class="notice soon"><p><strong>\(frame.say("Tersimpan dari jendela lain:", "Stored by another window:"))</strong> \
        \(clash.value.map(String.init) ?? frame.say("tanpa nilai", "no score"))</p>\
        <p>\(clash.words ?? "")</p><p>\(frame.say("Isian Anda ada di bawah ini.", "What you wrote is below."))</p></div>
        """
    }

    private static func fixed(_ section: EditionSection, _ model: Model, _ frame: Frame) -> HTML {
        let score = model.sheet.score(section.code)
        return """
            <p><strong>\(score?.value.map { frame.say("Nilai \($0)", "Score \($0)") } ?? frame.say("Tanpa nilai", "No score"))</strong></p>\
            <p>\(score?.words ?? "")</p>
            """
    }
}
