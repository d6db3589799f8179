"""One portal and one browser for all tests: `simpul serve` on SQLite with the sample records, Debian's Chromium."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
SIMPUL = Path(os.environ.get("SIMPUL", ROOT / ".build/debug/simpul"))
SAMPLE = ROOT / "Sources/Directory/Reference/innovations.csv"
SCREENSHOTS = ROOT / "Browser/screenshots"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Answer:
    status: int
    headers: dict
    body: bytes

    @property
    def text(self):
        return self.body.decode()


def fetch(url, headers={}):
    """An answer whatever its status; redirects are followed."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=20) as answer:
            return Answer(answer.status, dict(answer.headers), answer.read())
    except urllib.error.HTTPError as refused:
        return Answer(refused.code, dict(refused.headers), refused.read())


@dataclass
class Portal:
    url: str
    log: Path
    changed: int
    """An innovation with two revisions."""
    withdrawn: int
    complete: int
    """An innovation with institution, region, SDG or award as far as the samples have them."""
    database: list
    """The options that name its database to a command."""

    def get(self, path, headers={}):
        return fetch(self.url + path, headers)


def located(folder):
    """The options that name the database and the data of a portal in this folder."""
    return ["--database", f"sqlite:{folder}/simpul.sqlite", "--data", f"{folder}/data"]


def serve(folder, *options, port=None, environment={}):
    """Starts `simpul serve` on a free port and waits until it is ready; gives the process and its address."""
    port = port or free_port()
    log = (folder / "log").open("wb")
    process = subprocess.Popen(
        [SIMPUL, "serve", "--port", str(port), *located(folder), *options], env={**os.environ, **environment}, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    for _ in range(600):
        try:
            if fetch(url + "/readyz").status == 200:
                return process, url
        except OSError:
            pass
        if process.poll() is not None:
            break
        time.sleep(0.05)
    process.kill()
    raise RuntimeError(f"simpul serve did not start:\n{(folder / 'log').read_text()}")


def take(folder, file):
    subprocess.run(
        [SIMPUL, "import", file, "--source", "contoh", *located(folder)], check=True, capture_output=True)


@pytest.fixture(scope="session")
def portal(tmp_path_factory):
    folder = tmp_path_factory.mktemp("portal")
    take(folder, SAMPLE)
    # A second edition of the file, with one title changed, gives one record a history.
    text = SAMPLE.read_text()
    first = re.search(r"(?m)^([^,\n]+),([^,\"\n]+),", text[text.index("\n"):])
    edited = folder / "edited.csv"
    edited.write_text(text.replace(first.group(0), f"{first.group(1)},{first.group(2)} (baru),", 1))
    take(folder, edited)
    database = sqlite3.connect(folder / "simpul.sqlite")
    [changed] = database.execute("SELECT id FROM innovation WHERE revision = 2").fetchone()
    [complete] = database.execute(
        """SELECT i.id FROM innovation i JOIN revision r ON r.innovation = i.id AND r.number = i.revision
           ORDER BY length(r.content) DESC LIMIT 1""").fetchone()
    [withdrawn] = database.execute("SELECT max(id) FROM innovation").fetchone()
    # No command withdraws a record yet.
    database.execute(
        "UPDATE innovation SET state = 'withdrawn', withdrawn_reason = 'Tercatat dua kali.' WHERE id = ?", [withdrawn])
    database.commit()
    database.close()
    process, url = serve(folder, "--trusted-proxies", "127.0.0.1")
    yield Portal(url, folder / "log", changed, withdrawn, complete, located(folder))
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0, "SIGTERM ends `simpul serve` with exit code 0"


@dataclass(frozen=True)
class Page:
    name: str
    path: str
    status: int = 200
    reader: object = None
    """Who is signed in, as `office.Signed`; nobody on public pages."""

    @property
    def headers(self):
        return self.reader.headers if self.reader else {}

    def at(self, language):
        if language == "id":
            return self.path
        return "/en" + ("" if self.path == "/" else self.path)


@pytest.fixture(scope="session")
def pages(portal):
    """Every kind of page, with the status it answers with."""
    results = portal.get("/inovasi").text
    following = re.search(r'href="(/inovasi\?[^"]*cursor=[^"]*)"', results).group(1).replace("&amp;", "&")
    institution = re.search(r'href="(/instansi/[^"?#]+)"', portal.get(f"/inovasi/{portal.complete}").text).group(1)
    return [
        Page("home", "/"),
        Page("results", "/inovasi"),
        Page("results-following", following),
        Page("results-query", "/inovasi?q=pelayanan+kesehatan"),
        Page("results-filtered", "/inovasi?q=kesehatan&year=2019&year=2020&sort=newest"),
        Page("results-phrase", "/inovasi?q=%22sistem+informasi%22"),
        Page("results-empty", "/inovasi?q=zzzzqqqq"),
        Page("results-suggestion", "/inovasi?q=kesehatn"),
        Page("results-hostile", "/inovasi?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E%22%27"),
        Page("results-refused", "/inovasi?province=99&year=2019", 422),
        Page("innovation", f"/inovasi/{portal.complete}"),
        Page("innovation-changed", f"/inovasi/{portal.changed}"),
        Page("history", f"/inovasi/{portal.changed}/riwayat"),
        Page("comparison", f"/inovasi/{portal.changed}/riwayat/2"),
        Page("withdrawn", f"/inovasi/{portal.withdrawn}", 410),
        Page("unknown-innovation", "/inovasi/99999999", 404),
        Page("unknown-page", "/tidak-ada", 404),
        Page("institutions", "/instansi"),
        Page("institutions-query", "/instansi?q=kota"),
        Page("institution", institution),
        Page("regions", "/wilayah"),
        Page("province", "/wilayah/33"),
        Page("city", "/wilayah/33.74"),
        Page("hubs", "/hub"),
        Page("goals", "/sdg"),
        Page("goal", "/sdg/3"),
        Page("map", "/peta"),
        Page("data", "/data"),
        Page("about", "/tentang"),
        Page("api", "/api"),
    ]


@pytest.fixture(scope="session")
def furnished(portal):
    """An institution of the samples with one person per role at work."""
    import office
    institution = re.search(r'href="/instansi/([^"?#]+)"', portal.get(f"/inovasi/{portal.complete}").text).group(1)
    return office.furnish(portal, institution)


@pytest.fixture(scope="session")
def desk_pages(portal, furnished):
    """Every kind of page behind the sign-in, and the public pages that need a validated innovation."""
    place, people = furnished, furnished.people
    check = "/kerja/periksa"
    kinds = {
        None: [
            ("sign-in", "/masuk"), ("reset", "/sandi"), ("invitation", place.invitation),
            ("validated", f"/inovasi/{place.innovation}"), ("report", f"/inovasi/{place.innovation}/lapor"),
            ("reported", f"/inovasi/{place.innovation}/lapor?terkirim=1"), ("currency", "/kemutakhiran"),
            ("news", "/berita"), ("article", place.news), ("guides", "/panduan"), ("audit-heads", "/data/jejak-audit"),
        ],
        "secretariat": [
            ("desk", "/kerja"), ("people", "/kerja/orang"), ("outbox", "/kerja/pesan"),
            ("questions", "/kerja/pertanyaan"), ("question", f"/kerja/pertanyaan/baru/{place.innovation}"),
            ("call", "/kerja/kemutakhiran"), ("articles", "/kerja/tulis"), ("article-new", "/kerja/tulis/berita"),
            ("article-edit", place.article), ("account", "/akun"), ("code", "/akun/kode"), ("leave", "/akun/berhenti"),
            ("sign-out", "/keluar"), ("sources", "/kerja/sumber"), ("source-new", "/kerja/sumber/baru"),
            ("source", place.source), ("source-edit", f"{place.source}/ubah"), ("mapping", f"{place.source}/pemetaan"),
            ("delivery", place.delivery), ("delivery-rejected", f"{place.delivery}?hasil=ditolak"),
            ("delivery-row", f"{place.delivery}/baris/3"), ("delivery-row-rejected", f"{place.delivery}/baris/2"),
            ("delivery-asking", place.asking), ("delivery-unknown", "/kerja/kiriman/99999", 404),
        ],
        "agency-admin": [
            ("desk", "/kerja"), ("people", "/kerja/orang"), ("person", place.person), ("units", "/kerja/unit"),
            ("unit", place.unit), ("innovations", "/kerja/inovasi"), ("innovation-new", "/kerja/inovasi/baru"),
            ("queue", "/kerja/antrean"), ("renew", "/kerja/perpanjang"), ("renew-all", "/kerja/perpanjang?semua=1"),
            ("questions", "/kerja/pertanyaan"), ("reports", "/kerja/laporan"), ("dates", "/kerja/batas"),
            ("date", place.collection), ("sheet", place.collection + "/lembar"),
            ("letters", "/kerja/surat"), ("letter", place.letter),
            *((f"letter-{kind}", f"/kerja/surat/baru/{kind}") for kind in ("akun", "tugas", "berita-acara")),
        ],
        "validator": [
            ("desk", "/kerja"), ("queue", "/kerja/antrean"), ("check-new", f"{check}/{place.submitted}"),
            ("check-revised", f"{check}/{place.revised}"),
        ],
        "unit": [
            ("desk", "/kerja"), ("innovations", "/kerja/inovasi"), ("innovation-new", "/kerja/inovasi/baru"),
            ("spreadsheet", "/kerja/inovasi/unggah"),
            *((f"step-{step}", f"/kerja/inovasi/{place.draft}/{step}") for step in STEPS),
            *((f"claim-{kind}", f"/kerja/inovasi/{place.draft}/klaim/baru?jenis={kind}") for kind in CLAIMS),
            ("claim", place.claim), ("returned-step", f"/kerja/inovasi/{place.returned}/ringkasan"),
            ("returned", f"/kerja/inovasi/{place.returned}/periksa"),
            ("locked", f"/kerja/inovasi/{place.submitted}/hukum"),
            ("submitted", f"/kerja/inovasi/{place.submitted}/periksa"),
            ("forbidden", "/kerja/antrean", 403), ("unknown", "/kerja/inovasi/99999/nama", 404),
        ],
        "leader": [("desk", "/kerja"), ("queue", "/kerja/antrean"), ("check", f"{check}/{place.submitted}")],
        "auditor": [
            ("desk", "/kerja"), ("audit", "/kerja/audit"), ("sources", "/kerja/sumber"), ("delivery", place.asking),
        ],
    }
    return [
        Page(f"{role or 'open'}-{name}", path, *status, reader=people.get(role))
        for role, entries in kinds.items() for name, path, *status in entries
    ]


STEPS = ["nama", "ringkasan", "latar", "kebaruan", "dampak", "hukum", "bukti", "replikasi", "keberlanjutan", "periksa"]
CLAIMS = ["legal", "indicator", "testimony", "photo", "video", "budget", "procedure"]


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        program = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        # As root (containers, CI) Chromium runs only without its sandbox.
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox"] if os.geteuid() == 0 else [])
        yield browser
        browser.close()
