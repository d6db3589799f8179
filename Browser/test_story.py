"""The whole way of one innovation, on a telephone's screen: invited, signed in, written, proved, sent, returned, mended,
validated, shown, due, renewed. The mail is real, and so is the year that passes: the server's clock is set forward."""

import base64
import email
import json
import os
import re
import signal
import subprocess
import sys
import time

import pytest

from conftest import ROOT, SCREENSHOTS, Portal, fetch, free_port, located, serve
from office import INDICATOR, LEGAL, PASSWORD, PDF, TEXTS, invite, one_time_code, png
from test_journey import enter, tab_to

INSTITUTION = "Kabupaten Kendal"


class Mail:
    """A mail server that keeps what it was given."""

    def __init__(self, folder):
        self.file = folder / "mail"
        self.process = subprocess.Popen(
            [sys.executable, ROOT / "Tests/mail/sink.py", self.file], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True)
        self.port = int(self.process.stdout.readline())

    def link(self, to):
        """The path of the one-time link in the newest mail to somebody."""
        for _ in range(150):
            lines = [json.loads(line) for line in self.file.read_text().splitlines()] if self.file.exists() else []
            for line in reversed(lines):
                if line["to"] == [to]:
                    message = email.message_from_bytes(base64.b64decode(line["data"]))
                    part = next(part for part in message.walk() if part.get_content_type() == "text/plain")
                    return re.search(r"/undangan/\S+", part.get_payload(decode=True).decode()).group(0)
            time.sleep(0.1)
        raise AssertionError(f"no mail to {to}")

    def end(self):
        self.process.stdin.close()
        self.process.wait(10)


@pytest.fixture
def place(tmp_path):
    """A portal without records, its mail server, and a way to let days pass."""
    mail, port = Mail(tmp_path), free_port()
    options = ["--smtp", f"smtp://127.0.0.1:{mail.port}", "--public-url", f"http://127.0.0.1:{port}"]
    process, url = serve(tmp_path, *options, port=port)
    portal = Portal(url, tmp_path / "log", 0, 0, 0, located(tmp_path))
    portal.mail = mail

    def later(days):
        nonlocal process
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        clock = tmp_path / "later.so"
        subprocess.run(["clang", "-shared", "-fPIC", "-o", clock, ROOT / "Browser/later.c"], check=True)
        process, _ = serve(
            tmp_path, *options, port=port, environment={"LD_PRELOAD": str(clock), "LATER": str(days * 86400)})

    portal.later = later
    yield portal
    process.send_signal(signal.SIGTERM)
    process.wait(30)
    mail.end()


@pytest.fixture
def visit(browser, request):
    """Opens browsers of people, each with their own cookies, on a telephone's screen."""
    contexts = []

    def open(name, script=True):
        context = browser.new_context(viewport={"width": 360, "height": 760}, java_script_enabled=script, locale="id-ID")
        contexts.append(context)
        page = context.new_page()
        page.who = name
        return page

    yield open
    for context in contexts:
        context.close()


def shoot(page, name):
    if os.environ.get("SIMPUL_SCREENSHOTS"):
        SCREENSHOTS.mkdir(exist_ok=True)
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 760})
            page.screenshot(path=SCREENSHOTS / f"story-{name}-{width}.png", full_page=True)
        page.set_viewport_size({"width": 360, "height": 760})


def wide(page):
    return page.evaluate("document.documentElement.scrollWidth") > page.viewport_size["width"]


def press(page, words):
    """Presses a button or follows a link, by its words, and looks whether the page that answers fits the screen."""
    content = page.locator("main")
    control = content.get_by_role("button", name=words).or_(content.get_by_role("link", name=words)).first
    with page.expect_navigation():
        control.click()
    assert not wide(page), f"{page.url} is wider than the screen"


def keys(page, fields, words):
    """Fills a form by the keyboard alone, in the order of Tab, and sends it."""
    for name, text in fields.items():
        tab_to(page, lambda focus: focus["name"] == name)
        page.keyboard.press("Control+A")
        page.keyboard.type(text)
    tab_to(page, lambda focus: focus["tag"] == "BUTTON" and focus["text"].startswith(words))
    enter(page)


def fill(page, fields):
    """Fills a form by the names of its fields."""
    for name, value in fields.items():
        field = page.locator(f'main [name="{name}"]')
        kind = field.first.evaluate("e => e.tagName == 'SELECT' ? 'select' : e.type")
        if kind in ("radio", "checkbox"):
            page.locator(f'main [name="{name}"][value="{value}"]').check()
        elif kind == "select":
            field.select_option(value)
        else:
            field.fill(value)


def refused(page, script=True):
    """The page says what is wrong before all else, and the reader is there."""
    errors = page.locator(".errors")
    assert errors.is_visible() and page.title().startswith("Perlu diperbaiki: ")
    assert not script or page.evaluate("document.activeElement.className") == "errors"
    return errors.inner_text()


def first_sign_in(page, url, link, office):
    page.goto(url + link)
    shoot(page, f"{page.who}-1-profile")
    keys(page, {"name": f"Orang {page.who}", "office": office}, "Simpan dan lanjut")
    fill(page, {"password": PASSWORD, "again": PASSWORD + "!"})
    press(page, "Simpan dan masuk")
    assert "Kedua kata sandi belum sama" in refused(page)
    shoot(page, f"{page.who}-2-password-refused")
    keys(page, {"password": PASSWORD, "again": PASSWORD}, "Simpan dan masuk")


def sign_in(page, url, address):
    page.goto(url + "/kerja")
    assert "/masuk?" in page.url
    keys(page, {"email": address, "password": PASSWORD}, "Masuk")
    assert page.url == url + "/kerja"


def attach(page, name, kind, content):
    page.get_by_label("Pilih berkas").set_input_files({"name": name, "mimeType": kind, "buffer": content})
    press(page, "Lampirkan")


def claim(page, words, fields, name, kind, content):
    press(page, words)
    fill(page, fields)
    press(page, "Simpan, lalu lampirkan bukti")
    attach(page, name, kind, content)
    assert page.get_by_role("link", name=name).is_visible()


def test_an_innovation_from_the_first_invitation_to_its_renewal(place, visit):
    url = place.url
    secretariat, admin, unit, validator = (visit(name) for name in ("secretariat", "admin", "unit", "validator"))

    # The first account comes from the command line; the secretariat needs a code besides the password.
    first_sign_in(secretariat, url, invite(place, "sekretariat@contoh.test", "secretariat"), "Sekretariat Jaringan")
    shoot(secretariat, "secretariat-3-code")
    keys(secretariat, {"code": "000000"}, "Pasang")
    refused(secretariat)
    keys(secretariat, {"code": one_time_code(secretariat.locator("kbd").inner_text())}, "Pasang")
    assert secretariat.locator("kbd").count() >= 8
    shoot(secretariat, "secretariat-4-recovery")
    press(secretariat, "Sudah saya simpan")
    shoot(secretariat, "secretariat-5-desk")

    press(secretariat, "Orang")
    keys(secretariat, {"q": "Kendal"}, "Cari")
    press(secretariat, INSTITUTION)
    shoot(secretariat, "secretariat-6-people")
    press(secretariat, "Kirim undangan")
    refused(secretariat)
    fill(secretariat, {"email": "admin@contoh.test", "role": "agency-admin"})
    secretariat.locator("[name=letter]").set_input_files(
        {"name": "Surat permohonan.pdf", "mimeType": "application/pdf", "buffer": PDF})
    press(secretariat, "Kirim undangan")
    assert secretariat.locator(".notice.good").is_visible()
    shoot(secretariat, "secretariat-7-invited")

    # The agency's admin staffs the agency.
    first_sign_in(admin, url, place.mail.link("admin@contoh.test"), "Kepala Bagian Organisasi")
    shoot(admin, "admin-3-desk")
    press(admin, "Unit")
    keys(admin, {"name": "Dinas Kependudukan"}, "Tambah")
    shoot(admin, "admin-4-units")
    for address, role in (("unit@contoh.test", "unit"), ("validator@contoh.test", "validator")):
        admin.goto(url + "/kerja")
        press(admin, "Orang")
        fill(admin, {"email": address, "role": role})
        if role == "unit":
            admin.get_by_label("Unit, untuk peran Unit").select_option(label="Dinas Kependudukan")
        press(admin, "Kirim undangan")
        assert admin.locator(".notice.good").is_visible()
    shoot(admin, "admin-5-people")

    # The unit writes; what it types is saved while it types.
    first_sign_in(unit, url, place.mail.link("unit@contoh.test"), "Dinas Kependudukan")
    press(unit, "Inovasi kami")
    shoot(unit, "unit-3-empty")
    press(unit, "Tulis inovasi baru")
    keys(unit, {"title": "Antar Dokumen"}, "Mulai menulis")
    draft = unit.url.rsplit("/", 1)[0]
    shoot(unit, "unit-4-name")
    for step, fields in TEXTS.items():
        assert unit.url == f"{draft}/{step}"
        if step == "ringkasan":
            tab_to(unit, lambda focus: focus["name"] == "summary")
            with unit.expect_response(lambda answer: answer.request.method == "POST") as saved:
                unit.keyboard.type(fields["summary"])
            assert saved.value.status == 200
            unit.reload()
            assert unit.locator("[name=summary]").input_value() == fields["summary"]
        else:
            fill(unit, fields)
        shoot(unit, f"unit-5-{step}")
        press(unit, "Simpan dan lanjut")
        while unit.url.rsplit("/", 1)[1] in ("hukum", "bukti"):
            press(unit, "Simpan dan lanjut")

    # What is missing is named before anybody looks at it, the legal document first.
    assert "dasar hukum dengan dokumennya" in unit.locator("main ol:not(.steps)").first.inner_text().split("\n")[0]
    press(unit, "Kirim ke validator")
    refused(unit)
    shoot(unit, "unit-6-missing")
    press(unit, "Tambahkan dasar hukum dengan dokumennya")
    press(unit, "Tambah Dasar hukum")
    press(unit, "Simpan, lalu lampirkan bukti")
    assert "Tingkat" in refused(unit)
    shoot(unit, "unit-7-claim-refused")
    fill(unit, LEGAL)
    press(unit, "Simpan, lalu lampirkan bukti")
    attach(unit, "Keputusan.pdf", "application/pdf", b"<html>bukan PDF</html>")
    refused(unit)
    attach(unit, "Keputusan.pdf", "application/pdf", PDF)
    shoot(unit, "unit-8-evidence")
    unit.goto(f"{draft}/dampak")
    claim(unit, "Tambah Indikator dampak", INDICATOR, "Laporan.pdf", "application/pdf", PDF)
    unit.goto(f"{draft}/bukti")
    claim(unit, "Tambah Foto", {"caption": "Petugas di Desa Contoh"}, "foto.png", "image/png", png())
    unit.goto(f"{draft}/bukti")
    shoot(unit, "unit-9-claims")
    unit.goto(f"{draft}/periksa")
    shoot(unit, "unit-10-complete")
    press(unit, "Kirim ke validator")
    assert unit.locator(".notice.good").is_visible()
    shoot(unit, "unit-11-sent")

    # The validator sends it back with a remark beside a field.
    first_sign_in(validator, url, place.mail.link("validator@contoh.test"), "Analis Bagian Organisasi")
    shoot(validator, "validator-3-desk")
    press(validator, "Periksa inovasi yang diajukan")
    press(validator, "Antar")
    shoot(validator, "validator-4-new")
    press(validator, "Kembalikan dengan catatan")
    refused(validator)
    validator.get_by_text("Beri catatan tentang Ringkasan").click()
    fill(validator, {"comment.summary": "Sebutkan kecamatannya."})
    press(validator, "Kembalikan dengan catatan")
    shoot(validator, "validator-5-returned")

    unit.goto(url + "/kerja")
    shoot(unit, "unit-12-desk")
    press(unit, "Perbaiki inovasi yang dikembalikan")
    press(unit, "Antar")
    shoot(unit, "unit-13-returned")
    press(unit, "Ringkasan")
    assert unit.get_by_text("Sebutkan kecamatannya.").is_visible()
    shoot(unit, "unit-14-remark")
    fill(unit, {"summary": TEXTS["ringkasan"]["summary"].replace("dua kecamatan", "Kecamatan Patean dan Singorojo")})
    press(unit, "Simpan dan lanjut")
    unit.goto(f"{draft}/periksa")
    press(unit, "Kirim lagi ke validator")

    # Only what changed is to be read again.
    validator.goto(url + "/kerja/antrean")
    press(validator, "Antar")
    assert validator.locator(".compare").count() == 1
    assert validator.locator("ins").all_inner_texts() == ["Kecamatan Patean dan Singorojo"]
    shoot(validator, "validator-6-changed")
    press(validator, "Validasi sampai")
    shoot(validator, "validator-7-validated")

    # The public sees who vouches, since when, until when; and the evidence.
    reader = visit("reader")
    reader.goto(url + "/inovasi/1")
    vouch = reader.locator(".vouch").inner_text()
    assert "Divalidasi oleh Analis Bagian Organisasi" in vouch and "Valid sampai" in vouch
    assert "Orang validator" not in reader.content()
    shoot(reader, "reader-1-valid")
    file = reader.get_by_role("link", name="Keputusan.pdf").get_attribute("href")
    evidence = fetch(url + file)
    assert evidence.body == PDF and evidence.headers["Content-Type"] == "application/pdf"

    # Most of a year later it is due; the agency's validator renews it on one screen.
    place.later(350)
    reader.goto(url + "/inovasi/1")
    assert "Jatuh tempo" in reader.locator(".vouch").inner_text()
    shoot(reader, "reader-2-due")
    until = reader.locator(".vouch").inner_text()
    sign_in(validator, url, "validator@contoh.test")
    shoot(validator, "validator-8-due")
    press(validator, "Perpanjang validasi")
    shoot(validator, "validator-9-renew")
    validator.get_by_label("Masih benar").or_(validator.get_by_label("Berlanjut")).first.check()
    press(validator, "Simpan pilihan")
    assert validator.locator(".notice.good").is_visible()
    shoot(validator, "validator-10-renewed")
    reader.goto(url + "/inovasi/1")
    assert "Valid sampai" in reader.locator(".vouch").inner_text() != until
    shoot(reader, "reader-3-renewed")


def test_the_same_forms_without_javascript(portal, furnished, visit):
    unit, validator = visit("unit", script=False), visit("validator", script=False)
    sign_in(unit, portal.url, "unit@contoh.test")
    press(unit, "Perbaiki inovasi yang dikembalikan")
    press(unit, "Tulis inovasi baru")
    press(unit, "Mulai menulis")
    refused(unit, script=False)
    fill(unit, {"title": "Tanpa Skrip"})
    press(unit, "Mulai menulis")
    draft = unit.url.rsplit("/", 1)[0]
    for step, fields in TEXTS.items():
        unit.goto(f"{draft}/{step}")
        fill(unit, {**fields, "title": "Tanpa Skrip", "shortName": ""} if step == "nama" else fields)
        press(unit, "Simpan dan lanjut")
    unit.goto(f"{draft}/hukum")
    claim(unit, "Tambah Dasar hukum", LEGAL, "Keputusan.pdf", "application/pdf", PDF)
    unit.goto(f"{draft}/periksa")
    press(unit, "Kirim ke validator")
    assert unit.locator(".notice.good").is_visible()

    sign_in(validator, portal.url, "validator@contoh.test")
    validator.goto(portal.url + draft.removeprefix(portal.url).replace("/inovasi/", "/periksa/"))
    press(validator, "Validasi sampai")
    assert validator.locator(".notice.good").is_visible()
    unit.goto(portal.url + "/kerja/inovasi")
    press(unit, "Tanpa Skrip")
    assert "Divalidasi oleh Analis Bagian Organisasi" in unit.locator(".vouch").inner_text()
