import Directory
import Foundation
import Kernel
import Web

/// Two records side by side, with what speaks for and against their being one.
struct PairPage: Sendable {
    /// One field of both, as the screen says it.
    struct Row: Sendable {
        let field: Innovation.Field
        let left: String?
        let right: String?

        var isSame: Bool { left == right }
    }

    let pair: Pairs.Shown
    let rows: [Row]
    let waterfall: Waterfall
    let previous: Int?
    let next: Int?
    let source: Int?
    /// Who reads it: nobody agrees with their own proposal.
    let account: Int
    let institution: @Sendable (String) -> String
    let done: DonePair?
    var reason = ""
    var problems = FormProblems.none
}

enum PairDetailView {
    static func page(_ model: PairPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let form = FormView(frame, model.problems)
        let head = PageHead(
            form.title(title(model, frame)),
            description: say("Dua data yang mungkin satu inovasi.", "Two records that may be one innovation."),
            crumbs: [
                Crumb(say("Meja kerja", "Desk"), frame.to(.path("kerja"))),
                Crumb(
                    say("Mungkin kembar", "Possible twins"),
                    frame.to(PairView.list(Pairs.Part(of: model.pair.state), model.source))),
            ], indexed: false)
        return Layout.page(
            frame, head,
            """
            \(form.summary())
            \(html(model.done) { PairView.done($0, source: model.source, frame) })
            <h1>\(title(model, frame))</h1>
            \(standing(model, frame))
            \(ways(model, frame))
            \(mayDecide(model) ? deciding(model, form, frame) : body(model, frame))
            """)
    }

    private static func title(_ model: PairPage, _ frame: Frame) -> String {
        guard case .live = model.pair.standing, !model.pair.state.isDecided else {
            return frame.say(
                "Dua data: \(model.pair.state.name.indonesian)", "Two records: \(model.pair.state.name.english)")
        }
        return model.pair.kind == .reused
            ? frame.say("Satu nomor, dua inovasi?", "One number, two innovations?")
            : frame.say("Apakah ini satu inovasi?", "Are these one innovation?")
    }

    private static func mayDecide(_ model: PairPage) -> Bool {
        switch model.pair.standing {
        case .live: !model.pair.state.isDecided
        // What waited for one that is gone still has to be let in.
        case .withdrawn: !model.pair.state.isDecided && model.pair.isWaiting
        case .joined: false
        }
    }

    // MARK: What it is about

    private static func standing(_ model: PairPage, _ frame: Frame) -> HTML {
        let (pair, say) = (model.pair, frame.language.say(_:_:))
        if pair.state.isDecided { return decided(pair, frame) }
        switch pair.standing {
        case .joined(let id):
            return NoticeView.notice(
                .plain, say("Keduanya sudah menjadi satu data.", "Both are one record by now."),
                "<a href=\"\(frame.to(.path("inovasi", String(id))))\">\(say("Buka datanya", "Open the record"))</a>")
        case .withdrawn(let id):
            return NoticeView.notice(
                .plain, say("Data \(id) sudah ditarik.", "Record \(id) was withdrawn."),
                "\(pair.isWaiting ? say("Yang menunggu dapat masuk ke direktori.", "What waits can enter the directory.") : say("Tidak ada yang perlu diputuskan.", "There is nothing to decide."))"
            )
        case .live: break
        }
        if pair.state == .proposed {
            let by = pair.office ?? "Sekretariat"
            return NoticeView.notice(
                .soon, say("\(by) mengusulkan penggabungan.", "\(by) proposed to merge them."),
                """
                \(html(pair.reason) { "\u{201C}\($0)\u{201D} " })\(pair.proposedBy == model.account
                    ? say("Orang lain yang menyetujuinya.", "Somebody else agrees to it.")
                    : say("Bila Anda setuju, keduanya digabung.", "If you agree, they are merged."))
                """)
        }
        let words =
            pair.kind == .reused
            ? say(
                "Sumber memakai nomor yang sama untuk isi yang lain. \u{201C}Sama\u{201D} memakai isi baru sebagai pembaruan; \u{201C}berbeda\u{201D} membuat data sendiri.",
                "The source used one number for other content. \u{201C}The same\u{201D} takes the new content as an update; \u{201C}different\u{201D} makes a record of its own."
            )
            : pair.isWaiting
                ? say(
                    "Yang menunggu belum tampil di direktori. Satu orang cukup untuk memutuskan.",
                    "What waits is not in the directory yet. One person is enough to decide.")
                : say(
                    "Keduanya sudah terbit, jadi penggabungan perlu dua orang.",
                    "Both are published, so merging them takes two persons.")
        return "<p class=\"lead\">\(words)</p>"
    }

    private static func decided(_ pair: Pairs.Shown, _ frame: Frame) -> HTML {
        let on = pair.decidedAt.map { $0.day().long(frame.language) } ?? ""
        let merge = html(pair.merge) {
            "<a href=\"\(frame.to(.path("kerja", "gabungan", String($0))))\">\(frame.say("Lihat penggabungannya", "See the merge"))</a>"
        }
        return NoticeView.notice(
            .plain, "\(pair.office ?? "Sekretariat"), \(on): \(frame.language.say(pair.state.name)).",
            "\(html(pair.reason) { "\u{201C}\($0)\u{201D} " })\(merge)")
    }

    private static func ways(_ model: PairPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        func link(_ id: Int?, _ words: String, _ key: HTML, _ rel: HTML) -> HTML {
            html(id) {
                """
                <a href="\(frame.to(.path("kerja", "kembar", String($0), query: PairView.query(.open, model.source))))" \
                rel="\(rel)" accesskey="\(key)" data-key="\(key)">\(words)</a>
                """
            }
        }
        guard !model.pair.state.isDecided else { return .empty }
        return """
            <nav class="row" aria-label="\(say("Pasangan lain", "Other pairs"))">\
            \(link(model.previous, say("Sebelumnya", "Previous"), "k", "prev"))\(link(model.next, say("Berikutnya", "Next"), "j", "next"))\
            \(html(model.pair.source) { "<span class=\"from\">\(brought($0, model.pair, frame))</span>" })</nav>

            """
    }

    private static func brought(_ source: String, _ pair: Pairs.Shown, _ frame: Frame) -> HTML {
        guard let run = pair.run, let line = pair.line else { return "\(source)" }
        let address = frame.to(.path("kerja", "kiriman", String(run), "baris", String(line)))
        return "<a href=\"\(address)\">\(source), \(frame.say("baris", "row")) \(line)</a>"
    }

    // MARK: Deciding

    private static func deciding(_ model: PairPage, _ form: FormView, _ frame: Frame) -> HTML {
        let (pair, say) = (model.pair, frame.language.say(_:_:))
        let own = pair.state == .proposed && pair.proposedBy == model.account
        let same =
            pair.isWaiting
            ? say("Sama, gabungkan", "The same: merge")
            : pair.state == .proposed
                ? say("Setuju, gabungkan", "Agree: merge")
                : say("Sama, usulkan penggabungan", "The same: propose the merge")
        return form.form(
            to: .path("kerja", "kembar", String(pair.id)),
            """
            \(form.hidden("keadaan", pair.state.rawValue))\(form.hidden("kiri", String(pair.left.name.id)))\
            \(form.hidden("kanan", String(pair.right.name.id)))\(html(model.source) { form.hidden("sumber", String($0)) })
            \(body(model, frame))
            \(form.area("alasan", label: say("Alasan", "Reason"), value: model.reason, hint: say("Boleh kosong. Tampil di riwayat data.", "May stay empty. Shown in the record's history."), limit: .characters(Pair.reasonLimit), small: true))
            <p class="soft" data-keys hidden>\(say("Tombol", "Keys")): <kbd>1</kbd> \(say("sama", "same")) · <kbd>2</kbd> \
            \(say("berbeda", "different")) · <kbd>3</kbd> \(say("berkaitan", "related")) · <kbd>j</kbd> \(say("berikutnya", "next")) · \
            <kbd>k</kbd> \(say("sebelumnya", "previous")) · <kbd>u</kbd> \(say("urungkan", "take back")) \
            <label><input type="checkbox" checked> \(say("pakai tombol ini", "use these keys"))</label></p>
            \(pair.standing != .live ? form.actions(choice(say("Berbeda, masukkan ke direktori", "Different: let it in"), .different, "2", "button")) : form.actions(
                own ? "<span class=\"soft\">\(say("Menunggu orang lain.", "Waiting for somebody else."))</span>" : choice(same, .same, "1", "button"),
                choice(say("Berbeda", "Different"), .different, "2", own ? "button" : "button second"),
                choice(say("Berkaitan", "Related"), .related, "3", "button second")))
            """)
    }

    private static func choice(_ words: String, _ decision: Pair.Decision, _ key: HTML, _ look: HTML) -> HTML {
        """
        <button class="\(look)" name="keputusan" value="\(decision.rawValue)" accesskey="\(key)" data-key="\(key)">\(words)</button>
        """
    }

    // MARK: Both records

    private static func body(_ model: PairPage, _ frame: Frame) -> HTML {
        """
        \(table(model, frame))
        <div class="cols even"><section aria-labelledby="mengapa"><h2 id="mengapa">\(frame.say("Yang menguatkan dan melemahkan", "What speaks for and against"))</h2>
        \(model.waterfall.steps.isEmpty ? unweighed(frame) : WaterfallView.table(model.waterfall, frame))</section>
        <section aria-labelledby="sumber-sumber"><h2 id="sumber-sumber">\(frame.say("Yang dikatakan sumber", "What the sources say"))</h2>
        \(sources(model.pair.left, frame))\(sources(model.pair.right, frame))\(others(model, frame))</section></div>
        """
    }

    private static func unweighed(_ frame: Frame) -> HTML {
        """
        <p class="missing">\(frame.say(
            "Pasangan ini diusulkan orang; mesin belum menimbangnya.",
            "This pair was proposed by a person; the machine has not weighed it."))</p>
        """
    }

    private static func table(_ model: PairPage, _ frame: Frame) -> HTML {
        let (left, right) = (model.pair.left, model.pair.right)
        let differing = model.rows.count { !$0.isSame }
        let caption = frame.say(
            "\(differing) bagian berbeda, \(model.rows.count - differing) sama",
            "\(frame.count(differing, "", "part differs", "parts differ")), \(model.rows.count - differing) the same")
        return """
            <table class="stack twins"><caption>\(caption)</caption><thead><tr><th scope="col"><span class="sr">\(frame.say("Bagian", "Part"))</span></th>\
            <th scope="col">\(frame.say("Nomor", "Number")) \(left.name.id)</th><th scope="col">\(frame.say("Nomor", "Number")) \(right.name.id)</th></tr></thead><tbody>
            <tr><th scope="row">\(frame.say("Keadaan", "State"))</th>\(record(left, frame))\(record(right, frame))</tr>
            \(model.rows.html { row($0, left, right, frame) })</tbody></table>

            """
    }

    private static func record(_ side: Pairs.Side, _ frame: Frame) -> HTML {
        let id = String(side.name.id)
        let state: HTML =
            side.name.isWaiting
            ? StateView.state(.never, frame.say("menunggu diperiksa", "waiting for review"))
            : side.validatedBy.map {
                StateView.state(.valid, frame.say("divalidasi oleh \($0)", "validated by \($0)"))
            } ?? StateView.state(.never, frame.say("belum divalidasi", "not validated"))
        let link =
            "<a href=\"\(frame.to(.path("inovasi", id)))\">\(frame.say("Buka", "Open"))<span class=\"sr\"> \(id)</span></a>"
            as HTML
        return """
            <td data-label="\(frame.say("Nomor", "Number")) \(id)">\(state) \(side.isPublished ? link : .empty)</td>
            """
    }

    private static func row(_ row: PairPage.Row, _ left: Pairs.Side, _ right: Pairs.Side, _ frame: Frame) -> HTML {
        let name = frame.language.say(Innovation.fieldName(row.field.key))
        if row.isSame {
            return """
                <tr class="same\(row.field == .title ? " head" : "")"><th scope="row">\(name)</th><td colspan="2"\(frame.record)>\(row.left ?? "") \
                <span class="sr">(\(frame.say("sama pada keduanya", "the same in both")))</span></td></tr>

                """
        }
        let difference = WordDifference(from: row.left ?? "", to: row.right ?? "")
        func cell(_ text: String?, _ side: Pairs.Side, removed: Bool) -> HTML {
            """
            <td data-label="\(frame.say("Nomor", "Number")) \(side.name.id)">\(text == nil
                ? "<span class=\"soft\">\(frame.say("tidak disebut", "not stated"))</span>"
                : row.left == nil || row.right == nil
                    ? "<p\(frame.record)>\(text ?? "")</p>" : ComparisonView.words(difference, removed: removed, frame))</td>
            """
        }
        return """
            <tr\(row.field == .title ? " class=\"head\"" : "")><th scope="row">\(name)</th>\(cell(row.left, left, removed: true))\(cell(row.right, right, removed: false))</tr>

            """
    }

    // MARK: Sources and other pairs

    private static func sources(_ side: Pairs.Side, _ frame: Frame) -> HTML {
        let joined = side.joined.map(String.init).joined(separator: ", ")
        return """
            <h3>\(frame.say("Nomor", "Number")) \(side.name.id)</h3>
            \(joined.isEmpty ? "" : "<p class=\"soft\">\(frame.say("Sudah bergabung dengannya: \(joined)", "Already joined it: \(joined)"))</p>")
            \(side.sources.html { source($0, frame) })
            """
    }

    /// One source's row as it came.
    static func source(_ source: Innovations.SourceRecord, _ frame: Frame) -> HTML {
        let cells = RawContent.cells(source.content)
        return """
            <p class="from">\(source.source) \(source.externalID), \(source.changedAt.day().long(frame.language))</p>
            \(cells.isEmpty ? "" : """
            <details><summary>\(frame.say("Isi baris seperti diterima", "The row as it came"))</summary><dl class="facts">\
            \(cells.html { "<dt>\($0.name)</dt><dd\(frame.record)>\($0.value)</dd>" })</dl></details>
            """)
            """
    }

    private static func others(_ model: PairPage, _ frame: Frame) -> HTML {
        guard !model.pair.others.isEmpty else { return .empty }
        let ids = [model.pair.left.name.id, model.pair.right.name.id]
        let items = model.pair.others.html { line in
            let other = ids.contains(line.left.id) ? line.right : line.left
            return """
                <li><a href="\(frame.to(.path("kerja", "kembar", String(line.id))))"\(frame.record)>\(other.shown.name)</a>, \
                \(PairView.percent(line.probability, frame))\(PairView.under(other, model.institution, frame))</li>
                """
        }
        return """
            <h3>\(frame.say("Calon lain untuk data yang sama", "Other candidates for the same records"))</h3><ul class="bare">\(items)</ul>
            """
    }
}
