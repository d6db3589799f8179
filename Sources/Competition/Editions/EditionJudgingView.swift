import Kernel
import Web

/// How an edition judges, in words for everybody: scores, presentation, balance of the selection, who sees what.
enum EditionJudgingView {
    static func judging(_ edition: Edition, _ frame: Frame) -> HTML {
        "\(reads(edition, frame))\(rubric(edition, frame))\(presentation(edition, frame))\(balance(edition, frame))\(sights(edition, frame))"
    }

    private static func reads(_ edition: Edition, _ frame: Frame) -> HTML {
        guard let reads = edition.reads else { return .empty }
        let again: [String] = [
            edition.gap.map {
                frame.say("nilainya berselisih lebih dari \($0)", "its scores differ by more than \($0)")
            },
            edition.band.map {
                frame.say("nilainya paling jauh \($0) dari ambang", "its score is within \($0) of the cut")
            },
        ].compactMap(\.self)
        return """
            <h2>\(frame.say("Cara menilai", "How proposals are judged"))</h2>
            <p>\(frame.say(
                "Tiap proposal dibaca sedikitnya \(reads) penilai.",
                "Each proposal is read by \(reads) evaluators or more.")) \
            \(html(again.isEmpty ? nil : again.joined(separator: frame.say(" atau ", " or "))) { when in
                "\(frame.say("Proposal dibaca sekali lagi bila \(when).", "A proposal is read once more when \(when)."))"
            })</p>

            """
    }

    private static func rubric(_ edition: Edition, _ frame: Frame) -> HTML {
        guard !edition.rubric.isEmpty else { return .empty }
        let rows = edition.rubric.map { anchor in
            StackView.Row(
                "\(anchor.scores.lowerBound) – \(anchor.scores.upperBound)",
                "\(anchor.section.flatMap { code in edition.sections.first { $0.code == code } }.map { frame.language.say($0.name) } ?? frame.say("semua", "all"))",
                "\(frame.language.say(anchor.words))")
        }
        return """
            <h2 id="rubrik">\(frame.say("Rubrik", "Rubric"))</h2>
            \(StackView.table(
                labelled: "rubrik",
                columns: [frame.say("Nilai", "Score"), frame.say("Bagian", "Section"), frame.say("Uraian", "Anchor")], rows))
            """
    }

    private static func presentation(_ edition: Edition, _ frame: Frame) -> HTML {
        guard !edition.presentation.isEmpty else { return .empty }
        let rows = edition.presentation.map { part in
            (
                StackView.Row(
                    "\(frame.language.say(part.name))", "\(part.minutes.map(String.init) ?? "–")",
                    "\(part.weight.map(String.init) ?? "–")"), part.source
            )
        }
        let columns = [
            frame.say("Presentasi", "Presentation"), frame.say("Menit", "Minutes"), frame.say("Bobot", "Weight"),
        ]
        return """
            <h2 id="presentasi">\(frame.say("Presentasi", "Presentation"))</h2>
            \(EditionRulesView.table("presentasi", columns, rows, frame))
            """
    }

    private static func balance(_ edition: Edition, _ frame: Frame) -> HTML {
        guard !edition.selection.isEmpty else { return .empty }
        let rows = edition.selection.map { balance in
            (
                StackView.Row(
                    "\(sentence(balance, edition, frame))", "\(frame.language.say(balance.subject.name))"),
                balance.source
            )
        }
        return """
            <h2 id="susunan">\(frame.say("Susunan pilihan", "Balance of the selection"))</h2>
            <p>\(frame.say(
                "Batas ini berlaku bagi siapa yang dipilih bersama; nilai tidak pernah diubah karenanya.",
                "These limits hold for who is chosen together; no score is ever changed because of them."))</p>
            \(EditionRulesView.table(
                "susunan", [frame.say("Batas", "Limit"), frame.say("Untuk", "For")], rows, frame))
            """
    }

    /// A constraint in words.
    static func sentence(_ balance: EditionBalance, _ edition: Edition, _ frame: Frame) -> String {
        let whom: Phrase =
            switch balance.kind {
            case .category:
                named(balance.value, edition.categories, Phrase("kategori", "category"))
            case .group: named(balance.value, edition.groups, Phrase("kelompok", "group"))
            case .agency: Phrase("jenis instansi \(balance.value)", "institutions of the kind \(balance.value)")
            case .regions: Phrase("wilayah \(balance.value)", "the regions \(balance.value)")
            case .institution: Phrase("satu instansi", "one institution")
            }
        return switch (balance.least, balance.most) {
        case (let least?, let most?):
            frame.say(
                "\(least) sampai \(most) dari \(whom.indonesian)", "\(least) to \(most) of \(whom.english)")
        case (let least?, nil):
            frame.say("sedikitnya \(least) dari \(whom.indonesian)", "\(least) or more of \(whom.english)")
        case (nil, let most?):
            frame.say("paling banyak \(most) dari \(whom.indonesian)", "\(most) at most of \(whom.english)")
        case (nil, nil): frame.language.say(whom)
        }
    }

    private static func named(_ code: String, _ choices: [EditionChoice], _ kind: Phrase) -> Phrase {
        let name = choices.first { $0.code == code }?.name ?? Phrase(code, code)
        return Phrase("\(kind.indonesian) \(name.indonesian)", "\(kind.english) \(name.english)")
    }

    private static func sights(_ edition: Edition, _ frame: Frame) -> HTML {
        guard !edition.visibility.isEmpty else { return .empty }
        let lines = edition.visibility.map { sight in
            let stage = edition.stages.first { $0.code == sight.stage }?.name ?? Phrase(sight.stage, sight.stage)
            let (who, what) = (sight.who.name, sight.what.name)
            return frame.say(
                "Sejak tahap \(stage.indonesian), \(who.indonesian) melihat \(what.indonesian).",
                "From the stage \(stage.english) on, \(who.english) may see \(what.english).")
        }
        return """
            <h2>\(frame.say("Siapa melihat apa", "Who sees what"))</h2>
            <ul>\(lines.html { "<li>\($0)</li>" })</ul>
            <p>\(frame.say(
                "Selebihnya hanya dilihat penyelenggara sampai diumumkan.",
                "Everything else is the organiser's alone until it is announced."))</p>

            """
    }
}
