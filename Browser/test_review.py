"""Pairs of records that may be one: decided by single keys, and without JavaScript on a phone; taken back; merged by two."""

import re
import signal
import subprocess

import pytest
from axe_playwright_python.sync_playwright import Axe

import office
from conftest import SAMPLE, SIMPUL, Portal, located, serve


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A portal that took a delivery with records that may be twins, and two people of its secretariat."""
    folder = tmp_path_factory.mktemp("review")
    subprocess.run(
        [SIMPUL, "intake", "run", "--source", "contoh", "--file", SAMPLE, "--mapping", "auto", "--yes",
         *located(folder)], check=True, capture_output=True)
    process, url = serve(folder, "--trusted-proxies", "127.0.0.1")
    portal = Portal(url, folder / "log", 0, 0, 0, located(folder))
    people = [office.join(portal, f"{name}@contoh.test", "secretariat", name) for name in ("Sekretariat", "Deputi")]
    yield portal, people
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    checked = subprocess.run([SIMPUL, "check", *located(folder)], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout


def visit(portal, browser, person, width=1280, script=True):
    context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=script)
    context.add_cookies([
        {"name": name, "value": value, "url": portal.url} for name, value in person.cookies.items()])
    return context.new_page()


def waiting(page):
    return int(re.match(r"(\d+) pasangan menunggu", page.inner_text("h1")).group(1))


def follow(page, link):
    with page.expect_navigation():
        link.click()


def press(page, key):
    with page.expect_navigation():
        page.keyboard.press(key)


def test_pairs_are_decided_by_single_keys_and_taken_back(desk, browser):
    portal, people = desk
    page = visit(portal, browser, people[0])
    page.goto(portal.url + "/kerja/kembar")
    before = waiting(page)
    assert before >= 3
    follow(page, page.locator("table a.name").first)
    first = page.url
    press(page, "j")
    assert page.url != first
    press(page, "k")
    assert page.url == first
    # Whoever writes a reason decides nothing by it.
    page.locator("textarea").focus()
    page.keyboard.type("1 2 3 j k")
    assert page.url == first
    page.evaluate("document.activeElement.blur()")
    for key, words in (("2", "dua inovasi yang berbeda"), ("1", "Digabung"), ("3", "berkaitan")):
        press(page, key)
        assert words in page.inner_text(".notice.good")
        press(page, "u")
        assert page.url.partition("?")[0] == first.partition("?")[0]
        assert "menunggu lagi" in page.inner_text(".notice.good")
    page.goto(portal.url + "/kerja/kembar")
    assert waiting(page) == before
    # Keys can be switched off, and stay so.
    page.goto(first)
    page.locator("[data-keys] input").uncheck()
    page.goto(first)
    page.keyboard.press("2")
    page.wait_for_timeout(300)
    assert page.url == first
    page.locator("[data-keys] input").check()
    page.context.close()


def test_a_pair_is_decided_on_a_phone_without_javascript(desk, browser):
    portal, people = desk
    page = visit(portal, browser, people[0], 360, script=False)
    page.goto(portal.url + "/kerja/kembar")
    before = waiting(page)
    follow(page, page.locator("table a.name").first)
    assert not page.locator("[data-keys]").is_visible()
    follow(page, page.locator("button[value=different]"))
    page.goto(portal.url + "/kerja/kembar")
    assert waiting(page) == before - 1
    page.context.close()


def test_two_people_merge_what_is_published_and_one_takes_it_back(desk, browser):
    portal, people = desk
    first, second = (visit(portal, browser, person) for person in people)
    published = [re.search(r"\d+$", href).group() for href in re.findall(
        r'href="(/inovasi/\d+)"', portal.get("/inovasi?q=pelayanan").text)]
    a, b = list(dict.fromkeys(published))[:2]
    first.goto(portal.url + f"/inovasi/{a}")
    follow(first, first.get_by_role("link", name="Usulkan penggabungan dengan data lain"))
    assert first.locator("[name=nomor]").input_value() == a
    first.locator("[name=lain]").fill(b)
    follow(first, first.get_by_role("button", name="Bandingkan dan usulkan"))
    pair = first.url.partition("?")[0]
    assert first.locator("button[value=same]").count() == 0
    second.goto(portal.url + "/kerja/kembar?keadaan=kedua")
    follow(second, second.locator("table a.name").first)
    assert second.url.partition("?")[0] == pair
    follow(second, second.get_by_role("button", name="Setuju, gabungkan"))
    answers = [first.request.get(portal.url + f"/inovasi/{number}", max_redirects=0).status for number in (a, b)]
    assert sorted(answers) == [200, 308]
    second.goto(portal.url + "/kerja/gabungan?keadaan=orang")
    follow(second, second.locator("table a.name").first)
    second.locator("textarea").fill("Dua layanan yang berbeda.")
    follow(second, second.get_by_role("button", name="Batalkan penggabungan"))
    answers = [first.request.get(portal.url + f"/inovasi/{number}", max_redirects=0).status for number in (a, b)]
    assert answers == [200, 200]
    for page in (first, second):
        page.context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_of_review_are_accessible_and_fit(desk, browser, width):
    portal, people = desk
    problems = []
    for prefix in ("", "/en"):
        page = visit(portal, browser, people[0], width)
        page.goto(portal.url + prefix + "/kerja/kembar")
        pair = page.locator("table a.name").first.get_attribute("href")
        page.goto(portal.url + prefix + "/kerja/gabungan")
        merge = page.locator("table a.name").first.get_attribute("href")
        for path in (prefix + "/kerja/kembar", prefix + "/kerja/kembar?keadaan=selesai", pair,
                     prefix + "/kerja/gabungan", merge):
            page.goto(portal.url + path)
            found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
            problems += [f"{path} {width}: {one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                problems.append(f"{path} {width}: scrolls sideways")
        page.context.close()
    assert problems == []
