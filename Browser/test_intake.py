"""Three files in three shapes go in through the pages on a telephone's screen: the columns are explained and tried, the
delivery is watched while it runs, its rows are read; then the same without a script, and by the keyboard."""

import csv
import io
import json
import re
import signal
import zipfile
from xml.sax.saxutils import escape

import pytest

from conftest import SAMPLE, Portal, located, serve
from office import join
from test_pages import violations
from test_story import fill, press, refused, shoot, visit, wide  # noqa: F401 (visit is a fixture)


@pytest.fixture
def place(tmp_path):
    """A portal without records, and its secretariat."""
    process, url = serve(tmp_path)
    portal = Portal(url, tmp_path / "log", 0, 0, 0, located(tmp_path))
    portal.secretariat = join(portal, "sekretariat@contoh.test", "secretariat", "Sekretariat Jaringan Inovasi")
    yield portal
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0


def enter_as(page, portal, person):
    page.context.add_cookies([{"name": n, "value": v, "url": portal.url} for n, v in person.cookies.items()])
    page.goto(portal.url + "/kerja/sumber")


def workbook(rows):
    """The smallest XLSX with one sheet of texts."""
    def cell(column, row, text):
        return f'<c r="{chr(65 + column)}{row}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
    lines = "".join(
        f'<row r="{number}">{"".join(cell(column, number, text) for column, text in enumerate(row))}</row>'
        for number, row in enumerate(rows, 1))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml":
            f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels":
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml":
            f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="Data" sheetId="1" r:id="r1"/></sheets>'
            "</workbook>",
        "xl/_rels/workbook.xml.rels":
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/worksheet" '
            'Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{lines}</sheetData></worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + text)
    return out.getvalue()


def shapes():
    """The sample by where its records come from, as each would send them: name, file, content, columns, rows."""
    rows = list(csv.DictReader(SAMPLE.open()))
    lan = [row for row in rows if "inovasi-lan" in row["source"]]
    awarded = [row for row in rows if row not in lan and ("KIPP" in row["award"] or "Top " in row["award"])]
    local = [row for row in rows if row not in lan and row not in awarded]
    fields = ["id", "title", "agency", "unit", "region", "year", "award"]
    names = ["Nomor", "Nama Inovasi", "Instansi", "UPP", "Provinsi/Kabupaten/Kota", "Tahun", "Penghargaan"]
    book = workbook([names] + [[row[field] for field in fields] for row in awarded])
    objects = [{"id_inovasi": row["id"], "nama_inovasi": row["title"], "instansi": row["agency"],
                "wilayah": row["region"], "tahun": row["year"]} for row in lan]
    text = io.StringIO()
    sheet = csv.writer(text, delimiter=";")
    sheet.writerow(["Kode", "Judul Inovasi", "OPD", "Daerah", "Tahun"])
    sheet.writerows([[row[field] for field in ("id", "title", "agency", "region", "year")] for row in local])
    return [
        ("KIPP", "kipp.xlsx", book, fields, len(awarded)),
        ("LAN", "lan.json", json.dumps({"data": objects}).encode(),
         ["id", "title", "agency", "region", "year"], len(lan)),
        ("Daftar daerah", "daerah.csv", text.getvalue().encode(), ["id", "title", "agency", "region", "year"],
         len(local)),
    ]


def number(text):
    return int(text.replace(".", ""))


def sums(page):
    """The six outcomes and the line below them."""
    numbers = [number(text) for text in page.locator("table.sums .num").all_inner_texts()]
    assert sum(numbers[:-1]) == numbers[-1], f"the sums of {page.url} do not add up: {numbers}"
    return numbers


def declare(page, name):
    press(page, "Tambah sumber data")
    fill(page, {"name": name, "kind": "file"})
    press(page, "Simpan")
    assert page.locator("h1").inner_text() == name


def hand_in(page, name, content):
    page.get_by_label("Berkas data").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content})
    press(page, "Unggah dan periksa kolomnya")


def explain(page, columns):
    for place, field in enumerate(columns):
        page.locator(f"[name=kolom{place}]").select_option(field)
    page.get_by_label("Tidak ada kolom nomor").uncheck()


def test_three_files_in_three_shapes(place, visit):
    page = visit("intake")
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda problem: said.append(str(problem)))
    enter_as(page, place, place.secretariat)
    assert page.locator("h1").inner_text() == "Belum ada sumber data"
    press(page, "Tambah sumber data")
    press(page, "Simpan")
    assert "Isi nama sumber" in refused(page)
    assert not page.get_by_label("Alamat berkas").is_visible()
    page.get_by_label("Diambil dari alamat").check()
    assert page.get_by_label("Alamat berkas").is_visible()
    page.goto(place.url + "/kerja/sumber")
    for name, file, content, columns, rows in shapes():
        declare(page, name)
        hand_in(page, file, content)
        shoot(page, f"intake-1-columns-{name}")
        explain(page, columns)
        press(page, "Coba dahulu")
        assert page.locator("#percobaan").inner_text() == f"Semua {rows} baris terbaca"
        shoot(page, f"intake-2-tried-{name}")
        assert violations(page, f"tried {name}") == []
        press(page, "Simpan dan jalankan")
        # While it runs the page tells how far it is by itself, and is read anew at the end.
        page.wait_for_selector("h1:has-text('baris selesai')", timeout=60_000)
        shoot(page, f"intake-3-done-{name}")
        assert sums(page)[-1] == rows
        assert violations(page, f"done {name}") == []
        assert not wide(page)
        page.goto(place.url + "/kerja/sumber")
    assert page.locator("h1").inner_text() == "3 sumber data"
    shoot(page, "intake-4-sources")
    assert violations(page, "sources") == []

    # The order of trust, by the keyboard.
    up = page.get_by_role("button", name=re.compile("^Naikkan Daftar daerah"))
    up.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".trust li").nth(1).inner_text().startswith("Daftar daerah")

    # One row: what came and what became of it, and from there its innovation.
    press(page, "LAN")
    page.locator("table a").first.click()
    press(page, "Baru")
    assert "Baris: baru" in page.locator("#baris").inner_text()
    page.locator("table.compact a").first.click()
    assert page.locator("dl.raw dt").first.inner_text() == "id_inovasi"
    shoot(page, "intake-5-row")
    press(page, "Buka inovasinya")
    assert "/inovasi/" in page.url
    # The form that was refused is all the browser had to say.
    assert [text for text in said if "422" not in text] == []


def test_a_delivery_is_told_live_and_stopped(place, visit):
    """The page follows by itself what the server says; a second look shows what the first was told."""
    page = visit("intake-live")
    enter_as(page, place, place.secretariat)
    rows = [[f"X{n}", f"Nama {n * 7919} layanan {chr(97 + n % 26)}", "Kota Semarang", "2019"] for n in range(4000)]
    content = "\n".join(";".join(row) for row in [["Nomor", "Judul Inovasi", "Instansi", "Tahun"]] + rows).encode()
    declare(page, "Besar")
    hand_in(page, "besar.csv", content)
    press(page, "Simpan dan jalankan")
    if page.locator("[data-events]").count():
        steps = set()
        for _ in range(200):
            here = page.locator("[data-events] .thread strong")
            if here.count():
                steps.add(here.first.inner_text())
            if steps and not page.locator("[data-unwatched]").is_visible() or not page.locator("[data-events]").count():
                break
            page.wait_for_timeout(50)
        assert steps, "the page never said where the delivery is"
        assert page.locator("[data-unwatched]").count() == 0 or not page.locator("[data-unwatched]").is_visible()
        press(page, "Hentikan kiriman ini")
        assert page.locator("h1").inner_text() in ("Kiriman dihentikan",) or "baris selesai" in page.locator("h1").inner_text()
    shoot(page, "intake-6-stopped")


def test_the_same_without_javascript(place, visit):
    page = visit("intake-plain", script=False)
    enter_as(page, place, place.secretariat)
    name, file, content, columns, rows = shapes()[2]
    declare(page, name)
    hand_in(page, file, content)
    explain(page, columns)
    press(page, "Coba dahulu")
    assert page.locator("#percobaan").inner_text() == f"Semua {rows} baris terbaca"
    press(page, "Simpan dan jalankan")
    for _ in range(100):
        if not page.get_by_role("link", name="Muat ulang").count():
            break
        press(page, "Muat ulang")
        page.wait_for_timeout(200)
    assert "baris selesai" in page.locator("h1").inner_text()
    assert sums(page)[-1] == rows
    # A file of other columns stops before it harms.
    with page.expect_navigation():
        page.locator(".crumbs").get_by_role("link", name=name).click()
    changed = b"Kode;Nama;Tahun\n1;Antar Obat;2019\n"
    hand_in(page, "lain.csv", changed)
    assert "Kolom berkas ini berbeda" in page.locator(".notice").inner_text()
    # The sheet of an office that is none.
    page.goto(page.url.split("/pemetaan")[0])
    hand_in(page, "halaman.csv", b"<!doctype html><p>Masuk")
    assert page.locator(".errors").is_visible()
