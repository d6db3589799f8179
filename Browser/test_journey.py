"""A visitor's way through the portal by keyboard alone, with and without JavaScript; and the page on paper."""

import re

import pytest

FOCUS = """() => {
    const e = document.activeElement
    if (!e || e === document.body) return null
    const s = getComputedStyle(e), box = e.getBoundingClientRect()
    return {
        tag: e.tagName, name: e.getAttribute('name'), href: e.getAttribute('href') || '',
        text: (e.textContent || '').trim().slice(0, 60),
        ring: (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none',
        seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
    }
}"""


def tab_to(page, wanted, limit=250):
    """Presses Tab until the focus is where it is wanted; on the way it is always visible."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus is None:
            continue
        assert focus["ring"], f"no visible focus on {focus}"
        assert focus["seen"], f"the focus is out of sight on {focus}"
        if wanted(focus):
            return focus
    raise AssertionError(f"not reached by Tab on {page.url}")


def enter(page):
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
@pytest.mark.parametrize("width", [360, 1280])
def test_search_to_innovation_to_institution_and_back_by_keyboard(portal, browser, script, width):
    context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=script)
    page = context.new_page()
    page.goto(portal.url + "/")
    tab_to(page, lambda focus: focus["name"] == "q")
    page.keyboard.type("kota surakarta")
    enter(page)
    assert re.search(r"/inovasi\?q=kota(\+|%20)surakarta$", page.url)

    tab_to(page, lambda focus: re.fullmatch(r"/inovasi/\d+", focus["href"]))
    enter(page)
    innovation = page.url
    assert re.search(r"/inovasi/\d+$", innovation)

    tab_to(page, lambda focus: re.match(r"/instansi/.", focus["href"]))
    enter(page)
    assert re.search(r"/instansi/.", page.url)
    assert page.locator("h1").count() == 1

    page.go_back()
    assert page.url == innovation
    context.close()


def test_the_first_tab_skips_to_the_content(portal, browser):
    page = browser.new_page()
    page.goto(portal.url + "/inovasi")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["href"] == "#isi"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi"
    page.close()


def test_paper_shows_the_record_and_no_navigation(portal, browser):
    page = browser.new_page()
    page.goto(portal.url + f"/inovasi/{portal.complete}")
    page.emulate_media(media="print")
    assert [nav.is_visible() for nav in page.locator("nav, form, button").all()] == [False] * page.locator(
        "nav, form, button").count()
    assert page.locator("h1").is_visible()
    page.close()
