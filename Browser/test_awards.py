"""Certificates: seen, printed, read by a phone's camera, and verified in a browser that has no network."""

import io
import json
import signal
import sqlite3
import subprocess
import time

import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from PIL import Image

import office
from conftest import ROOT, SAMPLE, SIMPUL, Portal, located, serve, take

CODE = "kipp-2027"


def decided(folder):
    """An open edition with three proposals past the administrative check; two were given an award and announced."""
    database = sqlite3.connect(folder / "simpul.sqlite", timeout=20)
    [(account,)] = database.execute("SELECT min(id) FROM account").fetchall()
    [(content,)] = database.execute(
        """SELECT v.content FROM edition e JOIN edition_version v ON v.edition = e.id AND v.number = e.version
           WHERE e.code = 'kipp-2025'""").fetchall()
    rules = json.loads(content)
    rules["facts"][0].update(year="2027", name_id="Kompetisi Inovasi Pelayanan Publik 2027",
                             name_en="Public Service Innovation Competition 2027")
    rules["awards"] = [{"code": "terpuji", "name_id": "Inovasi Terpuji", "name_en": "Commended innovation"}]
    [(edition,)] = database.execute("SELECT max(id) + 1 FROM edition").fetchall()
    now = int(time.time() * 1000)
    database.execute("INSERT INTO edition VALUES (?, ?, 'open', 1, ?, ?)", [edition, CODE, now, now])
    database.execute(
        "INSERT INTO edition_version VALUES (?, 1, ?, 'Kantor', NULL, ?)", [edition, now, json.dumps(rules)])
    found = database.execute(
        """SELECT id, institution, title FROM innovation WHERE state = 'published' AND institution IS NOT NULL
           ORDER BY length(title) DESC LIMIT 3""").fetchall()
    for number, (innovation, institution, title) in enumerate(found, 1):
        database.execute(
            """INSERT INTO proposal (id, edition, innovation, revision, institution, state, title, title_key, category,
                   content, version, created_at, created_by, updated_at, updated_by, registered_at, submitted_at,
                   submitted_by, rules_version, verdicts, decided_at, decided_by)
               VALUES (?, ?, ?, 1, ?, 'passed', ?, ?, ?, '{}', 1, ?, ?, ?, ?, ?, ?, ?, 1, '[]', ?, ?)""",
            [number, edition, innovation, institution, title, title.lower(), rules["categories"][0]["code"],
             now, account, now, account, now, now, account, now, account])
    database.execute(
        """INSERT INTO sitting (id, edition, body, subject, title, place, held_at, attendance, tabled, decided, why,
               version, made_by, closed_at, digest)
           VALUES (1, ?, 'panel', 'awards', 'Pleno', 'Jakarta', ?, '[]', '-', '-', '-', 1, ?, ?, ?)""",
        [edition, now, account, now, "a" * 64])
    for number, verdict, award in ((1, "chosen", "terpuji"), (2, "chosen", "terpuji"), (3, "not", None)):
        database.execute(
            "INSERT INTO decision (sitting, proposal, verdict, award) VALUES (1, ?, ?, ?)", [number, verdict, award])
    database.execute(
        """INSERT INTO announcement (id, edition, subject, sitting, decree, decree_on, publish_at, at, by_account)
           VALUES (1, ?, 'awards', 1, 'Keputusan Menteri Contoh Nomor 7 Tahun 2027', '2027-08-30', ?, ?, ?)""",
        [edition, now - 1000, now, account])
    database.commit()
    innovation = found[0][0]
    database.close()
    return innovation


@pytest.fixture(scope="module")
def ceremony(tmp_path_factory):
    """A portal whose organiser froze the result and issued two certificates through the pages."""
    folder = tmp_path_factory.mktemp("awards")
    take(folder, SAMPLE)
    process, url = serve(folder, environment={
        "SIMPUL_CERTIFICATE_PRINTER": str(ROOT / "bin/certificate-printer")})
    portal = Portal(url, folder / "log", 0, 0, 0, located(folder))
    person = office.join(portal, "kantor@contoh.test", "secretariat", "Sekretariat")
    innovation = decided(folder)
    desk = f"/kerja/kompetisi/{CODE}/hasil"
    person.send(desk, {}, desk)
    person.send(desk + "/terbit", {}, desk)
    database = sqlite3.connect(folder / "simpul.sqlite", timeout=20)
    serials = [row[0] for row in database.execute("SELECT serial FROM award ORDER BY serial")]
    database.close()
    assert len(serials) == 2
    yield portal, person, serials, innovation, folder
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    checked = subprocess.run([SIMPUL, "check", *located(folder)], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout


PAGES = ["/penghargaan/{}", "/penghargaan/kunci", "/penghargaan/periksa", f"/kompetisi/{CODE}/angka"]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_award_pages_are_accessible_and_fit(ceremony, browser, width, scheme):
    portal, _, serials, _, _ = ceremony
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    for path in PAGES:
        for language in ("", "/en"):
            page.goto(portal.url + language + path.format(serials[0]))
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
            found = Axe().run(page)
            assert found.violations_count == 0, f"{path}: {found.generate_report()}"
    context.close()


def test_the_code_on_a_certificate_leads_to_its_page(ceremony, browser):
    portal, _, serials, _, _ = ceremony
    for scheme in ("light", "dark"):
        context = browser.new_context(viewport={"width": 800, "height": 1200}, color_scheme=scheme)
        page = context.new_page()
        page.goto(f"{portal.url}/penghargaan/{serials[0]}")
        shot = page.locator(".certificate").screenshot()
        read = zxingcpp.read_barcodes(Image.open(io.BytesIO(shot)))
        assert [code.text for code in read] == [f"{portal.url}/penghargaan/{serials[0]}"]
        context.close()


def test_a_statement_is_verified_without_a_network(ceremony, browser):
    portal, _, serials, _, folder = ceremony
    good = portal.get(f"/penghargaan/{serials[0]}.json").text
    award = json.loads(good)
    context = browser.new_context()
    page = context.new_page()
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(portal.url + "/penghargaan/periksa")
    context.set_offline(True)

    def verdict(text):
        page.fill("#f-isi", text)
        page.click("#periksa-isi")
        page.wait_for_function("document.querySelector('#putusan .notice')")
        said = page.locator("#putusan").inner_text()
        page.evaluate("document.querySelector('#putusan').replaceChildren()")
        return said

    said = verdict(good)
    assert said.startswith("Asli:") and serials[0] in said and "dicabut hanya dapat dilihat" in said
    changed = {**award, "statement": award["statement"].replace("Inovasi Terpuji", "Inovasi Terbaik")}
    assert verdict(json.dumps(changed)).startswith("Tidak asli")
    forged = {**award, "signature": award["signature"][:10] + ("A" if award["signature"][10] != "A" else "B")
              + award["signature"][11:]}
    assert verdict(json.dumps(forged)).startswith("Tidak asli")
    assert "tidak ada di daftar kunci" in verdict(json.dumps({**award, "key": {**award["key"], "id": "0" * 16}}))
    for nothing in ("", "{}", "[]", "null", "x", '{"statement":1}'):
        assert verdict(nothing).startswith("Ini bukan pernyataan"), nothing
    file = folder / "piagam.json"
    file.write_text(good)
    page.set_input_files("#f-berkas", file)
    page.wait_for_function("document.querySelector('#putusan .notice')")
    assert page.locator("#putusan").inner_text().startswith("Asli:")
    assert wrong == []
    context.close()


def verify(*arguments):
    return subprocess.run([SIMPUL, "award", "verify", *map(str, arguments)], capture_output=True, text=True)


def test_the_command_says_the_same(ceremony, tmp_path):
    portal, _, serials, _, _ = ceremony
    (tmp_path / "a.json").write_text(portal.get(f"/penghargaan/{serials[0]}.json").text)
    (tmp_path / "kunci.json").write_text(portal.get("/penghargaan/kunci.json").text)
    assert verify(tmp_path / "a.json").returncode == 2
    assert verify(tmp_path / "a.json", "--keys", tmp_path / "kunci.json").returncode == 0
    assert verify(tmp_path / "a.json", *portal.database[:2]).returncode == 0
    text = (tmp_path / "a.json").read_text()
    (tmp_path / "b.json").write_text(text.replace("Inovasi Terpuji", "Inovasi Terbaik"))
    assert verify(tmp_path / "b.json", "--keys", tmp_path / "kunci.json").returncode == 1
    again = subprocess.run(
        [SIMPUL, "competition", "recompute", CODE, "--json", *portal.database], capture_output=True, text=True)
    assert (again.returncode, json.loads(again.stdout)["status"]) == (0, "same")


def test_a_certificate_is_one_printed_page_and_a_tagged_pdf(ceremony, browser, tmp_path):
    portal, _, serials, _, _ = ceremony
    page = browser.new_page()
    page.goto(f"{portal.url}/penghargaan/{serials[0]}")
    printed = tmp_path / "printed.pdf"
    printed.write_bytes(page.pdf(format="A4"))
    made = portal.get(f"/penghargaan/{serials[0]}.pdf")
    assert (made.status, made.headers["Content-Type"]) == (200, "application/pdf")
    (tmp_path / "made.pdf").write_bytes(made.body)
    for file, tagged in ((printed, None), (tmp_path / "made.pdf", "yes")):
        facts = dict(line.split(":", 1) for line in subprocess.run(
            ["pdfinfo", file], check=True, capture_output=True, text=True).stdout.splitlines())
        assert facts["Pages"].strip() == "1"
        assert tagged is None or facts["Tagged"].strip() == tagged
        text = subprocess.run(["pdftotext", file, "-"], check=True, capture_output=True, text=True).stdout
        assert serials[0] in text and "Nomor 7 Tahun 2027" in text
    page.close()


def test_a_revoked_certificate_says_so_and_leaves_the_record(ceremony, browser):
    portal, person, serials, _, _ = ceremony
    desk = f"/kerja/kompetisi/{CODE}/hasil"
    path = f"{desk}/{serials[1]}/cabut"
    person.send(path, {f"alasan-{serials[1]}": "Nomor usulan tertukar"}, desk)
    page = browser.new_page()
    page.goto(f"{portal.url}/penghargaan/{serials[1]}")
    notice = page.locator(".notice.bad").inner_text()
    assert "Piagam ini dicabut" in notice and "Nomor usulan tertukar" in notice
    assert Axe().run(page).violations_count == 0
    page.close()
