"""The one script in a real browser: it saves while one types, keeps what could not be saved, counts, and sends once.

The page here has the shape that Web/FormView writes; the server beside it answers as a draft's address does.
"""

import http.server
import json
import threading
from urllib.parse import parse_qs

import pytest

from conftest import ROOT

SCRIPT = (ROOT / "Sources/Web/Assets/simpul.js").read_bytes()


class Draft:
    def __init__(self):
        self.version, self.text, self.sent, self.answer = 1, "awal", [], 200

    def page(self):
        return f"""<!doctype html><html lang="id"><title>x</title><script src="/simpul.js" defer></script>
            <form method="post" action="/keluar" data-leave><button id="leave">Keluar</button></form>
            <div class="errors" role="alert" tabindex="-1">x</div>
            <form method="post" action="/" novalidate data-autosave="draf-1-akun-2">
            <input type="hidden" name="token" value="t"><input type="hidden" name="versi" value="{self.version}">
            <p class="soft" role="status" data-saved></p>
            <textarea id="f-a" name="a" data-words="3" aria-describedby="f-a-c">{self.text}</textarea>
            <p class="count" id="f-a-c">1 kata dari paling banyak 3</p>
            <input type="checkbox" id="f-b" name="b" value="1">
            <input type="file" id="f-f" name="f" data-bytes="1048576">
            <button id="send" name="lanjut" value="1">Simpan</button></form></html>"""


@pytest.fixture
def site():
    draft = Draft()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            script = self.path == "/simpul.js"
            self.give(200, SCRIPT if script else draft.page().encode(), "text/javascript" if script else "text/html")

        def do_POST(self):
            form = {name: values[0] for name, values in parse_qs(
                self.rfile.read(int(self.headers["Content-Length"])).decode(), keep_blank_values=True).items()}
            draft.sent.append(form)
            if self.path == "/keluar":
                self.give(200, b"<!doctype html><title>keluar</title>", "text/html")
            elif "otomatis" not in form:
                draft.version, draft.text = draft.version + 1, form["a"]
                self.give(200, b"<!doctype html><title>terkirim</title>", "text/html")
            elif draft.answer != 200:
                self.give(draft.answer, b"{}", "application/json")
            else:
                draft.version, draft.text = draft.version + 1, form["a"]
                self.give(200, json.dumps({"version": draft.version, "saved": "21.47"}).encode(), "application/json")

        def give(self, status, body, kind):
            self.send_response(status)
            self.send_header("Content-Type", kind + "; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    draft.url = f"http://127.0.0.1:{server.server_port}/"
    yield draft
    server.shutdown()


@pytest.fixture
def page(site, browser):
    context = browser.new_context()
    page = context.new_page()
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.clock.install()
    page.goto(site.url)
    yield page
    context.close()
    assert page.problems == []


def copies(page):
    return page.evaluate("Object.keys(localStorage)")


def test_what_is_typed_is_saved_four_seconds_later_and_then_no_copy_stays(site, page):
    page.fill("#f-a", "satu dua")
    assert copies(page) == ["simpul:draf-1-akun-2"]
    page.clock.fast_forward(3000)
    assert site.sent == []
    page.clock.fast_forward(1100)
    page.wait_for_function("document.querySelector('[data-saved]').textContent === 'Tersimpan otomatis 21.47 WIB'")
    assert site.sent == [{"token": "t", "versi": "1", "otomatis": "1", "a": "satu dua"}]
    assert page.input_value("[name=versi]") == "2"
    assert copies(page) == []
    # Nothing changed, nothing is sent.
    page.clock.fast_forward(60000)
    assert len(site.sent) == 1


def test_what_could_not_be_saved_stays_in_the_browser_and_is_offered_again(site, page):
    site.answer = 500
    page.fill("#f-a", "penting sekali")
    page.check("#f-b")
    page.clock.fast_forward(4100)
    page.wait_for_function("document.querySelector('[data-saved]').textContent.startsWith('Belum tersimpan di server.')")
    # It tries again by itself, less often each time.
    page.clock.fast_forward(8100)
    page.wait_for_function("true")
    page.wait_for_timeout(200)
    assert len(site.sent) == 2
    page.goto("about:blank")
    page.goto(site.url)
    assert page.input_value("#f-a") == "awal"
    assert page.locator(".notice").count() == 1
    site.answer = 200
    page.get_by_role("button", name="Pakai ketikan itu").click()
    assert page.input_value("#f-a") == "penting sekali"
    assert page.is_checked("#f-b")
    assert page.locator(".notice").count() == 0
    page.clock.fast_forward(4100)
    page.wait_for_function("document.querySelector('[data-saved]').textContent === 'Tersimpan otomatis 21.47 WIB'")
    assert (site.text, copies(page)) == ("penting sekali", [])


def test_leaving_the_page_saves_what_four_seconds_did_not(site, page):
    page.fill("#f-a", "cepat pergi")
    page.goto("about:blank")
    page.wait_for_timeout(300)
    assert site.text == "cepat pergi"
    page.goto(site.url)
    assert page.locator(".notice").count() == 0
    assert copies(page) == []


def test_a_change_by_somebody_else_stops_the_saving_and_says_so(site, page):
    site.answer = 409
    page.fill("#f-a", "punya saya")
    page.clock.fast_forward(4100)
    page.wait_for_selector(".notice[role=alert]")
    assert "Orang lain mengubah bagian yang sama." in page.inner_text(".notice")
    page.fill("#f-a", "punya saya juga")
    page.clock.fast_forward(60000)
    page.wait_for_timeout(200)
    assert len(site.sent) == 1
    assert copies(page) == ["simpul:draf-1-akun-2"]


def test_an_ended_session_says_what_is_safe_and_what_to_do(site, page):
    site.answer = 403
    page.fill("#f-a", "x")
    page.clock.fast_forward(4100)
    page.wait_for_function("document.querySelector('[data-saved]').textContent.endsWith('masuk lagi, lalu buka halaman ini.')")


def test_a_form_is_sent_once_with_the_button_that_was_pressed(site, page):
    page.fill("#f-a", "kirim")
    page.evaluate("""() => { const b = document.querySelector('#send'); b.click(); b.click(); b.click() }""")
    page.wait_for_function("document.title === 'terkirim'")
    assert [form.get("lanjut") for form in site.sent] == ["1"]
    # It arrived, so nothing is offered.
    page.goto(site.url)
    assert page.locator(".notice").count() == 0
    assert copies(page) == []


def test_words_are_counted_and_problems_get_the_focus(site, page):
    assert page.evaluate("document.activeElement.className") == "errors"
    page.fill("#f-a", "  satu\ndua   tiga empat ")
    assert page.inner_text("#f-a-c") == "4 kata dari paling banyak 3"


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(site, page):
    page.set_input_files("#f-f", {"name": "besar.pdf", "mimeType": "application/pdf", "buffer": b"x" * 1048577})
    assert page.input_value("#f-f") == ""
    assert "besar.pdf" in page.evaluate("document.querySelector('#f-f').validationMessage")
    page.set_input_files("#f-f", {"name": "kecil.pdf", "mimeType": "application/pdf", "buffer": b"x" * 1048576})
    assert page.input_value("#f-f").endswith("kecil.pdf")
    assert page.evaluate("document.querySelector('#f-f').validationMessage") == ""


def test_signing_out_leaves_no_copies(site, page):
    site.answer = 500
    page.fill("#f-a", "rahasia kantor")
    assert copies(page) == ["simpul:draf-1-akun-2"]
    page.click("#leave")
    page.wait_for_function("document.title === 'keluar'")
    assert copies(page) == []
