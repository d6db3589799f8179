import Kernel
import Web

/// What an evaluator has to read, edition by edition: how far, until when, what next.
enum ReadingQueueView {
    static func page(_ queues: [Readings.Queue], at now: Instant, _ frame: Frame) -> HTML {
        let (open, all) = (queues.reduce(0) { $0 + $1.open.count }, queues.reduce(0) { $0 + $1.entries.count })
        let title =
            all == 0
            ? frame.say("Belum ada usulan untuk Anda nilai", "No proposals for you to read yet")
            : open == 0
                ? frame.say("Semua usulan Anda selesai", "All your proposals are done")
                : frame.count(
                    open, "usulan menunggu penilaian Anda", "proposal waits for you", "proposals wait for you")
        return Layout.page(
            frame, PageHead(title, description: frame.say("Penilaian Anda", "Your readings"), indexed: false),
            "<h1>\(title)</h1>\n\(queues.html { section($0, at: now, frame) })")
    }

    private static func section(_ queue: Readings.Queue, at now: Instant, _ frame: Frame) -> HTML {
        let stored = queue.stored
        let id = "e-" + stored.code
        let name = frame.language.say(stored.edition.name)
        let ties = Address.path("kerja", "benturan", stored.code)
        guard queue.evaluator.declaredAt != nil else {
            return """
                <section aria-labelledby="\(id)"><h2 id="\(id)">\(name)</h2>
                <p>\(frame.say(
                    "Sebelum usulan terbuka, nyatakan benturan kepentingan Anda.",
                    "Before any proposal opens, declare your conflicts of interest."))</p>
                <p><a class="button" href="\(frame.to(ties))">\(frame.say("Nyatakan benturan kepentingan", "Declare conflicts"))</a></p></section>
                """
        }
        return """
            <section aria-labelledby="\(id)"><h2 id="\(id)">\(name)</h2>
            \(progress(queue, frame))<p>\(ReadingView.deadline(stored.edition, at: now, frame)) \(pace(queue, at: now, frame))</p>
            \(groups(queue, frame))
            <p><a href="\(frame.to(ties))">\(frame.say("Benturan kepentingan yang Anda nyatakan", "The conflicts you declared"))</a></p></section>
            """
    }

    /// One cell a proposal, in words beside it.
    private static func progress(_ queue: Readings.Queue, _ frame: Frame) -> HTML {
        let counted = queue.entries.filter(\.state.counts)
        let (done, all) = (queue.done, counted.count)
        guard all > 0 else { return .empty }
        let words = frame.say("\(done) dari \(all) usulan dinilai", "\(done) of \(all) proposals read")
        let weave: HTML =
            all > 60
            ? .empty
            : """
            <svg class="woven" viewBox="0 0 \(22 * all) 20" role="img" aria-label="\(words)"><g>\((0..<all).html { place in
                let look: HTML = place < done ? "f-act" : "edge"
                return place.isMultiple(of: 2)
                    ? "<path class=\"\(look)\" d=\"M\(22 * place + 1) 3h17v14h-17z\"/>"
                    : "<path class=\"\(look)\" d=\"M\(22 * place + 1) 1h13v18h-13z\"/>"
            })</g></svg>
            """
        return "<div class=\"row\">\(weave)<p><strong>\(words)</strong></p></div>"
    }

    /// How many a day are enough.
    private static func pace(_ queue: Readings.Queue, at now: Instant, _ frame: Frame) -> HTML {
        let left = queue.open.count
        guard left > 0, let closes = queue.stored.edition.stage(.evaluation)?.closes, now < closes else {
            return .empty
        }
        let zone = queue.stored.edition.zone
        let end = Instant(milliseconds: closes.milliseconds - 1).day(in: zone).daysSince1970
        let days = max(1, end - now.day(in: zone).daysSince1970 + 1)
        let daily = (left + days - 1) / days
        let today = queue.entries.count {
            $0.state == .done && $0.endedAt.map { $0.day(in: zone) == now.day(in: zone) } ?? false
        }
        return """
            <span class="soft">\(frame.say(
                "Cukup \(daily) usulan sehari; hari ini \(today) selesai.", "\(daily) a day are enough; \(today) done today."))</span>
            """
    }

    private static func groups(_ queue: Readings.Queue, _ frame: Frame) -> HTML {
        guard !queue.entries.isEmpty else {
            return "<p>\(frame.say("Usulan belum dibagikan.", "No proposals were given out yet."))</p>"
        }
        let codes = queue.entries.map { $0.category ?? "" }
        let order = queue.stored.edition.categories.map(\.code) + [""]
        let known = Set(codes).sorted { (order.firstIndex(of: $0) ?? 999, $0) < (order.firstIndex(of: $1) ?? 999, $1) }
        return known.html { code in
            let name = queue.stored.edition.categories.first { $0.code == code }?.name
            let entries = queue.entries.filter { ($0.category ?? "") == code }
            let counted = entries.filter(\.state.counts)
            let words = frame.say(
                "\(counted.count { $0.state == .done }) dari \(counted.count)",
                "\(counted.count { $0.state == .done }) of \(counted.count)")
            return """
                <h3>\(name.map(frame.language.say) ?? frame.say("Tanpa kategori", "No category")): \(words)</h3>
                \(ThreadView.list(entries.map { (knot($0), line($0, queue.stored.edition, frame)) }, tight: true))
                """
        }
    }

    private static func knot(_ entry: Readings.Entry) -> ThreadView.Knot {
        switch entry.state {
        case .done: .tied
        case .begun: .now
        case .due, .abstained, .removed: .loose
        }
    }

    private static func line(_ entry: Readings.Entry, _ edition: Edition, _ frame: Frame) -> HTML {
        let name = entry.title ?? frame.say("Usulan \(entry.proposal)", "Proposal \(entry.proposal)")
        let state = frame.language.say(entry.state.name)
        let scored =
            entry.scored > 0 && entry.state == .begun
            ? frame.say(", \(entry.scored) bagian bernilai", ", \(entry.scored) sections scored") : ""
        guard entry.state.counts, entry.isReady else {
            let why = entry.isReady ? state : frame.say("menunggu penyamaran nama", "waits for its names to be hidden")
            return "<span\(frame.record)>\(name)</span> <span class=\"soft\">\(why)</span>"
        }
        return """
            <a href="\(frame.to(.path("kerja", "penilaian", String(entry.id))))"\(frame.record)>\(name)</a> \
            <span class="soft">\(state)\(scored)</span>
            """
    }
}
