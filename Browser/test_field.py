"""The form of a field visit where there is no line: nothing typed or photographed is lost, and everything arrives once."""

import http.client
import http.server
import json
import sqlite3
import threading
import time
from urllib.parse import urlsplit

import pytest

from conftest import Portal, located, serve
from office import join, png

CHECKS = [{"code": "berjalan", "name_id": "Layanan berjalan?", "name_en": "Is it running?", "answer": "yesno"},
          {"code": "pengguna", "name_id": "Pengguna hari ini", "name_en": "Users today", "answer": "number"}]


class Line:
    """A line to the portal that can lose answers: the server has done its work, the phone never hears of it."""

    def __init__(self, url):
        self.losses, self.posts = 0, 0
        host = urlsplit(url).netloc

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(handler):
                self.relay(handler, host)

            do_POST = do_GET

            def log_message(handler, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def relay(self, handler, host):
        body = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
        asked = http.client.HTTPConnection(host, timeout=20)
        asked.request(handler.command, handler.path, body or None, dict(handler.headers))
        answer = asked.getresponse()
        content = answer.read()
        handler.close_connection = True
        if handler.command == "POST":
            self.posts += 1
            if self.losses:
                self.losses -= 1
                return
        handler.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ("content-length", "connection", "transfer-encoding", "date", "server"):
                handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)


class Field:
    """One evaluator with one visit to make."""

    def __init__(self, portal, folder):
        self.store = f"{folder}/simpul.sqlite"
        self.visitor = join(portal, "petugas@contoh.test", "evaluator", "Universitas Contoh", "--edition", "kipp-uji")
        self.line = Line(portal.url)
        self.write(self.prepare)

    def write(self, act):
        database = sqlite3.connect(self.store, timeout=20)
        with database:
            act(database)
        database.close()

    def prepare(self, database):
        [account] = database.execute("SELECT id FROM account WHERE email = 'petugas@contoh.test'").fetchone()
        [institution] = database.execute("SELECT code FROM institution WHERE code = 'P33'").fetchone()
        [content] = database.execute(
            "SELECT content FROM edition_version v JOIN edition e ON e.id = v.edition WHERE e.code = 'kipp-2025'").fetchone()
        tables = json.loads(content)
        tables["checks"] = CHECKS
        tables["stages"] = [row for row in tables["stages"] if row["kind"] != "field"]
        database.execute("INSERT INTO edition (id, code, state, version, created_at, opened_at) VALUES (90, 'kipp-uji', 'open', 1, 1, 1)")
        database.execute(
            "INSERT INTO edition_version (edition, number, at, office, content) VALUES (90, 1, 1, 'uji', ?)", [json.dumps(tables)])
        database.execute(
            """INSERT INTO proposal (id, edition, innovation, revision, institution, state, title, title_key, content, version,
                   created_at, created_by, updated_at, updated_by, registered_at, submitted_at, submitted_by, rules_version,
                   verdicts, decided_at) VALUES (90, 90, 1, 1, ?, 'passed', 'Loket Malam', 'loketmalam', '{}', 1, 1, 0, 1, 0, 1,
                   1, 0, 1, '[]', 1)""", [institution])
        database.execute(
            """INSERT INTO evaluator (id, edition, account, role, expertise, languages, least, most, declared_at)
               VALUES (90, 90, ?, 'evaluator', '', 'id', 0, 9, 1)""", [account])

    def plan(self, number):
        """A fresh visit, so that each test has its own."""
        self.write(lambda database: (
            database.execute("DELETE FROM visit_photo"), database.execute("DELETE FROM visit"),
            database.execute(
                "INSERT INTO visit (id, edition, proposal, evaluator, planned, version) VALUES (?, 90, 90, 90, '2026-11-20', 1)",
                [number])))
        return f"/kerja/lapangan/{number}"

    def stored(self):
        database = sqlite3.connect(self.store, timeout=20)
        [(content, latitude, version)] = database.execute("SELECT content, latitude, version FROM visit").fetchall()
        photos = database.execute("SELECT name FROM visit_photo ORDER BY name").fetchall()
        database.close()
        report = json.loads(content) if content else {"answers": {}, "remarks": ""}
        return report["answers"], report["remarks"], latitude, version, [name for name, in photos]

    def arrives(self, want):
        for _ in range(150):
            if self.stored() == want:
                return
            time.sleep(0.1)
        assert self.stored() == want


@pytest.fixture(scope="module")
def field(tmp_path_factory):
    folder = tmp_path_factory.mktemp("field")
    process, url = serve(folder)
    yield Field(Portal(url, folder / "log", 0, 0, 0, located(folder)), folder)
    process.terminate()
    assert process.wait(30) == 0


@pytest.fixture
def phone(field, browser):
    """Somebody's phone, signed in as the visitor."""
    made = []

    def make():
        context = browser.new_context(
            viewport={"width": 360, "height": 740}, permissions=["geolocation"],
            geolocation={"latitude": -7.005145, "longitude": 110.438125, "accuracy": 9})
        context.add_cookies([{"name": name, "value": value, "url": field.line.url}
                             for name, value in field.visitor.cookies.items()])
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


def kept(page):
    """The page says that it needs no line any more, and it is in the worker's hands."""
    page.get_by_text("Halaman ini kini dapat dibuka tanpa sambungan.").wait_for()
    page.wait_for_function("navigator.serviceWorker.controller?.state === 'activated'")


def says(page, words):
    page.wait_for_function("words => document.querySelector('[data-field-state]').textContent.includes(words)", arg=words)


def photo(page, name):
    page.set_input_files("[name=foto]", {"name": name, "mimeType": "image/png", "buffer": png()})


def test_filled_in_without_a_line_closed_opened_again_and_sent_once(field, phone):
    path, context = field.plan(91), phone()
    page = context.new_page()
    page.goto(field.line.url + path)
    kept(page)
    context.set_offline(True)
    page.check("[name='periksa.berjalan'][value=yes]")
    page.fill("[name='periksa.pengguna']", "120")
    page.fill("[name=catatan]", "Loket buka sampai malam.")
    page.get_by_role("button", name="Pakai posisi saya").click()
    page.wait_for_function("document.querySelector('[name=lintang]').value === '-7.005145'")
    photo(page, "loket.png")
    photo(page, "antrean.png")
    says(page, "Tersimpan di ponsel, belum terkirim (3).")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.close()
    assert field.stored() == ({}, "", None, 1, [])

    page = context.new_page()
    page.goto(field.line.url + "/kerja/lapangan")
    page.get_by_text("Tersimpan di ponsel, belum terkirim (3).").wait_for()
    page.get_by_role("link", name="Loket Malam").click()
    says(page, "belum terkirim (3)")
    assert page.input_value("[name=catatan]") == "Loket buka sampai malam."
    assert page.is_checked("[name='periksa.berjalan'][value=yes]")

    # The server takes the report and the first photo, and both answers are lost on the way.
    field.line.losses, field.line.posts = 2, 0
    context.set_offline(False)
    want = ({"berjalan": "yes", "pengguna": "120"}, "Loket buka sampai malam.", "-7.005145", 2, ["antrean.png", "loket.png"])
    says(page, "Semua sudah diterima server.")
    field.arrives(want)
    assert field.line.posts == 5
    page.close()
    page = context.new_page()
    page.goto(field.line.url + path)
    page.wait_for_timeout(500)
    assert "belum terkirim" not in page.inner_text("[data-field-state]")
    assert page.input_value("[name=catatan]") == "Loket buka sampai malam."
    assert field.stored() == want


def test_two_phones_that_say_different_things_are_both_shown(field, phone):
    path, (one, two) = field.plan(92), (phone(), phone())
    first, second = one.new_page(), two.new_page()
    for page in (first, second):
        page.goto(field.line.url + path)
        kept(page)
    two.set_offline(True)
    second.fill("[name=catatan]", "Dari ponsel kedua.")
    says(second, "belum terkirim (1)")
    first.fill("[name=catatan]", "Dari ponsel pertama.")
    says(first, "Semua sudah diterima server.")
    two.set_offline(False)
    second.wait_for_selector(".notice[role=alert]")
    assert field.stored()[1] == "Dari ponsel pertama."
    assert second.input_value("[name=catatan]") == "Dari ponsel kedua."
    with two.expect_page() as opened:
        second.get_by_role("link", name="Lihat yang tersimpan di server").click()
    assert opened.value.input_value("[name=catatan]") == "Dari ponsel pertama."
    second.get_by_role("button", name="Kirim isian ponsel ini").click()
    says(second, "Semua sudah diterima server.")
    assert field.stored()[1] == "Dari ponsel kedua."


def test_what_the_server_cannot_read_stays_on_the_phone_with_the_reason(field, phone):
    path, context = field.plan(93), phone()
    page = context.new_page()
    page.goto(field.line.url + path)
    page.fill("[name='periksa.pengguna']", "banyak")
    says(page, "Tulis angka, misalnya 120 atau 27,5.")
    page.reload()
    says(page, "Tulis angka, misalnya 120 atau 27,5.")
    assert page.input_value("[name='periksa.pengguna']") == "banyak"
    page.fill("[name='periksa.pengguna']", "80")
    says(page, "Semua sudah diterima server.")
    assert field.stored()[0] == {"pengguna": "80"}


def test_without_script_it_is_a_plain_form(field, browser):
    path = field.plan(94)
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": name, "value": value, "url": field.line.url} for name, value in field.visitor.cookies.items()])
    page = context.new_page()
    page.goto(field.line.url + path)
    page.fill("[name=catatan]", "Tanpa skrip.")
    page.set_input_files("[name=foto]", [
        {"name": name, "mimeType": "image/png", "buffer": png(size)} for name, size in (("a.png", 8), ("b.png", 9))])
    page.get_by_role("button", name="Kirim laporan").click()
    page.wait_for_url("**?terkirim=1")
    assert field.stored() == ({}, "Tanpa skrip.", None, 2, ["a.png", "b.png"])
    context.close()
