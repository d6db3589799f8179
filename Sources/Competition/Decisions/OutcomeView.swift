import Kernel
import Web

/// The announced finalists and awards, by category or tier and then by title: nobody is ranked.
enum OutcomeView {
    static func finalists(_ list: Outcomes.List, _ frame: Frame) -> HTML {
        let edition = list.stored.edition
        let title = frame.count(list.lines.count, "finalis", "finalist", "finalists")
        let groups = edition.categories.map { category in
            (frame.language.say(category.name), list.lines.filter { $0.category == category.code })
        }
        let known = Set(edition.categories.map(\.code))
        let rest = list.lines.filter { line in !(line.category.map(known.contains) ?? false) }
        let shown = (groups + [(frame.say("Tanpa kategori", "Without a category"), rest)]).filter { !$0.1.isEmpty }
        return page(
            list, "finalis", title,
            """
            \(shown.html { section($0.0, $0.1, list, frame) })\(kept(list, frame))
            """, frame)
    }

    static func awards(_ list: Outcomes.List, _ frame: Frame) -> HTML {
        let edition = list.stored.edition
        let title = frame.count(
            list.lines.count, "inovasi menerima penghargaan", "innovation receives an award",
            "innovations receive an award")
        let tiers = edition.awards.map { tier in
            (frame.language.say(tier.name), list.lines.filter { $0.award == tier.code })
        }
        let known = Set(edition.awards.map(\.code))
        let rest = list.lines.filter { line in !(line.award.map(known.contains) ?? false) }
        let shown = (tiers + [(frame.say("Terpilih", "Chosen"), rest)]).filter { !$0.1.isEmpty }
        return page(
            list, "hasil", title, "\(shown.html { section($0.0, $0.1, list, frame) })\(kept(list, frame))", frame)
    }

    private static func page(
        _ list: Outcomes.List, _ path: String, _ title: String, _ content: HTML, _ frame: Frame
    ) -> HTML {
        let name = frame.language.say(list.stored.edition.name)
        let head = PageHead(
            "\(title) · \(name)", description: "\(title), \(name)", place: .competitions,
            crumbs: [
                Crumb(frame.say("Kompetisi", "Competitions"), frame.to(.path("kompetisi"))),
                Crumb(name, frame.to(.path("kompetisi", list.stored.code))),
            ], indexed: list.isCurrent)
        return Layout.page(
            frame, head,
            """
            <h1>\(title)</h1>\(announced(list, path, frame))
            \(content)\(history(list, path, frame))
            """)
    }

    /// Since when, by which decree; and where it was superseded, by what.
    private static func announced(_ list: Outcomes.List, _ path: String, _ frame: Frame) -> HTML {
        let (announcement, zone) = (list.announcement, list.stored.edition.zone)
        let moment = frame.language.say(announcement.publishAt.moment(in: zone))
        let decree = announcement.decree.map { decree in
            let day = announcement.decreeOn.map { ", \($0.long(frame.language))" } ?? ""
            return " \(frame.say("Keputusan", "Decree")) \(decree)\(day)."
        }
        let current = Address.path("kompetisi", list.stored.code, path)
        let stale: HTML =
            list.isCurrent
            ? .empty
            : NoticeView.notice(
                .bad, frame.say("Pengumuman ini sudah digantikan.", "This announcement was superseded."),
                "<a href=\"\(frame.to(current))\">\(frame.say("Lihat yang berlaku", "See the one that holds"))</a>")
        return """
            \(stale)<p class="lead">\(frame.say("Diumumkan \(moment).", "Announced on \(moment).")) \(decree ?? "")</p>
            \(html(announcement.words) { words in
                words.split(whereSeparator: \.isNewline).map(String.init).html { "<p\(frame.record)>\($0)</p>" }
            })
            """
    }

    private static func section(
        _ title: String, _ lines: [Outcomes.Line], _ list: Outcomes.List, _ frame: Frame
    ) -> HTML {
        """
        <h2>\(title) <span class="soft">(\(lines.count))</span></h2><ul class="entries">\(lines.html { item($0, list, frame) })</ul>

        """
    }

    private static func item(_ line: Outcomes.Line, _ list: Outcomes.List, _ frame: Frame) -> HTML {
        let place: Address =
            list.announcement.subject == .finalists && list.isCurrent
            ? .path("kompetisi", list.stored.code, "finalis", String(line.proposal))
            : .path("inovasi", String(line.innovation))
        let group = list.stored.edition.groups.first { $0.code == line.group }.map { frame.language.say($0.name) }
        let record = Address.path("inovasi", String(line.innovation))
        let certificate: HTML =
            if let serial = line.serial {
                """
                <span><a href="\(frame.to(.path("penghargaan", serial)))">\(line.isRevoked ? frame.say("Piagam dicabut", "Certificate revoked") : frame.say("Piagam", "Certificate"))<span class="sr"> \(line.title)</span></a></span>
                """
            } else {
                .empty
            }
        return """
            <li><p class="name"><a href="\(frame.to(place))"\(frame.record)>\(line.title)</a></p>\
            <p class="meta"><span>\(line.institution)</span>\(html(group) { "<span>\($0)</span>" })\
            <span><a href="\(frame.to(record))">\(frame.say("Data inovasi", "Record"))<span class="sr"> \(line.title)</span></a></span>\(certificate)</p></li>

            """
    }

    /// The published constraints, and how the selection kept them.
    private static func kept(_ list: Outcomes.List, _ frame: Frame) -> HTML {
        guard !list.rules.isEmpty else { return .empty }
        let broken = list.rules.count { !$0.isKept }
        let rows = list.rules.map { rule in
            StackView.Row(
                "\(frame.language.say(rule.rule))", "\(frame.number(rule.count))",
                rule.isKept
                    ? StateView.state(.valid, frame.say("terpenuhi", "kept"))
                    : StateView.state(.late, frame.say("dikecualikan oleh sidang", "an exception of the sitting")))
        }
        let title =
            broken == 0
            ? frame.say("Pilihan ini memenuhi susunan yang diumumkan", "The choice keeps the published balance")
            : frame.say(
                "\(broken) ketentuan susunan dikecualikan", "\(broken) of the published constraints were excepted")
        return """
            <h2 id="susunan">\(title)</h2>
            <p>\(frame.say(
                "Batas berlaku bagi siapa yang dipilih bersama; nilai tidak pernah diubah karenanya.",
                "The limits hold for who is chosen together; no score is ever changed because of them."))</p>
            \(StackView.table(
                labelled: "susunan",
                columns: [
                    frame.say("Batas", "Limit"), frame.say("Terpilih", "Chosen"), frame.say("Keadaan", "State"),
                ], rows))
            """
    }

    private static func history(_ list: Outcomes.List, _ path: String, _ frame: Frame) -> HTML {
        guard list.published.count > 1 else { return .empty }
        let entries = list.published.map { announcement -> HTML in
            let moment = frame.language.say(announcement.publishAt.moment(in: list.stored.edition.zone))
            let address = Address.path(
                "kompetisi", list.stored.code, path, query: [("pengumuman", String(announcement.id))])
            return "<li><a href=\"\(frame.to(address))\">\(moment)</a></li>"
        }
        return """
            <h2>\(frame.say("Semua pengumuman, terbaru di atas", "All announcements, the latest first"))</h2><ul>\(entries.html { $0 })</ul>
            """
    }

    /// What of an edition is out, for its page.
    static func links(_ out: [Announcement], _ stored: Editions.Stored, _ frame: Frame) -> HTML {
        let links = out.filter { $0.subject != .administrative }.map { announcement -> HTML in
            let path = announcement.subject == .awards ? "hasil" : "finalis"
            let words =
                announcement.subject == .awards
                ? frame.say("Penerima penghargaan", "Who received awards") : frame.say("Finalis", "Finalists")
            let moment = frame.language.say(announcement.publishAt.moment(in: stored.edition.zone))
            return """
                <li><a href="\(frame.to(.path("kompetisi", stored.code, path)))">\(words)</a> \
                <span class="soft">\(frame.say("diumumkan", "announced")) \(moment)</span></li>

                """
        }
        guard !links.isEmpty else { return .empty }
        return """
            <h2>\(frame.say("Sudah diumumkan", "Announced"))</h2><ul class="bare">\(links.html { $0 })</ul>

            """
    }
}
