import Kernel

/// An answer that is not the page asked for: what happened, what is safe, what to do next.
package struct ErrorPage: Sendable {
    /// A problem with a way out: the same page without the offending value.
    package struct WayOut: Sendable {
        package let problem: Phrase
        package let label: Phrase
        package let address: Address

        package init(problem: Phrase, label: Phrase, address: Address) {
            self.problem = problem
            self.label = label
            self.address = address
        }
    }

    package let status: Int
    /// What exactly is wrong, from a refusal; nil for the usual words of the status.
    package let detail: Phrase?
    package let problems: [Phrase]
    package let ways: [WayOut]
    package let requestID: String?
    package let retryAfterSeconds: Int?

    package init(
        status: Int, detail: Phrase? = nil, problems: [Phrase] = [], ways: [WayOut] = [], requestID: String? = nil,
        retryAfterSeconds: Int? = nil
    ) {
        self.status = status
        self.detail = detail
        self.problems = problems
        self.ways = ways
        self.requestID = requestID
        self.retryAfterSeconds = retryAfterSeconds
    }
}

package enum ErrorView {
    package static func page(_ model: ErrorPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let words = ErrorWords.words(model.status)
        let title = frame.language.say(words.title)
        let head = PageHead(title, description: title, indexed: false)
        return Layout.page(
            frame, head,
            """
            <h1>\(title)</h1>
            <p class="lead">\(frame.language.say(model.detail ?? words.why))</p>
            \(problems(model, frame))
            \(html(model.retryAfterSeconds) { "<p>\(wait($0, frame))</p>" })
            <p>\(frame.language.say(words.next))</p>
            <form class="search plain" role="search" action="\(frame.to(.path("inovasi")))">\
            <label for="q">\(say("Cari inovasi", "Search innovations"))</label><div>\
            <input type="search" id="q" name="q" maxlength="500" enterkeyhint="search">\
            <button class="button">\(say("Cari", "Search"))</button></div></form>
            <ul><li><a href="\(frame.to(.path()))">\(say("Beranda", "Home"))</a></li>\
            <li><a href="\(frame.to(.path("inovasi")))">\(say("Semua inovasi", "All innovations"))</a></li>\
            <li><a href="\(frame.to(.path("instansi")))">\(say("Menurut instansi", "By institution"))</a></li></ul>
            <p class="soft">\(say("Kode", "Code")) \(model.status)\(request(model, frame))</p>
            """)
    }

    private static func problems(_ model: ErrorPage, _ frame: Frame) -> HTML {
        guard !model.problems.isEmpty || !model.ways.isEmpty else { return .empty }
        let plain = model.problems.html { "<li>\(frame.language.say($0))</li>" }
        let ways = model.ways.html { way in
            """
            <li>\(frame.language.say(way.problem)) <a href="\(frame.to(way.address))">\(frame.language.say(way.label))</a></li>
            """
        }
        return """
            <div class="errors" role="alert"><h2>\(frame.say("Perlu diperbaiki", "To be corrected"))</h2>\
            <ul>\(plain)\(ways)</ul></div>
            """
    }

    private static func wait(_ seconds: Int, _ frame: Frame) -> String {
        seconds < 60
            ? frame.say("Coba lagi dalam \(seconds) detik.", "Try again in \(seconds) seconds.")
            : frame.say("Coba lagi dalam \((seconds + 59) / 60) menit.", "Try again in \((seconds + 59) / 60) minutes.")
    }

    private static func request(_ model: ErrorPage, _ frame: Frame) -> HTML {
        html(model.requestID) { id in
            """
            . \(frame.say("Bila Anda melaporkannya, sebutkan kode permintaan", "If you report it, give the request code")) \
            <code>\(id)</code>
            """
        }
    }
}
