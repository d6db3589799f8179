import Kernel
import Testing

@testable import Web

private func frame(_ language: Language = .indonesian) -> Frame {
    Frame(
        language: language, here: .path("masuk"), publicURL: "https://simpul.example",
        asset: { .path("aset", "1", $0) }, formToken: "abc")
}

private struct Unfinished: Refusal {
    let kind = RefusalKind.invalid
    let message = Phrase("Belum lengkap.", "Not complete.")
    var problems: [Problem] {
        [
            Problem("cerita", Phrase("Kurangi 12 kata.", "Cut 12 words.")),
            Problem("tahun", Phrase("Tulis <tahun>.", "Write <year>.")),
        ]
    }
}

private enum Closed: Refusal {
    case closed
    var kind: RefusalKind { .conflict }
    var message: Phrase { Phrase("Sudah ditutup.", "Closed already.") }
}

struct FormViewTests {
    @Test func `a field ties hint, problem and count to its control, and shows what was typed`() {
        let form = FormView(frame(), FormProblems(Unfinished()))
        let text = form.area(
            "cerita", label: "Cerita", value: "satu  dua\n\"tiga\" <b>", hint: "Siapa?", limit: .words(200))
        #expect(
            text.text == """
                <div class="field wrong"><label for="f-cerita">Cerita</label><p class="hint" id="f-cerita-h">Siapa?</p>\
                <p class="problem" id="f-cerita-e">Kurangi 12 kata.</p>\
                <textarea id="f-cerita" name="cerita" data-words="200" \
                aria-describedby="f-cerita-h f-cerita-e f-cerita-c" aria-invalid="true">
                satu  dua
                &quot;tiga&quot; &lt;b&gt;</textarea>\
                <p class="count" id="f-cerita-c">4 kata dari paling banyak 200</p></div>

                """)
    }

    @Test func `a field without hint, problem and count is described by nothing`() {
        let text = FormView(frame()).text("surel", label: "Surel", value: "a@b", kind: .email, required: true).text
        #expect(
            text == """
                <div class="field"><label for="f-surel">Surel</label><input type="email" autocomplete="email" \
                inputmode="email" id="f-surel" name="surel" value="a@b" required></div>

                """)
    }

    @Test(arguments: [FormView.Kind.password, .newPassword, .code])
    func `a secret is never sent back into the page`(_ kind: FormView.Kind) {
        #expect(!FormView(frame()).text("sandi", label: "Sandi", value: "rahasia", kind: kind).text.contains("rahasia"))
    }

    @Test func `the summary lists every problem with a link to its control, and the title says so`() {
        let form = FormView(frame(), FormProblems(Unfinished()))
        #expect(
            form.summary(names: ["tahun": "Tahun mulai"]).text == """
                <div class="errors" role="alert" tabindex="-1" aria-labelledby="f-salah"><h2 id="f-salah">\
                Ada 2 hal yang perlu diperbaiki</h2><ul><li><a href="#f-cerita">Kurangi 12 kata.</a></li>\
                <li><a href="#f-tahun">Tahun mulai: Tulis &lt;tahun&gt;.</a></li></ul></div>

                """)
        #expect(form.title("Dampak") == "Perlu diperbaiki: Dampak")
        #expect(FormView(frame()).summary().text == "")
        #expect(FormView(frame()).title("Dampak") == "Dampak")
    }

    @Test func `a refusal that names no field is one problem without a link`() {
        let form = FormView(frame(.english), FormProblems(Closed.closed))
        #expect(
            form.summary().text.contains(
                "<h2 id=\"f-salah\">One thing needs to be corrected</h2><ul><li>Closed already.</li></ul>"))
        #expect(form.title("Impact") == "To be corrected: Impact")
    }

    @Test func `a form posts to its page in the language of the page, with its token first`() {
        let text = FormView(frame(.english)).form(to: .path("masuk"), files: true, "<p>x</p>").text
        #expect(
            text == """
                <form method="post" action="/en/masuk" novalidate enctype="multipart/form-data">\
                <input type="hidden" name="token" value="abc">
                <p>x</p></form>

                """)
    }

    @Test func `a form that is saved while one types says under which name, from which version and when`() {
        let form = FormView(frame())
        let autosave = FormView.Autosave(key: "inovasi-7-dampak-3", version: 12, saved: "21.47")
        let text = form.form(to: .path("kerja"), autosave: autosave, "").text
        #expect(text.contains(" data-autosave=\"inovasi-7-dampak-3\">"))
        #expect(text.contains("<input type=\"hidden\" name=\"versi\" value=\"12\">"))
        #expect(form.saved(autosave).text.contains("role=\"status\" data-saved>Tersimpan otomatis 21.47 WIB</p>"))
    }

    @Test func `choices show which one holds, and the first is where a problem leads`() {
        let form = FormView(frame(), FormProblems([Problem("alasan", Phrase("Pilih alasan.", "Choose."))]))
        let choices = [Choice("a", "Anggaran"), Choice("b", "Aturan", note: "berubah")]
        #expect(
            form.select("alasan", label: "Alasan", choices: choices, value: "b", empty: "Pilih alasan").text == """
                <div class="field wrong"><label for="f-alasan">Alasan</label><p class="problem" id="f-alasan-e">\
                Pilih alasan.</p><select id="f-alasan" name="alasan" aria-describedby="f-alasan-e" aria-invalid="true">\
                <option value="">Pilih alasan</option><option value="a">Anggaran</option>\
                <option value="b" selected>Aturan</option></select></div>

                """)
        #expect(
            form.radios("alasan", label: "Alasan", choices: choices, value: "b").text == """
                <fieldset class="field wrong" aria-describedby="f-alasan-e"><legend>Alasan</legend>\
                <p class="problem" id="f-alasan-e">Pilih alasan.</p><div class="choice"><label class="check">\
                <input type="radio" id="f-alasan" name="alasan" value="a"> <span>Anggaran</span></label>\
                <label class="check"><input type="radio" id="f-alasan-2" name="alasan" value="b" checked> \
                <span>Aturan<br><span class="soft">berubah</span></span></label></div></fieldset>

                """)
        #expect(
            FormView(frame()).checks("sdg", label: "SDG", choices: choices, values: ["a"]).text.contains(
                "<input type=\"checkbox\" id=\"f-sdg\" name=\"sdg\" value=\"a\" checked>"))
        #expect(
            FormView(frame()).check("setuju", label: "Setuju", checked: true).text == """
                <div class="field"><label class="check"><input type="checkbox" id="f-setuju" name="setuju" value="1" \
                checked> <span>Setuju</span></label></div>

                """)
    }

    @Test func `a table's cells carry their column's heading, and names escape`() {
        let unit = "Dinas <1>"
        let table = StackView.table(
            labelled: "tunggu", columns: ["Inovasi", "Unit & isi"], [.init("<b>Teras</b>", "\(unit)")])
        #expect(
            table.text == """
                <table class="stack" aria-labelledby="tunggu"><thead><tr><th scope="col">Inovasi</th>\
                <th scope="col">Unit &amp; isi</th></tr></thead><tbody>
                <tr><th scope="row"><b>Teras</b></th><td data-label="Unit &amp; isi">Dinas &lt;1&gt;</td></tr>
                </tbody></table>

                """)
    }
}

private struct Validator: Visitor {
    let name = "Nurhayati, <validator>"
    let formToken = "token-of-the-session"
    func desk(_ language: Language) -> [Crumb] {
        [Crumb("Antrean (4)", .path("kerja", "antrean")), Crumb("Meja", .path("kerja"))]
    }
}

struct HeaderTests {
    private func header(_ path: Address, _ language: Language = .indonesian, visitor: (any Visitor)?) -> String {
        Layout.page(
            Frame(
                language: language, here: path, publicURL: "https://simpul.example",
                asset: { .path("aset", "1", $0) }, visitor: visitor), PageHead("x", description: "d"), ""
        ).text
    }

    @Test func `a stranger is offered to sign in, and gets no script and no second row`() {
        let text = header(.path("inovasi"), visitor: nil)
        #expect(text.contains("<li><a href=\"/masuk\">Masuk</a></li>"))
        #expect(!text.contains("nav desk"))
        #expect(!text.contains("<script"))
        #expect(!text.contains("/keluar"))
    }

    @Test func `whoever is signed in sees their work, where they are in it, and the way out`() {
        let text = header(.path("kerja", "antrean"), .english, visitor: Validator())
        #expect(!text.contains("/masuk"))
        #expect(text.contains("<li><a href=\"/en/kerja/antrean\" aria-current=\"page\">Antrean (4)</a></li>"))
        #expect(text.contains("<li><a href=\"/en/kerja\">Meja</a></li>"))
        #expect(text.contains("Nurhayati, &lt;validator&gt;</a>"))
        #expect(text.contains("<form method=\"post\" action=\"/en/keluar\" data-leave>"))
        #expect(text.contains("<input type=\"hidden\" name=\"token\" value=\"token-of-the-session\">"))
        #expect(text.contains("<script src=\"/aset/1/simpul.js\" defer></script>"))
    }

    @Test func `a page below a place of the desk belongs to the nearest one`() {
        let text = header(.path("kerja", "antrean", "7"), visitor: Validator())
        #expect(text.contains("<a href=\"/kerja/antrean\" aria-current=\"true\">"))
        #expect(text.contains("<a href=\"/kerja\">"))
        #expect(
            header(.path("kerja", "lain"), visitor: Validator()).contains("<a href=\"/kerja\" aria-current=\"true\">"))
    }
}
