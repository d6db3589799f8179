"""The evaluator's desk: saved while one types, scored by single keys, on a phone and without JavaScript; its pages for axe."""

import json
import signal
import sqlite3

import pytest
from axe_playwright_python.sync_playwright import Axe

from conftest import Portal, located, serve
from office import join

SECTIONS = [("kebaruan", "Kebaruan", "40"), ("dampak", "Dampak", "60")]
LEVELS = [("80", "100", "Bukti lengkap"), ("50", "79", "Bukti sebagian"), ("0", "49", "Belum ada bukti")]


class Evaluation:
    """An open edition with three proposals in one evaluator's hands, and its secretariat."""

    def __init__(self, portal, folder):
        self.portal, self.store = portal, f"{folder}/simpul.sqlite"
        self.evaluator = join(portal, "penilai@contoh.test", "evaluator", "Universitas Contoh", "--edition", "kipp-uji")
        self.organiser = join(portal, "sekretariat@contoh.test", "secretariat", "Kementerian Contoh")
        self.write(self.prepare)

    def write(self, act):
        database = sqlite3.connect(self.store, timeout=20)
        with database:
            given = act(database)
        database.close()
        return given

    def prepare(self, database):
        [account] = database.execute("SELECT id FROM account WHERE email = 'penilai@contoh.test'").fetchone()
        [content] = database.execute(
            "SELECT content FROM edition_version v JOIN edition e ON e.id = v.edition WHERE e.code = 'kipp-2025'").fetchone()
        tables = json.loads(content)
        tables["facts"][0].update(reads="1", passing="70", finalists="2", band="3", gap="20")
        for row in tables["stages"]:
            row.pop("opens", None), row.pop("closes", None)
            if row["kind"] == "evaluation":
                row.update(opens="2020-01-01 00.00", closes="2098-12-31 24.00")
        tables["sections"] = [
            {"code": code, "name_id": name, "name_en": name, "words": "200", "weight": weight} for code, name, weight in SECTIONS]
        tables["rubric"] = [
            {"from": low, "to": high, "anchor_id": words, "anchor_en": words} for low, high, words in LEVELS]
        tables["documents"] = []
        database.execute("INSERT INTO edition (id, code, state, version, created_at, opened_at) VALUES (90, 'kipp-uji', 'open', 1, 1, 1)")
        database.execute(
            "INSERT INTO edition_version (edition, number, at, office, content) VALUES (90, 1, 1, 'uji', ?)", [json.dumps(tables)])
        database.execute(
            """INSERT INTO evaluator (id, edition, account, role, expertise, languages, least, most, declared_at)
               VALUES (90, 90, ?, 'evaluator', '', 'id', 0, 9, 1)""", [account])
        for number, title in enumerate(("Loket Malam", "Obat Sampai Rumah", "Sekolah Perahu"), 90):
            fields = {"judul": title, "kelompok": "umum"}
            fields |= {f"bagian.{code}": f"{name} dari {title}. " * 30 for code, name, _ in SECTIONS}
            database.execute(
                """INSERT INTO proposal (id, edition, innovation, revision, institution, state, title, title_key, group_code,
                       content, version, created_at, created_by, updated_at, updated_by, registered_at, submitted_at,
                       submitted_by, rules_version, verdicts, decided_at)
                   VALUES (?, 90, 1, 1, 'P33', 'passed', ?, ?, 'umum', ?, 1, 1, ?, 1, ?, 1, 1, ?, 1, '[]', 1)""",
                [number, title, title.lower().replace(" ", ""), json.dumps(fields), 0, 0, 0])
            database.execute(
                """INSERT INTO reading (id, edition, proposal, evaluator, origin, state, version, given_at)
                   VALUES (?, 90, ?, 90, 'plan', 'due', 1, 1)""", [number, number])

    def scores(self, reading):
        return self.write(lambda database: database.execute(
            "SELECT section, value, words FROM score WHERE reading = ? ORDER BY section", [reading]).fetchall())

    def state(self, reading):
        return self.write(lambda database: database.execute("SELECT state FROM reading WHERE id = ?", [reading]).fetchone()[0])


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory):
    folder = tmp_path_factory.mktemp("evaluation")
    process, url = serve(folder)
    yield Evaluation(Portal(url, folder / "log", 0, 0, 0, located(folder)), folder)
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0


@pytest.fixture
def visit(evaluation, browser):
    made = []

    def open_page(person, width=1280, script=True):
        context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=script)
        context.add_cookies([{"name": name, "value": value, "url": evaluation.portal.url}
                             for name, value in person.cookies.items()])
        made.append(context)
        return context.new_page()

    yield open_page
    for context in made:
        context.close()


def test_a_proposal_is_scored_by_keys_alone_and_saved_while_one_types(evaluation, visit):
    page = visit(evaluation.evaluator)
    page.goto(evaluation.portal.url + "/kerja/penilaian")
    assert "3 usulan menunggu penilaian Anda" in page.inner_text("h1")
    with page.expect_navigation():
        page.get_by_role("link", name="Loket Malam").click()
    page.locator("[data-keys]").wait_for()
    page.keyboard.press("1")
    assert page.locator("[name='nilai.kebaruan']").input_value() == "90"
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") == "s-dampak"
    page.keyboard.press("3")
    assert page.locator("[name='nilai.dampak']").input_value() == "24"
    assert page.locator("[name='nilai.kebaruan']").input_value() == "90"
    page.keyboard.press("a")
    page.keyboard.type("1 j k a: belum terbukti.")
    assert page.locator("[name='catatan.dampak']").input_value() == "1 j k a: belum terbukti."
    # An exact score chooses its level.
    page.locator("[name='nilai.dampak']").fill("55")
    assert page.locator("[name='tingkat.dampak'][value='50-79']").is_checked()
    page.wait_for_function(
        "words => document.querySelector('[data-saved]').textContent.includes(words)", arg="Tersimpan otomatis", timeout=15000)
    for _ in range(50):
        if evaluation.scores(90) == [("dampak", 55, "1 j k a: belum terbukti."), ("kebaruan", 90, None)]:
            break
        page.wait_for_timeout(200)
    assert evaluation.scores(90) == [("dampak", 55, "1 j k a: belum terbukti."), ("kebaruan", 90, None)]
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    assert page.locator("[data-keys] details").get_attribute("open") is not None
    page.locator("[data-keys] input").uncheck()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("2")
    assert page.locator("[name='nilai.kebaruan']").input_value() == "90"
    page.locator("[data-keys] input").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Selesai").click()
    assert page.url.endswith("/kerja/penilaian/91")
    assert evaluation.state(90) == "done"


def test_without_javascript_on_a_phone_a_level_is_a_score(evaluation, visit):
    page = visit(evaluation.evaluator, 360, script=False)
    page.goto(evaluation.portal.url + "/kerja/penilaian/91")
    assert not page.locator("[data-keys]").is_visible()
    page.locator("[name='tingkat.kebaruan'][value='80-100']").check()
    page.locator("[name='nilai.dampak']").fill("101")
    with page.expect_navigation():
        page.get_by_role("button", name="Simpan").click()
    assert "Tulis angka bulat 0 sampai 100." in page.inner_text(".errors")
    assert page.locator("[name='nilai.dampak']").input_value() == "101"
    page.locator("[name='nilai.dampak']").fill("71")
    with page.expect_navigation():
        page.get_by_role("button", name="Selesai").click()
    assert evaluation.scores(91) == [("dampak", 71, None), ("kebaruan", 90, None)]
    assert evaluation.state(91) == "done"


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_of_the_evaluation_are_accessible_and_fit(evaluation, visit, width, tmp_path):
    problems = []
    for person, paths in (
        (evaluation.evaluator, ("/kerja/penilaian", "/kerja/penilaian/92", "/kerja/penilaian/90")),
        (evaluation.organiser, ("/kerja/kompetisi/kipp-uji/nilai", "/kerja/kompetisi/kipp-uji/nilai/90",
                                "/kerja/kompetisi/kipp-uji/pertanyaan")),
    ):
        for prefix in ("", "/en"):
            page = visit(person, width)
            for path in paths:
                page.goto(evaluation.portal.url + prefix + path)
                page.screenshot(path=tmp_path / f"{path.replace('/', '_')}{width}.png", full_page=True)
                found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
                problems += [f"{prefix}{path} {width}: {one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    problems.append(f"{prefix}{path} {width}: scrolls sideways")
    assert problems == []
