import Kernel
import Web

/// Editions as everybody sees them: what is open now, and each year's rules with where they are known from.
enum EditionView {
    static func list(_ all: [Editions.Stored], names: [String: String], at now: Instant, _ frame: Frame) -> HTML {
        let open = all.filter { $0.edition.isRegistering(at: now) && $0.state == .open }
        let title =
            open.isEmpty
            ? frame.say("Tidak ada pendaftaran yang sedang dibuka", "No registration is open at present")
            : frame.count(open.count, "pendaftaran sedang dibuka", "registration is open", "registrations are open")
        let rows = all.map { stored in
            let edition = stored.edition
            return StackView.Row(
                """
                <a href="\(frame.to(.path("kompetisi", stored.code)))">\(frame.language.say(edition.name))</a>
                """, "\(frame.language.say(edition.programme.name))",
                "\(names[edition.organiser] ?? edition.organiser)", state(stored, at: now, frame))
        }
        let head = PageHead(
            frame.say("Kompetisi", "Competitions"),
            description: frame.say(
                "Edisi kompetisi inovasi pelayanan publik dengan aturannya masing-masing.",
                "Editions of the innovation competition, each with its own rules."), place: .competitions)
        return Layout.page(
            frame, head,
            """
            <h1>\(title)</h1>
            <p>\(frame.say(
                "Aturan berbeda tiap edisi. Pilih satu untuk melihat jadwal, syarat, formulir, dan dari mana aturannya diketahui.",
                "Rules differ from edition to edition. Choose one to see its dates, conditions, form, and where they are known from."))</p>
            \(StackView.table(
                caption: frame.say("Semua edisi, terbaru di atas", "All editions, the latest first"),
                columns: [
                    frame.say("Edisi", "Edition"), frame.say("Jenis", "Kind"), frame.say("Penyelenggara", "Held by"),
                    frame.say("Keadaan", "State"),
                ], rows))
            """)
    }

    /// Where an edition stands, in words with a date.
    static func state(_ stored: Editions.Stored, at now: Instant, _ frame: Frame) -> HTML {
        let edition = stored.edition
        switch stored.state {
        case .draft: return "\(frame.say("Rancangan", "Draft"))"
        case .archive:
            return "\(frame.say("Arsip, direka ulang dari sumber umum", "Archive, reconstructed from public sources"))"
        case .closed: return "\(frame.say("Selesai", "Closed"))"
        case .open: break
        }
        if let stage = edition.stages.first(where: { $0.isOpen(at: now) }), let closes = stage.closes {
            let left =
                closes.milliseconds - now.milliseconds < 86_400_000
                ? frame.say("kurang dari sehari lagi", "less than a day left")
                : frame.count(days(now, closes), "hari lagi", "day left", "days left")
            let until =
                "\(frame.language.say(stage.name)), \(frame.say("sampai", "until")) \(moment(closes, edition.zone, frame)) (\(left))"
            return StateView.state(days(now, closes) <= 7 ? .due : .valid, until)
        }
        if let next = edition.stages.first(where: { $0.opens.map { $0 > now } ?? false }), let opens = next.opens {
            return
                "\(frame.language.say(next.name)), \(frame.say("mulai", "from")) \(frame.language.say(opens.moment(in: edition.zone, starting: true)))"
        }
        return "\(frame.say("Semua tahap sudah lewat", "All stages are over"))"
    }

    private static func days(_ now: Instant, _ end: Instant) -> Int {
        Int((end.milliseconds - now.milliseconds) / 86_400_000)
    }

    static func moment(_ instant: Instant, _ zone: Zone, _ frame: Frame) -> String {
        frame.language.say(instant.moment(in: zone))
    }

    /// A stretch of one day.
    private static func moments(_ opens: Instant, _ closes: Instant, _ zone: Zone, _ frame: Frame) -> String {
        "\(opens.day(in: zone).long(frame.language)) \(opens.clock(in: zone)) \(frame.say("sampai", "to")) \(closes.clock(in: zone)) \(zone.rawValue)"
    }

    private static func before(_ instant: Instant) -> Instant { Instant(milliseconds: instant.milliseconds - 1) }

    static func page(
        _ stored: Editions.Stored, _ amendments: [Editions.Amendment], _ counts: Proposals.Counts, organiser: String,
        more: HTML = .empty, at now: Instant, _ frame: Frame
    ) -> HTML {
        let edition = stored.edition
        let name = frame.language.say(edition.name)
        let head = PageHead(
            name, description: frame.say("Aturan dan jadwal \(name).", "Rules and dates of the \(name)."),
            place: .competitions, crumbs: [Crumb(frame.say("Kompetisi", "Competitions"), frame.to(.path("kompetisi")))])
        return Layout.page(
            frame, head,
            """
            <h1>\(name)</h1>
            <p>\(html(edition.theme) { "<q lang=\"id\">\($0)</q>. " })\(frame.say("Diselenggarakan oleh", "Held by")) \(organiser).</p>
            <p>\(state(stored, at: now, frame))</p>
            \(more)\(funnel(stored, counts, frame))\(figures(edition, frame))\(EditionRulesView.unsourced(stored.tables, frame))\(stages(edition, at: now, frame))\
            \(EditionRulesView.rules(edition, frame))\(EditionRulesView.form(edition, frame))\
            \(EditionJudgingView.judging(edition, frame))\(EditionRulesView.awards(edition, frame))\(amended(amendments, frame))
            """)
    }

    /// How many proposals units handed to their agencies, and how many of those were sent: two counts, never one.
    private static func funnel(_ stored: Editions.Stored, _ counts: Proposals.Counts, _ frame: Frame) -> HTML {
        guard stored.state != .archive else { return .empty }
        return """
            <p><strong>\(frame.count(counts.registered, "usulan terdaftar", "proposal registered", "proposals registered"))</strong> \
            \(frame.say("di instansinya", "with their agencies")), \
            <strong>\(frame.number(counts.submitted)) \(frame.say("di antaranya terkirim", "of them submitted"))</strong>. \
            <a href="\(frame.to(.path("kompetisi", stored.code, "angka")))">\(frame.say("Angka selengkapnya", "All figures"))</a></p>

            """
    }

    private static func figures(_ edition: Edition, _ frame: Frame) -> HTML {
        var figures: [(String, String, String)] = []
        if let quota = edition.quotas.first {
            figures.append(
                (
                    String(quota.most), frame.say("proposal paling banyak", "proposals at most"),
                    frame.say("untuk tiap \(quota.scope.name.indonesian)", "for each \(quota.scope.name.english)")
                ))
        }
        if let passing = edition.passing {
            figures.append(
                (String(passing), frame.say("ambang lulus", "passing grade"), frame.say("dari 100", "of 100")))
        }
        if !edition.categories.isEmpty {
            figures.append((String(edition.categories.count), frame.say("kategori", "categories"), ""))
        }
        if !edition.groups.isEmpty {
            figures.append(
                (
                    String(edition.groups.count), frame.say("kelompok", "groups"),
                    edition.groups.map { frame.language.say($0.name) }.joined(separator: ", ")
                ))
        }
        guard !figures.isEmpty else { return .empty }
        return """
            <dl class="figures">\(figures.html {
                "<div><dt>\($0.1)</dt><dd class=\"n\">\($0.0)</dd><dd class=\"soft\">\($0.2)</dd></div>\n"
            })</dl>

            """
    }

    private static func stages(_ edition: Edition, at now: Instant, _ frame: Frame) -> HTML {
        guard !edition.stages.isEmpty else { return .empty }
        let shared = EditionRulesView.shared(edition.stages.map(\.source))
        let entries = edition.stages.map { stage -> (knot: ThreadView.Knot, content: HTML) in
            let isOver = stage.closes.map { $0 <= now } ?? false
            let dates: String =
                switch (stage.opens, stage.closes) {
                case (let opens?, let closes?) where opens.day(in: edition.zone) == before(closes).day(in: edition.zone):
                    opens.clock(in: edition.zone) == "00.00" && closes.clock(in: edition.zone) == "00.00"
                        ? opens.day(in: edition.zone).long(frame.language)
                        : moments(opens, closes, edition.zone, frame)
                case (let opens?, let closes?):
                    "\(opens.day(in: edition.zone).long(frame.language)) \(frame.say("sampai", "to")) \(moment(closes, edition.zone, frame))"
                case (let opens?, nil):
                    "\(frame.say("mulai", "from")) \(frame.language.say(opens.moment(in: edition.zone, starting: true)))"
                case (nil, let closes?): "\(frame.say("sampai", "until")) \(moment(closes, edition.zone, frame))"
                case (nil, nil): frame.say("tanggal belum kami temukan", "dates not found yet")
                }
            return (
                stage.isOpen(at: now) ? .now : isOver ? .tied : .loose,
                """
                <h3>\(frame.language.say(stage.name))</h3><p>\(dates)</p>\(shared == nil ? EditionRulesView.source(stage.source, frame) : .empty)
                """
            )
        }
        return """
            <h2>\(frame.count(edition.stages.count, "tahap, berurutan", "stage", "stages, in order"))</h2>
            \(ThreadView.list(entries, tight: true))\(html(shared) { EditionRulesView.source($0, frame) })
            """
    }

    private static func amended(_ amendments: [Editions.Amendment], _ frame: Frame) -> HTML {
        guard !amendments.isEmpty else { return .empty }
        let entries = amendments.map { amendment -> (knot: ThreadView.Knot, content: HTML) in
            (
                .tied,
                """
                <h3>\(amendment.at.day().long(frame.language)) \(amendment.at.clock()) WIB, \(amendment.office)</h3>
                <p>\(amendment.reason)</p><ul>\(amendment.changes.html { change($0, frame) })</ul>
                """
            )
        }
        return """
            <h2>\(frame.count(
                amendments.count, "perubahan sesudah dibuka", "amendment after the opening",
                "amendments after the opening"))</h2>
            \(ThreadView.list(entries))
            """
    }

    private static func change(_ change: EditionTables.Change, _ frame: Frame) -> HTML {
        """
        <li>\(frame.language.say(change.part.name)) \(change.row), \(frame.language.say(change.column.label)): \
        \(html(change.before) { "<del>\($0)</del> " })\(html(change.after) { "<ins>\($0)</ins>" })</li>

        """
    }
}

extension Edition {
    /// Whether proposals are taken at this moment.
    package func isRegistering(at now: Instant) -> Bool { stage(.registration)?.isOpen(at: now) ?? false }

    /// When what its page says changes by itself: a stage begins or ends, or a day passes.
    func nextEdge(after now: Instant) -> Instant? {
        let edges = stages.flatMap { [$0.opens, $0.closes] }.compactMap(\.self).filter { $0 > now }
        guard let next = edges.min() else { return nil }
        // Days that are left are counted on the page.
        let last = edges.max() ?? next
        let tick = (last.milliseconds - now.milliseconds) % 86_400_000
        return min(next, Instant(milliseconds: now.milliseconds + max(tick, 1000)))
    }
}
