import Files
import Kernel
import Web

struct SourcePage: Sendable {
    let source: Source
    /// Its place in the order of trust, from 1.
    let place: Int
    /// Newest first, at most one page.
    let runs: [Run]
    /// The newest of all.
    let last: Run?
    let pager: Pager?
    let versions: [Mappings.Version]
    let mayManage: Bool
    var problems = FormProblems.none
}

/// One source: what it is, its deliveries, and how to bring the next.
enum SourceDetailView {
    static func page(_ model: SourcePage, _ frame: Frame) -> HTML {
        let (say, source) = (frame.language.say(_:_:), model.source)
        let form = FormView(frame, model.problems)
        let head = PageHead(
            form.title(source.name), description: source.name,
            crumbs: [Crumb(say("Sumber data", "Data sources"), frame.to(.path("kerja", "sumber")))], indexed: false)
        return Layout.page(
            frame, head,
            """
            \(form.summary())
            <div class="cols"><div>
            <h1>\(source.name)</h1>
            \(live(model, frame))
            \(model.mayManage ? bring(model, form) : .empty)
            \(deliveries(model, frame))
            </div>
            <aside class="panel" aria-labelledby="tentang"><h2 id="tentang">\(say("Tentang sumber ini", "About this source"))</h2>
            \(facts(model, frame))
            \(model.mayManage ? acts(model, form) : .empty)
            </aside></div>
            """)
    }

    /// The delivery that wants something of the reader stands first.
    private static func live(_ model: SourcePage, _ frame: Frame) -> HTML {
        guard let run = model.last else { return .empty }
        let say = frame.language.say(_:_:)
        let link: HTML =
            "<a href=\"\(frame.to(.path("kerja", "kiriman", String(run.id))))\">\(say("Buka kiriman", "Open the delivery"))</a>"
        switch run.state {
        case .asking:
            return NoticeView.notice(
                .soon, say("Kiriman menunggu jawaban Anda.", "A delivery waits for your answer."), link)
        case .failed:
            return NoticeView.notice(.bad, say("Kiriman terakhir gagal.", "The last delivery failed."), link)
        case .done, .stopped: return .empty
        default:
            return NoticeView.notice(.plain, say("Kiriman sedang diproses.", "A delivery is being processed."), link)
        }
    }

    private static func bring(_ model: SourcePage, _ form: FormView) -> HTML {
        let (say, id) = (form.frame.language.say(_:_:), String(model.source.id))
        if let last = model.last, !last.state.isEnded { return .empty }
        let primary = model.source.terms.kind == .file
        let upload = form.form(
            to: .path("kerja", "sumber", id, "berkas"), files: true,
            form.file(
                "berkas", label: say("Berkas data", "File of data"),
                hint: form.frame.language.say(FileKind.delivery.hint),
                accept: [FileKind.delivery.accept], most: FileKind.delivery.mostBytes)
                + form.button(
                    say("Unggah dan periksa kolomnya", "Upload and look at its columns"), primary ? .primary : .second))
        let fetch: HTML =
            primary
            ? .empty
            : form.form(
                to: .path("kerja", "sumber", id, "ambil"), form.button(say("Ambil sekarang", "Fetch now")))
        return """
            <section aria-labelledby="kirim"><h2 id="kirim">\(say("Kiriman baru", "New delivery"))</h2>
            \(fetch)\(upload)</section>
            """
    }

    private static func deliveries(_ model: SourcePage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let table: HTML =
            model.runs.isEmpty
            ? "<p class=\"missing\">\(say("Belum ada kiriman.", "No delivery yet."))</p>"
            : StackView.table(
                labelled: "kiriman",
                columns: [
                    say("Kiriman", "Delivery"), say("Keadaan", "State"), say("Baris", "Rows"), say("Hasil", "Outcome"),
                ], model.runs.map { row($0, frame) })
        return """
            <section aria-labelledby="kiriman"><h2 id="kiriman">\(say("Riwayat kiriman", "Deliveries so far"))</h2>
            \(table)\(html(model.pager) { $0.view(frame) })</section>
            """
    }

    private static func row(_ run: Run, _ frame: Frame) -> StackView.Row {
        let address = frame.to(.path("kerja", "kiriman", String(run.id)))
        let sums = OutcomeView.sentence(run.sums, frame)
        return StackView.Row(
            """
            <a href="\(address)">\(frame.language.moment(run.at))</a><br><span class="soft">\(run.name)</span>
            """, RunView.state(run.state, frame), "\(frame.number(run.sums.rows))",
            sums.isEmpty ? "–" : "\(OutcomeView.bar(run.sums))<span class=\"soft\">\(sums)</span>")
    }

    private static func facts(_ model: SourcePage, _ frame: Frame) -> HTML {
        let (say, source) = (frame.language.say(_:_:), model.source)
        let terms = source.terms
        let missing: HTML = "<span class=\"soft\">\(say("belum dinyatakan", "not stated yet"))</span>"
        var facts: [(String, HTML)] = [
            (say("Pemilik", "Owner"), terms.owner.map { "\($0)" } ?? missing),
            (say("Lisensi", "Licence"), terms.licence.map { "\($0)" } ?? missing),
            (say("Kepercayaan", "Trust"), "\(say("ke-\(model.place)", "number \(model.place)"))"),
            (say("Datang", "Comes"), "\(frame.language.say(terms.kind.name))"),
        ]
        if let address = terms.address { facts.append((say("Alamat", "Address"), "<code>\(address)</code>")) }
        if terms.kind != .file {
            let every = terms.hours.map { interval($0, frame) } ?? say("hanya bila diminta", "only when asked")
            facts.append((say("Jadwal", "Schedule"), "\(terms.isPaused ? say("dijeda", "paused") : every)"))
            if let next = source.nextAt, !terms.isPaused {
                facts.append((say("Berikutnya", "Next"), "\(frame.language.moment(next))"))
            }
        }
        facts.append(
            (
                say("Isi kiriman", "A delivery holds"),
                "\(terms.isComplete ? say("semua data sumber", "all data of the source") : say("sebagian data sumber", "a part of the data"))"
            ))
        let versions = model.versions.html { version -> HTML in
            """
            <li>\(say("Versi", "Version")) \(version.version)<br><span class="soft">\(frame.language.moment(version.at))</span></li>
            """
        }
        return """
            <dl class="facts">\(facts.html { "<dt>\($0.0)</dt><dd>\($0.1)</dd>" })</dl>
            <h3>\(say("Pemetaan kolom", "Column mapping"))</h3>
            \(model.versions.isEmpty
                ? "<p class=\"soft\">\(say("Dibuat sesudah berkas pertama diunggah.", "Made after the first file is uploaded."))</p>"
                : "<ul class=\"bare\">\(versions)</ul><p><a href=\"\(frame.to(.path("kerja", "sumber", String(source.id), "pemetaan")))\">\(say("Lihat pemetaan yang berlaku", "See the mapping in use"))</a></p>")
            """
    }

    private static func interval(_ hours: Int, _ frame: Frame) -> String {
        let say = frame.language.say(_:_:)
        switch hours {
        case 24: return say("setiap hari", "every day")
        case 168: return say("setiap minggu", "every week")
        case let hours where hours % 24 == 0: return say("setiap \(hours / 24) hari", "every \(hours / 24) days")
        default: return say("setiap \(hours) jam", "every \(hours) hours")
        }
    }

    private static func acts(_ model: SourcePage, _ form: FormView) -> HTML {
        let (frame, id) = (form.frame, String(model.source.id))
        let say = frame.language.say(_:_:)
        let pause: HTML =
            model.source.terms.kind == .file
            ? .empty
            : form.form(
                to: .path("kerja", "sumber", id, "jeda"),
                model.source.terms.isPaused
                    ? form.button(
                        say("Jalankan lagi jadwalnya", "Resume the schedule"), .second, name: "lanjut", small: true)
                    : form.button(say("Jeda jadwalnya", "Pause the schedule"), .second, name: "jeda", small: true))
        return """
            <p><a href="\(frame.to(.path("kerja", "sumber", id, "ubah")))">\(say("Ubah sumber ini", "Change this source"))</a></p>
            \(pause)
            """
    }
}
