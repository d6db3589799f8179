import Kernel
import Web

/// An edition's rules in words, each with where it is known from.
enum EditionRulesView {
    /// Where a rule is known from; that it is not is said as plainly.
    static func source(_ source: String?, _ frame: Frame) -> HTML {
        source.map { "<p class=\"from\" lang=\"id\">\($0)</p>" }
            ?? "<p class=\"missing\">\(frame.say("belum bersumber", "not sourced yet"))</p>"
    }

    /// What all points of a list rest on, when it is the same: then it is said once.
    static func shared(_ sources: [String?]) -> String?? {
        guard let first = sources.first, sources.count > 1, sources.allSatisfy({ $0 == first }) else { return nil }
        return first
    }

    /// A table whose last column is the source, or the source once below it.
    static func table(
        _ id: String, _ columns: [String], _ rows: [(StackView.Row, String?)], _ frame: Frame
    ) -> HTML {
        if let shared = shared(rows.map(\.1)) {
            return "\(StackView.table(labelled: id, columns: columns, rows.map(\.0)))\(source(shared, frame))"
        }
        return StackView.table(
            labelled: id, columns: columns + [frame.say("Sumber", "Source")],
            rows.map { StackView.Row($0.0.head, $0.0.cells + [source($0.1, frame)]) })
    }

    /// How much of the edition rests on a source.
    static func unsourced(_ tables: EditionTables, _ frame: Frame) -> HTML {
        let rows = EditionPart.allCases.filter { part in part.columns.contains { $0.kind == .source } }.flatMap {
            tables[$0]
        }
        let without = rows.count { $0["source"] == nil }
        guard without > 0, !rows.isEmpty else { return .empty }
        return NoticeView.notice(
            .plain,
            frame.say(
                "\(without) dari \(rows.count) butir aturan belum bersumber.",
                "\(without) of \(rows.count) points are not sourced yet."),
            "\(frame.say("Tiap butir menyebut sumbernya, atau bahwa belum ada.", "Each point names its source, or says that there is none."))"
        )
    }

    static func rules(_ edition: Edition, _ frame: Frame) -> HTML {
        guard !edition.rules.isEmpty || !edition.quotas.isEmpty || edition.goals > 0 else { return .empty }
        var rows = edition.rules.map { rule -> (StackView.Row, String?) in
            (
                StackView.Row("\(frame.language.say(rule.sentence))", "\(group(rule.group, edition, frame))"),
                rule.source
            )
        }
        rows += edition.quotas.map { quota in
            (
                StackView.Row(
                    """
                    \(frame.say(
                        "Paling banyak \(quota.most) proposal untuk tiap \(quota.scope.name.indonesian)",
                        "\(quota.most) proposals at most for each \(quota.scope.name.english)"))
                    """, "\(group(quota.group, edition, frame))"), quota.source
            )
        }
        if edition.goals > 0 {
            rows.append(
                (
                    StackView.Row(
                        "\(frame.say("Terkait sedikitnya \(edition.goals) SDG", "Linked to \(edition.goals) SDG or more"))",
                        "\(group(nil, edition, frame))"), edition.source
                ))
        }
        return """
            <h2 id="syarat">\(frame.say("Syarat untuk ikut", "Conditions for taking part"))</h2>
            \(table("syarat", [frame.say("Syarat", "Condition"), frame.say("Kelompok", "Group")], rows, frame))
            """
    }

    static func form(_ edition: Edition, _ frame: Frame) -> HTML {
        var out = HTML.empty
        if !edition.categories.isEmpty {
            out += """
                <h2>\(frame.count(edition.categories.count, "kategori", "category", "categories"))</h2>
                <ul>\(edition.categories.html { "<li>\(frame.language.say($0.name))</li>" })</ul>\
                \(source(edition.categories[0].source, frame))
                """
        }
        let whose = frame.say("Kelompok", "Group")
        if !edition.sections.isEmpty {
            let rows = edition.sections.map { section in
                (
                    StackView.Row(
                        "\(frame.language.say(section.name))", "\(group(section.group, edition, frame))",
                        "\(section.words.map { frame.say("paling banyak \($0) kata", "\($0) words at most") } ?? "–")",
                        "\(section.weight.map(String.init) ?? "–")"), section.source
                )
            }
            let columns = [
                frame.say("Bagian", "Section"), whose, frame.say("Panjang", "Length"), frame.say("Bobot", "Weight"),
            ]
            out += """
                <h2 id="formulir">\(frame.say("Isi proposal", "What a proposal holds"))</h2>
                \(table("formulir", columns, rows, frame))
                """
        }
        if !edition.documents.isEmpty {
            let rows = edition.documents.map { document in
                (
                    StackView.Row(
                        "\(frame.language.say(document.name))", "\(group(document.group, edition, frame))",
                        "\(document.isNeeded ? frame.say("ya", "yes") : frame.say("tidak", "no"))"), document.source
                )
            }
            out += """
                <h2 id="dokumen">\(frame.say("Dokumen yang diminta", "Documents asked for"))</h2>
                \(table("dokumen", [frame.say("Dokumen", "Document"), whose, frame.say("Wajib", "Required")], rows, frame))
                """
        }
        return out
    }

    static func awards(_ edition: Edition, _ frame: Frame) -> HTML {
        guard !edition.awards.isEmpty else { return .empty }
        let rows = edition.awards.map { award in
            (
                StackView.Row(
                    "\(frame.language.say(award.name))", "\(group(award.group, edition, frame))",
                    "\(award.most.map(String.init) ?? "–")"), award.source
            )
        }
        let columns = [
            frame.say("Penghargaan", "Award"), frame.say("Kelompok", "Group"), frame.say("Paling banyak", "At most"),
        ]
        return """
            <h2 id="penghargaan">\(frame.say("Penghargaan", "Awards"))</h2>
            \(table("penghargaan", columns, rows, frame))
            """
    }

    static func group(_ code: String?, _ edition: Edition, _ frame: Frame) -> String {
        guard let code else { return frame.say("semua", "all") }
        return edition.groups.first { $0.code == code }.map { frame.language.say($0.name) } ?? code
    }
}
