import Kernel
import Web

struct RunPage: Sendable {
    let run: Run
    /// Who brought it: an office, or the schedule.
    let by: String
    /// The office that let it go on in spite of doubts.
    let approvedBy: String?
    /// Those that are listed below; nil while it says only how far it is.
    let rows: RunRowsView.Page?
    let mayManage: Bool
}

/// One delivery: what it is doing or did, the sums, its rows.
enum RunView {
    static func state(_ state: RunState, _ frame: Frame) -> HTML {
        let look: StateView.Look =
            switch state {
            case .done: .valid
            case .asking: .due
            case .failed: .late
            default: .never
            }
        return StateView.state(look, frame.language.say(state.name))
    }

    static func page(_ model: RunPage, _ frame: Frame) -> HTML {
        let (say, run) = (frame.language.say(_:_:), model.run)
        let title = finding(model, frame)
        let head = PageHead(
            title, description: "\(run.sourceName): \(run.name)",
            crumbs: [
                Crumb(say("Sumber data", "Data sources"), frame.to(.path("kerja", "sumber"))),
                Crumb(run.sourceName, frame.to(.path("kerja", "sumber", String(run.source)))),
            ], indexed: false)
        return Layout.page(
            frame, head,
            """
            <h1>\(title)</h1>
            \(facts(model, frame))
            \(asking(model, frame))\(ended(model, frame))
            \(run.state.isEnded || run.state == .asking ? progress(model, frame) : watched(model, frame))
            \(model.mayManage && !run.state.isEnded && run.state != .asking ? stop(model, frame) : .empty)
            \(html(model.rows) { RunRowsView.list($0, frame) })
            """)
    }

    private static func finding(_ model: RunPage, _ frame: Frame) -> String {
        let (say, sums) = (frame.language.say(_:_:), model.run.sums)
        switch model.run.state {
        case .waiting, .fetching, .reading, .linking, .applying:
            return say("Kiriman sedang diproses", "The delivery is being processed")
        case .asking: return say("Kiriman menunggu jawaban Anda", "The delivery waits for your answer")
        case .stopped: return say("Kiriman dihentikan", "The delivery was stopped")
        case .failed: return say("Kiriman gagal", "The delivery failed")
        case .done:
            let rows = frame.count(sums.rows, "baris selesai", "row done", "rows done")
            let new = sums[.created]
            let changed = sums[.updated]
            let parts = [
                new > 0 ? say("\(frame.number(new)) baru", "\(frame.number(new)) new") : nil,
                changed > 0 ? say("\(frame.number(changed)) diperbarui", "\(frame.number(changed)) updated") : nil,
            ].compactMap(\.self)
            if sums.rows == 0 {
                return model.run.reason.map { frame.language.say($0) }
                    ?? say("Kiriman selesai tanpa baris", "The delivery ended without rows")
            }
            return parts.isEmpty
                ? say("\(rows), tidak ada yang berubah", "\(rows), nothing changed")
                : "\(rows): " + parts.joined(separator: ", ")
        }
    }

    private static func facts(_ model: RunPage, _ frame: Frame) -> HTML {
        let (say, run) = (frame.language.say(_:_:), model.run)
        let mapping = run.mapping.map { say("Pemetaan versi \($0)", "Mapping version \($0)") }
        let ended = run.endedAt.map {
            say("Berakhir \(frame.language.moment($0))", "Ended \(frame.language.moment($0))")
        }
        let facts = [
            run.name, say("Mulai \(frame.language.moment(run.at))", "Began \(frame.language.moment(run.at))"), ended,
            say("Oleh \(model.by)", "By \(model.by)"), mapping,
            model.approvedBy.map { say("Dilanjutkan oleh \($0)", "Let go on by \($0)") },
        ].compactMap(\.self)
        return "<p class=\"meta\">\(facts.html { "<span>\($0)</span>" })</p>"
    }

    // MARK: While it runs

    /// The part that the script replaces while it runs; without it, a link loads the page anew.
    private static func watched(_ model: RunPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let id = String(model.run.id)
        return """
            <p class="sr" role="status" data-said></p>
            <div data-events="\(frame.to(.path("kerja", "kiriman", id, "kemajuan")))">
            \(progress(model, frame))
            </div>
            <p data-unwatched><a href="\(frame.to(.path("kerja", "kiriman", id)))">\(say("Muat ulang", "Reload"))</a> \
            \(say("untuk melihat kemajuan terbaru.", "to see how far it is."))</p>
            <p class="soft">\(say("Anda boleh menutup halaman ini; kiriman tetap berjalan.", "You may close this page; the delivery goes on."))</p>
            """
    }

    /// How far it is, and the sums so far.
    static func progress(_ model: RunPage, _ frame: Frame) -> HTML {
        let run = model.run
        let moving = !run.state.isEnded && run.state != .asking
        let list = { (outcome: StagedOutcome?) in
            frame.to(
                .path(
                    "kerja", "kiriman", String(run.id), query: outcome.map { [("hasil", $0.word)] } ?? [],
                    fragment: "baris"))
        }
        return """
            \(moving ? "\(way(model, frame))\(bar(model, frame))" : .empty)
            \(run.sums.rows > 0 ? OutcomeView.table(run.sums, list: list, chosen: model.rows?.chosen, frame) : .empty)
            """
    }

    private static func way(_ model: RunPage, _ frame: Frame) -> HTML {
        let here = RunState.way.firstIndex(of: model.run.state) ?? -1
        let steps = RunState.way.enumerated().map { place, state -> (ThreadView.Knot, HTML) in
            let name = frame.language.say(state.name).capitalizedFirst
            return (
                place < here ? .tied : place == here ? .now : .loose,
                place == here ? "<strong>\(name)</strong>" : "\(name)"
            )
        }
        return ThreadView.list(steps, tight: true)
    }

    private static func bar(_ model: RunPage, _ frame: Frame) -> HTML {
        let words = far(model, frame)
        guard let total = model.run.total, total > 0 else {
            return "<p>\(words)</p><progress aria-label=\"\(words)\"></progress>\n"
        }
        let done = min(model.run.done, total)
        return "<p>\(words)</p><progress aria-label=\"\(words)\" max=\"\(total)\" value=\"\(done)\"></progress>\n"
    }

    /// How far it is, in words.
    static func far(_ model: RunPage, _ frame: Frame) -> String {
        let name = frame.language.say(model.run.state.name).capitalizedFirst
        guard let total = model.run.total, total > 0 else { return name }
        let (done, all) = (frame.number(min(model.run.done, total)), frame.number(total))
        return name + frame.say(": \(done) dari \(all) baris", ": \(done) of \(all) rows")
    }

    private static func stop(_ model: RunPage, _ frame: Frame) -> HTML {
        let form = FormView(frame)
        return form.form(
            to: .path("kerja", "kiriman", String(model.run.id), "henti"),
            form.button(frame.say("Hentikan kiriman ini", "Stop this delivery"), .danger, small: true))
    }

    // MARK: When it asks, and when it has ended

    private static func asking(_ model: RunPage, _ frame: Frame) -> HTML {
        guard model.run.state == .asking else { return .empty }
        let (say, form, id) = (frame.language.say(_:_:), FormView(frame), String(model.run.id))
        let doubts = model.run.doubts.html { "<li>\(frame.language.say($0.message))</li>" }
        let open = frame.number(model.run.sums.open)
        let advice =
            model.run.sums.open == 0
            ? say(
                "Tidak ada baris yang dapat disimpan. Hentikan, perbaiki pemetaan kolom atau berkasnya, lalu kirim lagi.",
                "There is no row to store. Stop, mend the mapping of columns or the file, and deliver again.")
            : say(
                "Periksa dahulu barisnya di bawah. Bila kiriman ini benar, lanjutkan: \(open) baris disimpan. Bila tidak, hentikan, perbaiki pemetaan kolom atau berkasnya, lalu kirim lagi.",
                "Look at the rows below first. If this delivery is right, go on: \(open) rows are stored. If not, stop, mend the mapping of columns or the file, and deliver again."
            )
        let buttons: HTML =
            model.mayManage
            ? """
            <div class="row">\(form.form(to: .path("kerja", "kiriman", id, "lanjut"), form.button(say("Lanjutkan dan simpan", "Go on and store"))))
            \(form.form(to: .path("kerja", "kiriman", id, "henti"), form.button(say("Hentikan, jangan simpan", "Stop, store nothing"), .danger)))</div>
            """ : "<p>\(say("Sekretariat yang menjawabnya.", "The secretariat answers it."))</p>"
        return """
            <div class="notice soon"><p><strong>\(say("Ada yang tidak biasa. Belum ada yang berubah di direktori.", "Something is unusual. Nothing has changed in the directory yet."))</strong></p>
            <ul>\(doubts)</ul>
            <p>\(advice)</p>
            \(buttons)</div>
            """
    }

    private static func ended(_ model: RunPage, _ frame: Frame) -> HTML {
        let (say, run) = (frame.language.say(_:_:), model.run)
        let stored = run.sums.rows - run.sums.open - run.sums[.rejected]
        let safe =
            stored == 0
            ? say("Tidak ada yang berubah di direktori.", "Nothing changed in the directory.")
            : say(
                "\(frame.number(stored)) baris sudah tersimpan; sisanya belum. Mengirim berkas yang sama lagi melanjutkan sisanya, tanpa menggandakan apa pun.",
                "\(frame.number(stored)) rows are stored, the rest is not. Delivering the same file again does the rest and makes nothing twice."
            )
        let back: HTML =
            "<a href=\"\(frame.to(.path("kerja", "sumber", String(run.source))))\">\(say("Kirim lagi dari halaman sumbernya", "Deliver again from the source's page"))</a>"
        let mapping: HTML =
            run.file == nil
            ? .empty
            : "\(say(", atau", ", or")) <a href=\"\(frame.to(.path("kerja", "sumber", String(run.source), "pemetaan")))\">\(say("perbaiki pemetaan kolomnya", "mend its mapping of columns"))</a>"
        switch run.state {
        case .failed:
            return NoticeView.notice(
                .bad, run.reason.map { frame.language.say($0) } ?? say("Kiriman terputus.", "The delivery broke off."),
                "\(safe) \(back)\(model.mayManage ? mapping : .empty).")
        case .stopped:
            let why =
                run.reason.map { frame.language.say($0) }
                ?? say("Kiriman ini dihentikan.", "This delivery was stopped.")
            return NoticeView.notice(.plain, why, "\(safe) \(back)\(model.mayManage ? mapping : .empty).")
        case .done: return done(run, frame)
        default: return .empty
        }
    }

    /// What a delivery that is done still asks for.
    private static func done(_ run: Run, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let (review, missing) = (run.sums[.review], run.missing ?? 0)
        let number = frame.number(review)
        let queue: HTML = """
            <a href="\(frame.to(.path("kerja", "kembar")))">\(say("Periksa satu per satu", "Look at them one by one"))</a>
            """
        let gone = say(
            "\(frame.number(missing)) data tidak ada lagi di sumber ini; datanya tetap di direktori, dengan catatan sejak kapan hilang.",
            "\(frame.number(missing)) records are no longer in this source; they stay in the directory, with a note since when."
        )
        if review > 0 {
            return NoticeView.notice(
                .soon,
                say(
                    "\(number) baris mungkin sama dengan inovasi yang sudah ada.",
                    review == 1 ? "1 row may be a known innovation." : "\(number) rows may be known innovations."),
                "\(queue)\(missing > 0 ? ". \(gone)" : "")")
        }
        return missing > 0 ? NoticeView.notice(.soon, gone) : .empty
    }
}
