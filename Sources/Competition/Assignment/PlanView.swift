import Kernel
import Web

/// One plan: what each rule cost, what is proven, and who would read what.
enum PlanView {
    static func page(_ sheet: Assignments.Sheet, page: Int, _ problems: FormProblems, _ frame: Frame) -> HTML {
        let (stored, plan, form) = (sheet.stored, sheet.plan, FormView(frame, problems))
        let title = frame.say("Rencana \(plan.id)", "Plan \(plan.id)")
        return Layout.page(
            frame,
            PageHead(
                form.title(title), description: title,
                crumbs: EditionMenuView.crumbs(stored, frame) + [
                    Crumb(
                        frame.say("Penugasan penilai", "Assignment of evaluators"),
                        frame.to(EditionMenuView.Place.assignment.path(stored.code)))
                ], indexed: false),
            """
            \(form.summary())<h1>\(title)</h1>\(EditionMenuView.menu(stored, at: .assignment, frame))
            \(state(sheet, form))\(AssignmentView.hidden(sheet.hidden, frame))
            \(proof(sheet, frame))\(loads(sheet, frame))\(readers(sheet, page, frame))
            """)
    }

    private static func state(_ sheet: Assignments.Sheet, _ form: FormView) -> HTML {
        let (frame, plan) = (form.frame, sheet.plan)
        if let released = plan.releasedAt {
            return NoticeView.notice(
                .good,
                frame.say(
                    "Dilepas \(released.moment(in: sheet.stored.edition.zone).indonesian).",
                    "Released on \(released.moment(in: sheet.stored.edition.zone).english)."))
        }
        return """
            \(NoticeView.notice(
                .plain, frame.say("Belum dilepas.", "Not released."),
                "\(frame.say("Penilai belum melihat apa pun.", "Evaluators see nothing yet."))"))
            \(form.form(
                to: .path("kerja", "kompetisi", sheet.stored.code, "penugasan", String(plan.id), "lepas"),
                form.actions(form.button(frame.say("Lepas dan beri tahu penilai", "Release and tell the evaluators")))))
            """
    }

    private static func proof(_ sheet: Assignments.Sheet, _ frame: Frame) -> HTML {
        let (plan, report) = (sheet.plan, sheet.plan.report)
        let rows = report.steps.map { step in
            StackView.Row(
                "\(AssignmentPlan.Step.Rule(rawValue: step.rule).map { frame.language.say($0.name) } ?? step.rule)",
                "\(frame.number(step.cost))", "\(frame.number(step.price))", "\(frame.number(step.worst))",
                "\(step.connected ? frame.say("ya", "yes") : frame.say("tidak", "no"))")
        }
        let isFloor = plan.objective == .floor
        return """
            <section aria-labelledby="bukti"><h2 id="bukti">\(frame.say("Bukti", "Proof"))</h2><ul>
            <li>\(report.isOptimal
                ? frame.say(
                    "Biaya terkecil \(frame.number(report.optimum)) terbukti: tidak ada penugasan di bawah itu.",
                    "The least cost of \(frame.number(report.optimum)) is proven: no assignment costs less.")
                : frame.say(
                    "Tidak ada penugasan di bawah biaya \(frame.number(report.bound)); yang dicapai \(frame.number(report.optimum)).",
                    "No assignment costs less than \(frame.number(report.bound)); reached \(frame.number(report.optimum))."))</li>
            <li>\(sheet.broken == 0
                ? frame.say(
                    "Semua batas beban dipenuhi, setiap usulan mendapat penilai yang diperlukan, dan tidak ada benturan.",
                    "All limits are kept, each proposal has the reads it needs, and nobody is in conflict.")
                : frame.count(sheet.broken, "aturan dilanggar", "rule is broken", "rules are broken"))</li>
            <li>\(report.connected
                ? frame.say(
                    "Semua penilai terhubung oleh usulan bersama, jadi keketatannya dapat dibandingkan.",
                    "All evaluators are linked by shared proposals, so their severity can be compared.")
                : frame.say(
                    "Ada penilai yang tidak terhubung dengan yang lain: keketatannya tidak dapat dibandingkan. Beri bacaan tambahan.",
                    "Some evaluators share no proposal with the others: their severity cannot be compared. Give extra reads."))</li>
            \(isFloor ? """
                <li>\(report.floorProven
                    ? frame.say("Usulan yang paling dirugikan terbukti tidak dapat lebih baik.", "That the worst-served proposal cannot be better off is proven.")
                    : frame.say("Usulan yang paling dirugikan sebaik yang ditemukan; belum terbukti yang terbaik.", "The worst-served proposal is as well off as was found, which is not proven the best."))</li>
                <li>\(frame.say(
                    "Bagian acak \(plan.draw) persen dengan benih \(plan.seed): tidak seorang pun dapat memastikan mendapat usulan tertentu.",
                    "A random share of \(plan.draw) percent with seed \(plan.seed): nobody can be sure to get a certain proposal."))</li>
                """ : .empty)</ul>
            <p>\(frame.say(
                "Biaya 0 berarti kategori yang paling dikuasai, 100 untuk setiap peringkat di bawahnya, 700 di luar daftar keahlian.",
                "A cost of 0 is the category known best, 100 more for each rank below it, 700 outside the list of expertise."))</p>
            \(StackView.table(
                caption: frame.say("Harga setiap aturan", "The price of each rule"),
                columns: [
                    frame.say("Aturan, menurut urutan", "Rule, in order"), frame.say("Biaya", "Cost"),
                    frame.say("Tambahan", "Price"), frame.say("Usulan terburuk", "Worst proposal"),
                    frame.say("Terhubung", "Connected"),
                ], rows))</section>
            """
    }

    private static func loads(_ sheet: Assignments.Sheet, _ frame: Frame) -> HTML {
        """
        <section aria-labelledby="beban"><h2 id="beban">\(frame.say("Beban dari rencana ini", "Load by this plan"))</h2>
        \(ChartView.table(
            Chart(
                caption: frame.count(
                    sheet.loads.reduce(0) { $0 + $1.reads }, "pembacaan", "read", "reads"),
                rowTitle: frame.say("Penilai", "Evaluator"), numberTitle: frame.say("Pembacaan", "Reads"),
                rows: sheet.loads.map { .init($0.name, $0.reads) }), frame))</section>
        """
    }

    private static func readers(_ sheet: Assignments.Sheet, _ page: Int, _ frame: Frame) -> HTML {
        let base = Address.path("kerja", "kompetisi", sheet.stored.code, "penugasan", String(sheet.plan.id))
        let rows = sheet.rows.map { row in
            StackView.Row(
                "<a href=\"\(frame.to(AssignmentView.proposal(sheet.stored.code, row.proposal)))\"\(frame.record)>\(row.title)</a>",
                "\(row.readers.joined(separator: ", "))", "\(frame.number(row.cost))")
        }
        func address(_ page: Int) -> Address { frame.to(base.adding([("halaman", String(page))])) }
        let last = sheet.from + sheet.rows.count
        let pager = Pager(
            from: sheet.from + 1, to: last, total: sheet.total, previous: page > 1 ? address(page - 1) : nil,
            next: last < sheet.total ? address(page + 1) : nil)
        return """
            <section aria-labelledby="pasangan"><h2 id="pasangan">\(frame.say("Siapa membaca apa", "Who reads what"))</h2>
            \(StackView.table(
                labelled: "pasangan",
                columns: [
                    frame.say("Usulan", "Proposal"), frame.say("Penilai", "Evaluators"), frame.say("Biaya", "Cost"),
                ], rows))\(pager.view(frame))</section>
            """
    }
}
