import Kernel
import Web

/// One source as the list tells of it.
struct SourceLine: Sendable {
    let line: Sources.Line
    /// Its place in the order of trust, from 1.
    let place: Int

    var source: Source { line.source }
    var run: Run? { line.run }

    /// What asks for attention first: an answer, a failure, a delivery on its way; then by trust.
    var urgency: Int {
        switch run?.state {
        case .asking?: 0
        case .failed?: 1
        case nil: 3
        case .done?, .stopped?: 4
        default: 2
        }
    }
}

struct SourceListPage: Sendable {
    /// By trust, the most believed first.
    let sources: [SourceLine]
    /// Whether this person declares sources and orders them.
    let mayManage: Bool
}

/// The list of all sources.
enum SourceListView {
    static func page(_ model: SourceListPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let head = PageHead(
            say("Sumber data", "Data sources"),
            description: say("Dari mana data inovasi datang.", "Where data on innovations come from."), indexed: false)
        let sorted = model.sources.enumerated().sorted { ($0.1.urgency, $0.0) < ($1.1.urgency, $1.0) }.map(\.element)
        let add: HTML =
            model.mayManage
            ? "<p><a class=\"button\" href=\"\(frame.to(.path("kerja", "sumber", "baru")))\">\(say("Tambah sumber data", "Add a data source"))</a></p>"
            : .empty
        return Layout.page(
            frame, head,
            """
            <h1>\(finding(model.sources, frame))</h1>
            <p class="lead">\(say("Tiap sumber mengirim barisnya; baris yang sama dari sumber lain disatukan menjadi satu inovasi.", "Each source delivers its rows; the same row of another source is joined into one innovation."))</p>
            \(add)
            \(sorted.isEmpty ? .empty : "<ul class=\"entries\">\(sorted.html { entry($0, frame) })</ul>")
            \(model.sources.count > 1 ? order(model, frame) : .empty)
            """)
    }

    private static func finding(_ sources: [SourceLine], _ frame: Frame) -> String {
        let say = frame.language.say(_:_:)
        guard !sources.isEmpty else { return say("Belum ada sumber data", "No data source yet") }
        let asking = sources.count { $0.run?.state == .asking }
        let failed = sources.count { $0.run?.state == .failed }
        let all = frame.count(sources.count, "sumber data", "data source", "data sources")
        if asking > 0 {
            return say(
                "\(asking) kiriman menunggu jawaban Anda",
                asking == 1 ? "1 delivery waits for your answer" : "\(asking) deliveries wait for your answer")
        }
        if failed > 0 {
            return all
                + say(", kiriman terakhir \(failed) di antaranya gagal", ", the last delivery of \(failed) failed")
        }
        return all
    }

    private static func entry(_ line: SourceLine, _ frame: Frame) -> HTML {
        let (say, source) = (frame.language.say(_:_:), line.source)
        let address = frame.to(.path("kerja", "sumber", String(source.id)))
        let records = frame.count(line.line.records, "data", "record", "records")
        let missing = line.line.missing
        let facts = [
            source.terms.owner, source.terms.licence.map { say("Lisensi: \($0)", "Licence: \($0)") },
            frame.language.say(source.terms.kind.name).capitalizedFirst,
            say("Kepercayaan ke-\(line.place)", "Trusted as number \(line.place)"),
            line.line.records > 0 ? records : nil,
            missing > 0
                ? say("\(frame.number(missing)) hilang dari sumbernya", "\(frame.number(missing)) gone from it") : nil,
        ].compactMap(\.self)
        let next = source.terms.isPaused ? nil : source.nextAt
        return """
            <li><div class="row push"><h2 class="name"><a href="\(address)">\(source.name)</a></h2>\
            \(source.terms.isPaused ? StateView.state(.never, say("dijeda", "paused")) : .empty)</div>
            <p class="meta">\(facts.html { "<span>\($0)</span>" })</p>
            \(line.run.map { last($0, frame) } ?? "<p class=\"missing\">\(say("Belum ada kiriman.", "No delivery yet."))</p>")
            \(html(next) { "<p class=\"soft\">\(say("Diambil lagi", "Fetched again")) \(frame.language.moment($0))</p>" })
            </li>

            """
    }

    private static func last(_ run: Run, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let address = frame.to(.path("kerja", "kiriman", String(run.id)))
        let sums = OutcomeView.sentence(run.sums, frame)
        let rows = frame.count(run.sums.rows, "baris dibaca", "row read", "rows read")
        let told: HTML = run.sums.rows == 0 ? .empty : "<p class=\"soft\">\(rows)\(sums.isEmpty ? "" : ": \(sums)")</p>"
        return """
            <p class="row"><a href="\(address)">\(say("Kiriman", "Delivery")) \(frame.language.moment(run.at))</a> \
            \(RunView.state(run.state, frame))</p>
            \(OutcomeView.bar(run.sums))\(told)
            """
    }

    private static func order(_ model: SourceListPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let form = FormView(frame)
        let last = model.sources.count - 1
        let lines = model.sources.map(\.source).enumerated().html { place, source -> HTML in
            let buttons: HTML =
                model.mayManage
                ? form.form(
                    to: .path("kerja", "sumber", String(source.id), "urutan"),
                    (place > 0
                        ? form.button(
                            say("Naikkan", "Move up"), .second, name: "arah", value: "naik", small: true,
                            about: source.name) : .empty)
                        + (place < last
                            ? form.button(
                                say("Turunkan", "Move down"), .second, name: "arah", value: "turun", small: true,
                                about: source.name) : .empty)) : .empty
            return "<li><div class=\"row push\"><span>\(source.name)</span>\(buttons)</div></li>\n"
        }
        return """
            <section aria-labelledby="urutan"><h2 id="urutan">\(say("Siapa lebih dipercaya", "Who is believed first"))</h2>
            <p>\(say("Bila dua sumber menyebut nilai yang berbeda, direktori menampilkan nilai dari sumber yang lebih atas. Nilai yang sudah divalidasi instansinya di Simpul selalu didahulukan.", "Where two sources state different values, the directory shows that of the upper one. What the agency itself validated in Simpul always comes first."))</p>
            <ol class="trust">\(lines)</ol></section>
            """
    }
}
