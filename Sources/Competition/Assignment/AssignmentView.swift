import Kernel
import Web

/// How the assignment of an edition stands, what makes one impossible, and the plans made so far.
enum AssignmentView {
    /// The page of one proposal's reads.
    static func proposal(_ code: String, _ id: Int) -> Address {
        .path("kerja", "kompetisi", code, "penugasan", "usulan", String(id))
    }

    static func overview(
        _ overview: Assignments.Overview, _ shortages: [AssignmentShortage], seed: String, objective: String,
        _ problems: FormProblems, _ frame: Frame
    ) -> HTML {
        let (stored, form) = (overview.stored, FormView(frame, problems))
        let title = frame.say("Penugasan penilai", "Assignment of evaluators")
        return Layout.page(
            frame,
            PageHead(
                form.title("\(title) · \(frame.language.say(stored.edition.name))"), description: title,
                crumbs: EditionMenuView.crumbs(stored, frame), indexed: false),
            """
            \(form.summary())<h1>\(title)</h1>\(EditionMenuView.menu(stored, at: .assignment, frame))
            \(impossible(shortages, frame))\(figures(overview, frame))\(wrong(overview, frame))\(merged(overview, frame))
            \(make(overview, seed, objective, form))\(plans(overview, frame))\(short(overview, frame))
            """)
    }

    private static func figures(_ overview: Assignments.Overview, _ frame: Frame) -> HTML {
        let reads = overview.stored.edition.reads ?? 0
        return """
            <dl class="facts"><dt>\(frame.say("Lulus administrasi", "Passed the check"))</dt>
            <dd>\(frame.count(overview.proposals, "usulan", "proposal", "proposals")), \(frame.say("masing-masing dibaca \(reads) kali", "each read \(reads) times"))</dd>
            <dt>\(frame.say("Sudah ditugaskan", "Given"))</dt><dd>\(frame.say(
                "\(frame.number(overview.given)) dari \(frame.number(overview.needed)) pembacaan",
                "\(frame.number(overview.given)) of \(frame.number(overview.needed)) reads"))</dd>
            <dt>\(frame.say("Penilai siap", "Evaluators ready"))</dt><dd>\(frame.say(
                "\(overview.ready) dari \(overview.evaluators)", "\(overview.ready) of \(overview.evaluators)"))\(
                    overview.ready < overview.evaluators
                        ? " (\(frame.say("yang lain belum masuk atau belum menyatakan benturan", "the others have not signed in or not declared their conflicts")))"
                        : "")</dd></dl>
            \(hidden(overview.hidden, frame))
            """
    }

    /// Says that something is left out, for whom proposals of their own institution are hidden.
    static func hidden(_ count: Int, _ frame: Frame) -> HTML {
        count == 0
            ? .empty
            : """
            <p class="soft">\(frame.say(
                "Usulan dari instansi Anda sendiri tidak ditampilkan dan tidak dihitung di halaman ini.",
                "Proposals of your own institution are neither shown nor counted on this page."))</p>
            """
    }

    private static func impossible(_ shortages: [AssignmentShortage], _ frame: Frame) -> HTML {
        guard !shortages.isEmpty else { return .empty }
        return """
            <div class="errors" role="alert" tabindex="-1" aria-labelledby="kurang"><h2 id="kurang">\(frame.say(
                "Tidak ada penugasan yang memenuhi semua aturan", "No assignment keeps all the rules"))</h2>
            <p>\(frame.say("Yang paling menghalangi lebih dahulu:", "What binds most comes first:"))</p><ul>\
            \(shortages.prefix(10).html {
                "<li><strong>\(frame.language.say($0.phrase))</strong> \(frame.language.say($0.advice))</li>"
            })</ul></div>
            """
    }

    private static func wrong(_ overview: Assignments.Overview, _ frame: Frame) -> HTML {
        guard !overview.wrong.isEmpty else { return .empty }
        return """
            \(NoticeView.notice(
                .bad,
                frame.count(
                    overview.wrong.count, "penilaian ternyata berbenturan.", "reading turns out to be in conflict.",
                    "readings turn out to be in conflict."),
                "\(frame.say("Tarik, lalu berikan kepada penilai lain.", "Take them back and give them to others."))"))
            <ul>\(overview.wrong.prefix(50).html { one in
                """
                <li><a href="\(frame.to(proposal(overview.stored.code, one.proposal)))"\(frame.record)>\(one.title)</a>, \(one.evaluator) \
                (\(frame.language.say(one.state.name))): \(frame.language.say(one.why))</li>
                """
            })</ul>
            """
    }

    private static func merged(_ overview: Assignments.Overview, _ frame: Frame) -> HTML {
        guard !overview.merged.isEmpty else { return .empty }
        return NoticeView.notice(
            .soon,
            frame.say("Ada usulan yang kini inovasi yang sama.", "Some proposals are one innovation by now."),
            """
            \(overview.merged.prefix(20).html { group in
                "\(group.map(String.init).joined(separator: " + ")). "
            })\(frame.say("Datanya digabung sesudah lulus; periksa mana yang dinilai.", "Their records were merged after the check; see which one is evaluated."))
            """)
    }

    private static func make(
        _ overview: Assignments.Overview, _ seed: String, _ objective: String, _ form: FormView
    ) -> HTML {
        let frame = form.frame
        return """
            <section aria-labelledby="buat"><h2 id="buat">\(frame.say("Buat rencana", "Make a plan"))</h2>
            <p>\(frame.say(
                "Rencana melengkapi yang kurang dan tidak mengubah yang sudah ditugaskan. Penilai belum melihat apa pun sampai rencana dilepas.",
                "A plan fills in what is lacking and changes nothing that was given. Evaluators see nothing until it is released."))</p>
            \(form.form(
                to: EditionMenuView.Place.assignment.path(overview.stored.code),
                form.radios(
                    "tujuan", label: frame.say("Tujuan", "Objective"),
                    choices: [
                        Choice(
                            AssignmentPlan.Objective.floor.rawValue, frame.say("Adil", "Fair"),
                            note: frame.say(
                                "Usulan yang paling dirugikan sebaik mungkin, semua penilai terhubung, sebagian diacak.",
                                "The worst-served proposal as well off as can be, all evaluators connected, a random share.")),
                        Choice(
                            AssignmentPlan.Objective.cost.rawValue, frame.say("Biaya terkecil", "Least cost"),
                            note: frame.say("Keahlian paling cocok secara keseluruhan.", "The best fit of expertise in all.")),
                    ], value: objective)
                    + form.number(
                        "benih", label: frame.say("Benih acak", "Seed"), value: seed,
                        hint: frame.say(
                            "Kosongkan supaya diundi. Benih yang sama menghasilkan rencana yang sama.",
                            "Leave it empty to have one drawn. The same seed makes the same plan."))
                    + form.actions(form.button(frame.say("Buat rencana", "Make a plan")))))</section>
            """
    }

    private static func plans(_ overview: Assignments.Overview, _ frame: Frame) -> HTML {
        guard !overview.plans.isEmpty else { return .empty }
        let rows = overview.plans.map { plan in
            let address = Address.path("kerja", "kompetisi", overview.stored.code, "penugasan", String(plan.id))
            return StackView.Row(
                "<a href=\"\(frame.to(address))\">\(frame.say("Rencana \(plan.id)", "Plan \(plan.id)"))</a>",
                "\(frame.language.say(plan.at.moment(in: overview.stored.edition.zone)))",
                "\(frame.number(plan.report.reads))", "\(frame.number(plan.report.cost))",
                "\(plan.releasedAt.map { frame.say("Dilepas \($0.day().long(.indonesian))", "Released on \($0.day().long(.english))") } ?? frame.say("Belum dilepas", "Not released"))"
            )
        }
        return """
            <section aria-labelledby="rencana"><h2 id="rencana">\(frame.say("Rencana", "Plans"))</h2>
            \(StackView.table(
                labelled: "rencana",
                columns: [
                    frame.say("Rencana", "Plan"), frame.say("Dibuat", "Made"), frame.say("Pembacaan", "Reads"),
                    frame.say("Biaya", "Cost"), frame.say("Keadaan", "State"),
                ], rows))</section>
            """
    }

    private static func short(_ overview: Assignments.Overview, _ frame: Frame) -> HTML {
        guard !overview.short.isEmpty else { return .empty }
        let need = overview.stored.edition.reads ?? 0
        let rows = overview.short.map { one in
            StackView.Row(
                "<a href=\"\(frame.to(proposal(overview.stored.code, one.id)))\"\(frame.record)>\(one.title)</a>",
                "\(one.id)", "\(one.reads) / \(need)")
        }
        return """
            <section aria-labelledby="kosong"><h2 id="kosong">\(frame.count(
                overview.shortCount, "usulan kekurangan penilai", "proposal lacks evaluators", "proposals lack evaluators"))</h2>
            \(StackView.table(
                labelled: "kosong",
                columns: [
                    frame.say("Usulan", "Proposal"), frame.say("Nomor", "Number"), frame.say("Penilai", "Evaluators"),
                ], rows))
            \(overview.shortCount > overview.short.count
                ? "<p class=\"soft\">\(frame.say("Seratus yang pertama.", "The first hundred."))</p>" : .empty)</section>
            """
    }
}
