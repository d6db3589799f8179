import Kernel
import Testing

@testable import Web

private func frame(_ language: Language = .indonesian) -> Frame {
    Frame(
        language: language, here: .path("inovasi", query: [("q", "a b")]), publicURL: "https://simpul.example",
        asset: { .path("aset", "1", $0) })
}

struct MarkedTests {
    @Test func `overlapping and unordered marks are joined and nothing is lost`() {
        let text = "akta kelahiran"
        func range(_ from: Int, _ to: Int) -> Range<String.Index> {
            text.index(text.startIndex, offsetBy: from)..<text.index(text.startIndex, offsetBy: to)
        }
        let marked = Marked(text, marking: [range(5, 9), range(0, 4), range(7, 14)])
        #expect(marked.html.text == "<mark>akta</mark> <mark>kela</mark><mark>hiran</mark>")
        #expect(marked.plain == text)
    }
}

struct PagerTests {
    @Test func `a single page has no pager, others say where they stand`() {
        #expect(Pager(from: 1, to: 3, total: 3, previous: nil, next: nil).view(frame()).text == "")
        let pager = Pager(from: 21, to: 40, total: 2928, previous: nil, next: .path("inovasi"))
        #expect(pager.view(frame()).text.contains("<span class=\"soft\">21–40 dari 2.928</span>"))
    }
}

struct LayoutTests {
    @Test func `every page names itself in both languages and can be told not to be indexed`() {
        let head = PageHead("Judul & isi", description: "d", place: .innovations)
        let text = Layout.page(frame(), head, "<h1>x</h1>").text
        #expect(text.contains("<title>Judul &amp; isi – Simpul</title>"))
        #expect(text.contains("hreflang=\"en\" href=\"https://simpul.example/en/inovasi?q=a%20b\""))
        #expect(text.contains("<a href=\"/inovasi\" aria-current=\"true\">Inovasi</a>"))
        #expect(!text.contains("noindex"))
        #expect(Layout.page(frame(), PageHead("x", description: "d", indexed: false), "").text.contains("noindex"))
    }

    @Test func `no page carries inline style or script`() {
        let text = Layout.page(frame(), PageHead("x", description: "d"), Mark.rope).text
        #expect(!text.contains(" style="))
        #expect(!text.contains("<script"))
        #expect(!text.contains(" onclick="))
    }
}

struct ErrorViewTests {
    @Test func `an unknown filter value offers the same page without it`() {
        let way = ErrorPage.WayOut(
            problem: Phrase("Provinsi “99” tidak ada.", "No province “99”."),
            label: Phrase("Hapus saringan ini", "Drop this filter"), address: .path("inovasi"))
        let text = ErrorView.page(ErrorPage(status: 422, ways: [way]), frame(.english)).text
        #expect(text.contains("<li>No province “99”. <a href=\"/en/inovasi\">Drop this filter</a></li>"))
    }

    @Test(arguments: [400, 403, 404, 405, 410, 413, 422, 429, 500, 503])
    func `every error has a title of its own and names the request`(status: Int) {
        let text = ErrorView.page(ErrorPage(status: status, requestID: "7F3A"), frame()).text
        #expect(text.contains("<code>7F3A</code>"))
        let others = [400, 403, 404, 405, 410, 413, 422, 429, 500, 503].filter { $0 != status }
        #expect(!others.contains { ErrorWords.words($0).title == ErrorWords.words(status).title })
    }
}
