import Kernel
import Web

/// One announced finalist: what it is, what citizens say, and what everybody may do while it is open.
enum FinalistView {
    static func page(
        _ finalist: Outcomes.Finalist, isThanked: Bool = false, _ problems: FormProblems = .none, at now: Instant,
        _ frame: Frame
    ) -> HTML {
        let (line, stored, form) = (finalist.line, finalist.stored, FormView(frame, problems))
        let name = frame.language.say(stored.edition.name)
        let choices = [
            stored.edition.groups.first { $0.code == line.group }?.name,
            stored.edition.categories.first { $0.code == line.category }?.name,
        ].compactMap { $0.map { frame.language.say($0) } }
        return Layout.page(
            frame,
            PageHead(
                form.title("\(line.title) · \(name)"),
                description: frame.say("Finalis \(name)", "Finalist of the \(name)"),
                place: .competitions,
                crumbs: [
                    Crumb(name, frame.to(.path("kompetisi", stored.code))),
                    Crumb(frame.say("Finalis", "Finalists"), frame.to(.path("kompetisi", stored.code, "finalis"))),
                ]),
            """
            \(form.summary())<h1 class="name big"\(frame.record)>\(line.title)</h1>
            <p class="meta"><span>\(line.institution)</span>\(choices.html { "<span>\($0)</span>" })</p>
            \(html(finalist.summary) { "<p\(frame.record)>\($0)</p>" })
            <p><a href="\(frame.to(.path("inovasi", String(line.innovation))))">\(frame.say("Data inovasi selengkapnya", "The whole record"))</a></p>
            \(rating(finalist, isThanked: isThanked, at: now, form))\(objecting(finalist, at: now, frame))\
            \(answered(finalist, frame))
            """)
    }

    // MARK: the citizens' rating

    private static func rating(
        _ finalist: Outcomes.Finalist, isThanked: Bool, at now: Instant, _ form: FormView
    ) -> HTML {
        let (frame, stored) = (form.frame, finalist.stored)
        if let tally = finalist.tally {
            let mean = tally.mean.map { frame.language.hundredths($0) } ?? "–"
            return """
                <h2 id="nilai">\(frame.say("Penilaian warga", "Citizens' rating"))</h2>
                <p><strong>\(mean)</strong> \(frame.say("rata-rata dari 5,", "mean of 5, from")) \
                \(frame.count(tally.votes, "suara", "vote", "votes")).</p>\(method(frame))
                """
        }
        guard finalist.isOpen(.rating, at: now), let stage = stored.edition.stage(.rating) else { return .empty }
        let closes = stage.closes.map { frame.language.say($0.moment(in: stored.edition.zone)) }
        let until = closes.map { StateView.state(.valid, frame.say("dibuka sampai \($0)", "open until \($0)")) }
        let words = [
            frame.say("tidak bermanfaat", "of no use"), frame.say("kurang bermanfaat", "of little use"),
            frame.say("cukup bermanfaat", "of some use"), frame.say("bermanfaat", "useful"),
            frame.say("sangat bermanfaat", "very useful"),
        ]
        let thanks: HTML =
            isThanked
            ? NoticeView.notice(
                .good, frame.say("Suara Anda tercatat.", "Your vote is counted."),
                "\(frame.say("Anda dapat mengubahnya selama masa penilaian.", "You can change it while the rating is open."))"
            ) : .empty
        return """
            <h2 id="nilai">\(frame.say("Seberapa bermanfaat layanan ini bagi Anda?", "How useful is this service to you?"))</h2>
            \(thanks)<p>\(until ?? .empty)</p>
            \(form.form(
                to: .path("kompetisi", stored.code, "finalis", String(finalist.line.proposal), "nilai"),
                form.radios(
                    "nilai", label: frame.say("Nilai Anda", "Your rating"),
                    choices: words.enumerated().map { Choice(String($0 + 1), "\($0 + 1), \($1)") },
                    value: finalist.own.map(String.init) ?? "",
                    hint: frame.say("Hasil tampil sesudah masa penilaian berakhir.", "The result is shown once the rating is over."))
                    + form.actions(
                        form.button(
                            finalist.own == nil
                                ? frame.say("Beri nilai", "Rate it") : frame.say("Ubah nilai saya", "Change my rating")))))
            \(method(frame))
            """
    }

    private static func method(_ frame: Frame) -> HTML {
        """
        <details><summary>\(frame.say("Bagaimana suara dihitung", "How votes are counted"))</summary>
        <p>\(frame.say(
            "Satu suara untuk tiap peramban dan finalis; memberi nilai lagi mengganti yang lama. Peramban dikenali dari kuki acak, tanpa nama, akun, atau alamat. Satu jaringan (24 bit pertama alamat IPv4, 48 bit IPv6) membawa paling banyak \(Voter.perHour) pemilih baru per jam dan \(Voter.perDay) per hari; yang disimpan hanya sidiknya dengan kunci yang dihapus \(Publications.daysOfKey) hari sesudah penilaian ditutup. Cara ini tidak dapat mencegah orang yang memakai beberapa perangkat, karena itu hasilnya bahan pertimbangan, bukan penentu.",
            "One vote for each browser and finalist; rating again replaces the earlier one. A browser is known by a random cookie, without name, account or address. A network (the first 24 bits of an IPv4 address, 48 of IPv6) brings at most \(Voter.perHour) new voters an hour and \(Voter.perDay) a day; only hashes are kept, with a key that is destroyed \(Publications.daysOfKey) days after the rating closed. This cannot stop people with several devices, so the result is advice and decides nothing."))</p></details>

        """
    }

    // MARK: objections

    private static func objecting(_ finalist: Outcomes.Finalist, at now: Instant, _ frame: Frame) -> HTML {
        let stored = finalist.stored
        guard finalist.isOpen(.objection, at: now), let stage = stored.edition.stage(.objection) else { return .empty }
        let closes = stage.closes.map { frame.language.say($0.moment(in: stored.edition.zone)) } ?? "–"
        let address = Address.path("kompetisi", stored.code, "finalis", String(finalist.line.proposal), "sanggah")
        return """
            <h2>\(frame.say("Uji publik sampai \(closes)", "Public window until \(closes)"))</h2>
            <p>\(frame.say(
                "Anda mengetahui sesuatu yang bertentangan dengan, atau mendukung, finalis ini?",
                "Do you know something against this finalist, or in its support?"))</p>
            <p><a class="button second" href="\(frame.to(address))" rel="nofollow">\(frame.say("Tulis sanggahan atau dukungan", "Write an objection or support"))</a></p>

            """
    }

    /// What was said and answered, without names.
    private static func answered(_ finalist: Outcomes.Finalist, _ frame: Frame) -> HTML {
        guard !finalist.answered.isEmpty else { return .empty }
        let zone = finalist.stored.edition.zone
        let entries = finalist.answered.map { objection -> (knot: ThreadView.Knot, content: HTML) in
            let answer = objection.answer
            let day = (answer?.at ?? objection.at).day(in: zone).long(frame.language)
            return (
                answer?.outcome == .upheld && objection.kind == .objection ? .snag : .tied,
                """
                <h3>\(frame.language.say(objection.kind.name)), \(objection.at.day(in: zone).long(frame.language))</h3>
                <blockquote\(frame.record)>\(lines(answer?.published ?? ""))</blockquote>
                <p><strong>\(answer.map { frame.language.say($0.outcome.name) } ?? "")</strong>, \(day).</p>\
                <div\(frame.record)>\(lines(answer?.words ?? ""))</div>
                """
            )
        }
        return """
            <h2>\(frame.count(entries.count, "sanggahan atau dukungan dijawab", "objection or support answered", "objections and support answered"))</h2>
            \(ThreadView.list(entries))
            """
    }

    static func lines(_ text: String) -> HTML {
        text.split(whereSeparator: \.isNewline).map(String.init).html { "<p>\($0)</p>" }
    }
}
