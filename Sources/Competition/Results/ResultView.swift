import Kernel
import Web

/// The organiser's page of results: freezing, what changed between versions, issuing and revoking awards.
enum ResultView {
    struct Model {
        let sheet: Results.Sheet
        let desk: Awards.Desk
        /// The institutions of the person who looks: what was given to their proposals is hidden.
        let own: Set<String>
        var names: [String: String] = [:]
        /// What was typed.
        var reason = ""
        /// The award whose revocation was sent, and why.
        var revoking: (serial: String, reason: String)?
    }

    static func page(_ model: Model, _ problems: FormProblems, _ frame: Frame) -> HTML {
        let (sheet, form) = (model.sheet, FormView(frame, problems))
        let edition = frame.language.say(sheet.stored.edition.name)
        let title =
            sheet.versions.first.map {
                frame.say("Hasil dibekukan, versi \($0.number)", "The result is frozen, version \($0.number)")
            } ?? frame.say("Hasil belum dibekukan", "The result is not frozen yet")
        return Layout.page(
            frame,
            PageHead(
                form.title("\(title) · \(edition)"), description: title,
                crumbs: EditionMenuView.crumbs(sheet.stored, frame), indexed: false),
            """
            \(form.summary())<h1>\(title)</h1>\(EditionMenuView.menu(sheet.stored, at: .results, frame))
            \(freezing(model, form))\(awards(model, form))\(lines(model, frame))\(versions(model, frame))
            """)
    }

    // MARK: freezing

    private static func freezing(_ model: Model, _ form: FormView) -> HTML {
        let (frame, sheet) = (form.frame, model.sheet)
        guard sheet.isDecided else {
            return NoticeView.notice(
                .plain, frame.say("Belum ada yang dapat dibekukan.", "There is nothing to freeze yet."),
                "\(frame.say("Tutup sidang finalis atau sidang penghargaan dulu.", "Close a sitting on finalists or awards first."))"
            )
        }
        let address = Address.path("kerja", "kompetisi", sheet.stored.code, "hasil")
        guard let newest = sheet.versions.first else {
            return """
                <section aria-labelledby="beku"><h2 id="beku">\(frame.say("Bekukan hasil", "Freeze the result"))</h2>
                <p>\(frame.say(
                    "Aturan, usulan, penugasan, nilai, dan keputusan sidang dikunci bersama sidiknya lalu ditandatangani. Siapa pun yang berhak dapat menghitungnya ulang. Perubahan sesudahnya menjadi versi baru dengan alasan.",
                    "Rules, proposals, assignment, scores and decisions are locked with their digests and signed. Anyone entitled can compute them again. A later change becomes a new version with its reason."
                ))</p>
                \(form.form(to: address, form.actions(form.button(frame.say("Bekukan hasil", "Freeze the result")))))</section>
                """
        }
        let shown = sheet.drift.filter { isOpen($0, model) }
        guard !sheet.drift.isEmpty else {
            return NoticeView.notice(
                .good,
                frame.say(
                    "Basis data sama dengan hasil versi \(newest.number).",
                    "The database says what version \(newest.number) says."))
        }
        return """
            <section aria-labelledby="beku"><h2 id="beku">\(frame.count(
                sheet.drift.count, "hal berubah sejak versi \(newest.number)", "thing changed since version \(newest.number)",
                "things changed since version \(newest.number)"))</h2>
            \(list(shown, model, frame))
            \(form.form(
                to: address,
                form.area(
                    "alasan", label: frame.say("Alasan mengganti hasil", "Reason for replacing the result"),
                    value: model.reason,
                    hint: frame.say("Tampil untuk umum.", "Shown publicly."), required: true, small: true)
                    + form.actions(
                        form.button(
                            frame.say("Bekukan versi \(newest.number + 1)", "Freeze version \(newest.number + 1)"))))
            )</section>
            """
    }

    private static func isOpen(_ difference: CanonicalDifference, _ model: Model) -> Bool {
        guard let proposal = difference.proposal else { return true }
        return !hidden(model).contains(proposal)
    }

    /// The proposals of the person's own institutions, in any version.
    private static func hidden(_ model: Model) -> Set<Int> {
        guard !model.own.isEmpty, let newest = model.sheet.versions.first, let content = try? newest.outcome() else {
            return []
        }
        return Set(content.lines.filter { model.own.contains($0.institution) }.map(\.proposal))
    }

    private static func list(_ differences: [CanonicalDifference], _ model: Model, _ frame: Frame) -> HTML {
        guard !differences.isEmpty else { return .empty }
        let more = differences.count - 30
        return """
            <ul class="samples">\(differences.prefix(30).html { each in
                """
                <li>\(each.place): \(html(each.before) { "<del>\(String($0.prefix(200)))</del> " })\
                \(html(each.after) { "<ins>\(String($0.prefix(200)))</ins>" })</li>

                """
            })\(more > 0 ? "<li>\(frame.say("dan \(more) lagi", "and \(more) more"))</li>" : "")</ul>
            """
    }

    // MARK: versions

    private static func versions(_ model: Model, _ frame: Frame) -> HTML {
        let all = model.sheet.versions
        guard !all.isEmpty else { return .empty }
        let entries = all.enumerated().map { place, version -> (knot: ThreadView.Knot, content: HTML) in
            let before = place + 1 < all.count ? all[place + 1] : nil
            let changes = before.flatMap { try? version.changes(since: $0) } ?? []
            return (
                place == 0 ? .tied : .loose,
                """
                <h3>\(frame.say("Versi", "Version")) \(version.number), \
                \(frame.language.say(version.at.moment(in: model.sheet.stored.edition.zone, starting: true)))</h3>
                \(html(version.reason) { "<p>\($0)</p>" })
                <p class="from">\(frame.say("Sidik", "Digest")) <code>\(version.digest)</code>. \
                \(frame.say("Kunci", "Key")) <code>\(version.key)</code>. \(frame.say("Cara", "Method")) \
                <code>\(version.method)</code>.</p>
                \(list(changes.filter { isOpen($0, model) }, model, frame))
                """
            )
        }
        return """
            <section aria-labelledby="versi"><h2 id="versi">\(frame.count(
                all.count, "versi, semuanya tetap tersimpan", "version is kept", "versions are kept"))</h2>
            \(ThreadView.list(entries))
            <p class="soft">\(frame.say("Hitung ulang dari server:", "Compute it again on the server:")) \
            <code>simpul competition recompute \(model.sheet.stored.code)</code></p></section>
            """
    }

    // MARK: what came out

    private static func lines(_ model: Model, _ frame: Frame) -> HTML {
        guard let newest = model.sheet.versions.first, let content = try? newest.outcome() else { return .empty }
        let edition = model.sheet.stored.edition
        let rows = content.lines.sorted { ($0.place ?? .max, $0.proposal) < ($1.place ?? .max, $1.proposal) }.map {
            line -> StackView.Row in
            let isHidden = model.own.contains(line.institution)
            func score(_ value: Double?) -> HTML {
                isHidden ? "\(frame.say("tersembunyi", "hidden"))" : "\(value.map { frame.language.number($0) } ?? "–")"
            }
            let tier = line.award.map { code in
                edition.awards.first { $0.code == code }.map { frame.language.say($0.name) } ?? code
            }
            let verdict = line.decided ?? line.finalist
            return StackView.Row(
                "<span class=\"name\"\(frame.record)>\(line.title)</span>",
                "\(model.names[line.institution] ?? line.institution)", score(line.calibrated), score(line.agreed),
                score(line.panel),
                "\(tier ?? verdict.flatMap { Decision.Verdict(rawValue: $0) }.map { frame.language.say($0.name) } ?? "–")"
            )
        }
        return """
            <section aria-labelledby="isi-hasil"><h2 id="isi-hasil">\(frame.count(
                content.awarded, "penghargaan dari", "award of", "awards of")) \
            \(frame.count(content.passed, "usulan yang dinilai", "proposal evaluated", "proposals evaluated"))</h2>
            \(StackView.table(
                labelled: "isi-hasil",
                columns: [
                    frame.say("Usulan", "Proposal"), frame.say("Instansi", "Institution"),
                    frame.say("Nilai terkalibrasi", "Calibrated score"), frame.say("Nilai tim", "Team's score"),
                    frame.say("Nilai panel", "Panel's score"), frame.say("Keputusan", "Decision"),
                ], rows))</section>
            """
    }

    // MARK: awards

    private static func awards(_ model: Model, _ form: FormView) -> HTML {
        let (frame, desk, code) = (form.frame, model.desk, model.sheet.stored.code)
        guard !model.sheet.versions.isEmpty, desk.due > 0 || !desk.awards.isEmpty else { return .empty }
        let base = ["kerja", "kompetisi", code, "hasil"]
        var due: HTML = .empty
        if desk.due > 0 {
            if let decree = desk.decree {
                due = form.form(
                    to: .path(base[0], base[1], base[2], base[3], "terbit"),
                    """
                    <p>\(frame.say("Berdasarkan keputusan", "By the decree")) \(decree.number), \(decree.on).</p>
                    \(form.button(frame.say("Terbitkan \(desk.due) piagam", "Issue \(desk.due) certificates")))
                    """)
            } else {
                due = NoticeView.notice(
                    .soon,
                    frame.say("\(desk.due) piagam menunggu keputusan.", "\(desk.due) certificates await a decree."),
                    "\(frame.say("Tulis nomor dan tanggal keputusan pada pengumuman penghargaan.", "Give the decree's number and date with the announcement of awards."))"
                )
            }
        }
        let stray: HTML =
            desk.stray.isEmpty
            ? .empty
            : NoticeView.notice(
                .bad,
                frame.count(
                    desk.stray.count, "piagam tidak lagi sesuai dengan hasil terbaru.",
                    "certificate is not what the newest result says.",
                    "certificates are not what the newest result says."),
                "\(frame.say("Cabut dengan alasannya.", "Revoke with the reason."))")
        let opening = frame.say(
            "Halaman piagam terbuka pada saat pengumuman, tidak sebelumnya.",
            "Certificates' pages open with the announcement, not before.")
        let quiet: HTML = desk.isOut || desk.awards.isEmpty ? .empty : "<p class=\"soft\">\(opening)</p>"
        return """
            <section aria-labelledby="piagam"><h2 id="piagam">\(frame.count(
                desk.awards.count { $0.isStanding }, "piagam berlaku", "certificate stands", "certificates stand"))</h2>
            \(quiet)\(stray)\(due)<ul class="bare">\(desk.awards.html { award($0, model, form) })</ul></section>
            """
    }

    private static func award(_ award: Award, _ model: Model, _ form: FormView) -> HTML {
        let frame = form.frame
        let said = award.statement
        let state =
            award.revokedAt.map {
                StateView.state(
                    .late, frame.say("Dicabut \($0.day().long(.indonesian))", "Revoked \($0.day().long(.english))"))
            } ?? StateView.state(.valid, frame.say("Berlaku", "Standing"))
        let typed = model.revoking?.serial == award.serial ? model.revoking?.reason : nil
        let revoke =
            award.isStanding
            ? """
            <details\(typed == nil ? "" : " open")><summary>\(frame.say("Cabut", "Revoke"))<span class="sr"> \(award.serial)</span></summary>
            \(form.form(
                to: .path("kerja", "kompetisi", award.editionCode, "hasil", award.serial, "cabut"),
                form.area(
                    typed == nil ? "alasan-\(award.serial)" : "alasan-cabut",
                    label: frame.say("Alasan pencabutan", "Reason for revoking"), value: typed ?? "",
                    hint: frame.say("Tampil untuk umum.", "Shown publicly."), required: true, small: true)
                    + form.button(frame.say("Cabut piagam \(award.serial)", "Revoke certificate \(award.serial)"), .danger)))
            </details>
            """ : html(award.revocation) { "<p>\($0)</p>" }
        return """
            <li class="compare"><p><a class="name" href="\(frame.to(.path("penghargaan", award.serial)))"\(frame.record)>\(said.innovation.title)</a></p>
            <p>\(said.tier.name). \(said.institution.name). <span class="soft">\(award.serial)</span> \(state)</p>\(revoke)</li>

            """
    }
}
