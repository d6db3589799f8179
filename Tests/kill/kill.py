#!/usr/bin/env python3
"""`kill -9` under load: a portal that several people write to at once is killed at random moments and started again.
Whatever it answered with success must be there afterwards, every invariant must hold, and so must the audit chain and
the stored files.

    Tests/kill/kill.py                         10 rounds on SQLite, or as many as SIMPUL_KILL_ROUNDS says
    bin/with-postgres Tests/kill/kill.py       the same on SQLite and on PostgreSQL

SIMPUL names the program where it is not .build/debug/simpul. Exit code 0 only when nothing was lost.
"""

import hashlib
import http.client
import json
import os
import random
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from pathlib import Path
from urllib.parse import urlencode, urlsplit

ROOT = Path(__file__).resolve().parent.parent.parent
SIMPUL = os.environ.get("SIMPUL", str(ROOT / ".build/debug/simpul"))
ROUNDS = int(os.environ.get("SIMPUL_KILL_ROUNDS", "10"))
SERVER = os.environ.get("SIMPUL_TEST_POSTGRES")
PASSWORD = "kereta pagi menuju Solo"
IDEA = {
    "title": "Antar Dokumen", "unit": "Dinas Contoh", "yearOfIdea": "2025", "stage": "initiative",
    "category": "kesehatan", "sdgs": "16", "summary": "Dokumen diantar.", "background": "Kantor jauh.",
    "purpose": "Warga menerima dokumen di rumah.", "novelty": "Bersama puskesmas keliling.",
}
STEPS = ["nama", "ringkasan", "latar", "kebaruan"]
PDF = (b"%%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\n"
       b"endobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>\nendobj\n%% %s\ntrailer\n<< /Root 1 0 R >>\n"
       b"%%%%EOF\n")
GONE = (OSError, http.client.HTTPException)


class Lost(Exception):
    """An answer that is neither a success nor the end of the server."""


class Portal:
    """One database and one folder of files, served by one process after another."""

    def __init__(self, engine, folder):
        self.engine, self.folder = engine, folder
        self.name = "kill" + uuid.uuid4().hex
        if engine == "postgres":
            self.psql(f"CREATE DATABASE {self.name}", "postgres")
        address = f"sqlite:{folder}/simpul.sqlite" if engine == "sqlite" else f"{SERVER}/{self.name}"
        self.options = ["--database", address, "--data", f"{folder}/data"]
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process = None

    def psql(self, text, database=None):
        return subprocess.run(
            ["psql", "-qAtX", "-v", "ON_ERROR_STOP=1", f"{SERVER}/{database or self.name}", "-c", text], check=True,
            capture_output=True, text=True).stdout

    def rows(self, query):
        """The rows of a query, their values as text."""
        if self.engine == "postgres":
            return [tuple(line.split("|")) for line in self.psql(query).splitlines()]
        with sqlite3.connect(f"{self.folder}/simpul.sqlite", timeout=20) as database:
            return [tuple(str(value) for value in row) for row in database.execute(query)]

    def run(self, *arguments):
        return subprocess.run([SIMPUL, *arguments, *self.options], capture_output=True, text=True)

    def start(self):
        log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen(
            [SIMPUL, "serve", "--port", str(self.port), "--log-level", "error", *self.options], stdout=subprocess.DEVNULL,
            stderr=log, stdin=subprocess.DEVNULL)
        for _ in range(1200):
            try:
                if Person(self).ask("GET", "/readyz")[0] == 200:
                    return
            except GONE:
                pass
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        raise Lost("simpul serve did not start:\n" + (self.folder / "log").read_text()[-3000:])

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def drop(self):
        if self.process and self.process.poll() is None:
            self.kill()
        if self.engine == "postgres":
            self.psql(f"DROP DATABASE {self.name} WITH (FORCE)", "postgres")


class Person:
    """Somebody's browser: one connection, and its cookies."""

    def __init__(self, portal, email=""):
        self.portal, self.email, self.cookies = portal, email, {}
        self.connection = None

    def ask(self, method, path, body=None, kind=None):
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.portal.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if kind:
            headers["Content-Type"] = kind
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            given = answer.status, answer.getheader("Location") or "", answer.read().decode()
        except GONE:
            self.connection.close()
            self.connection = None
            raise
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, content = value.partition(";")[0].partition("=")
                self.cookies[key] = content
        return given

    @property
    def token(self):
        return hashlib.sha256(b"form\0" + self.cookies["simpul_session"].encode()).hexdigest()

    def send(self, path, fields, expected=(303,)):
        """Sends a form with the session's token; gives where it leads and what came."""
        fields = {"token": self.token, **fields}
        status, place, text = self.ask("POST", path, urlencode(fields), "application/x-www-form-urlencoded")
        if status not in expected:
            raise Lost(f"{path}: {status}\n{text[-2000:]}")
        return place.partition("?")[0], text

    def upload(self, path, content):
        mark = uuid.uuid4().hex
        body = (f'--{mark}\r\nContent-Disposition: form-data; name="token"\r\n\r\n{self.token}\r\n--{mark}\r\n'
                f'Content-Disposition: form-data; name="bukti"; filename="SOP.pdf"\r\n\r\n').encode()
        status, _, text = self.ask(
            "POST", path, body + content + f"\r\n--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}")
        if status != 303:
            raise Lost(f"{path}: {status}\n{text[-2000:]}")

    def strangers(self, path, fields):
        """Sends a form that needs no session, with the hidden fields of its page."""
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', self.ask("GET", path)[2]))
        return self.ask("POST", path, urlencode({**hidden, **fields}), "application/x-www-form-urlencoded")

    def sign_in(self):
        self.cookies.pop("simpul_session", None)
        status, place, text = self.strangers("/masuk", {"email": self.email, "password": PASSWORD})
        if status != 303 or "/kerja" not in place:
            raise Lost(f"/masuk: {status} {place}\n{text[-2000:]}")

    def join(self, link, office):
        for fields in ({"name": "Orang", "office": office, "phone": "", "language": "id"},
                       {"password": PASSWORD, "again": PASSWORD}):
            status, _, text = self.strangers(link, fields)
            if status != 303:
                raise Lost(f"{link}: {status}\n{text[-2000:]}")


class Kept:
    """What was answered with success; every list is written by one thread alone."""

    def __init__(self):
        self.sessions, self.ended, self.evidence, self.submitted, self.validated = [], [], [], [], []
        # Sign-outs that were sent: one that was never answered may have happened or not.
        self.leaving = []
        self.saves = {}

    @property
    def isComplete(self):
        return all((self.evidence, self.submitted, self.validated, self.sessions, self.ended))

    @property
    def count(self):
        return (len(self.sessions) + len(self.ended) + len(self.evidence) + len(self.submitted) + len(self.validated)
                + sum(entry["count"] for entry in self.saves.values()))


def saver(person, kept):
    """Saves the same field of a draft again and again, each time with a higher number."""
    entry = kept.saves[person.email]
    while True:
        number = entry["tried"] = entry["tried"] + 1
        _, text = person.send(f"{entry['draft']}/ringkasan", {
            "summary": f"Angka {number}.", "otomatis": "1", "versi": str(entry["version"])}, (200, 409))
        answer = json.loads(text)
        entry["version"] = answer["version"]
        if "saved" in answer:
            entry["kept"] = number
            entry["count"] += 1


def uploader(person, kept):
    """Claim after claim, each with a file that nobody sent before."""
    while True:
        draft = person.send("/kerja/inovasi/baru", {"title": "Antar Dokumen"})[0].rsplit("/", 1)[0]
        # A draft has room for sixty claims.
        for _ in range(50):
            attach(person, draft, kept)


def attach(person, draft, kept):
    claim, _ = person.send(f"{draft}/klaim/baru", {"jenis": "procedure", "title": "SOP"})
    content = PDF % uuid.uuid4().hex.encode()
    person.upload(f"{claim}/bukti", content)
    kept.evidence.append((claim.rsplit("/", 1)[1], hashlib.sha256(content).hexdigest()))


def submitter(person, kept):
    while True:
        draft = person.send("/kerja/inovasi/baru", {"title": "Antar Dokumen"})[0].rsplit("/", 1)[0]
        for step in STEPS:
            person.send(f"{draft}/{step}", {**IDEA, "versi": "99"})
        person.send(f"{draft}/periksa", {})
        kept.submitted.append(draft.rsplit("/", 1)[1])


def validator(person, kept):
    """Validates what was submitted since the last start, each once."""
    seen = len(kept.submitted)
    while person.portal.process.poll() is None:
        waiting = kept.submitted[seen:]
        seen += len(waiting)
        for draft in waiting:
            person.send(f"/kerja/periksa/{draft}", {"decision": "validate", "round": "1"})
            kept.validated.append(draft)
        time.sleep(0.01)


def visitor(person, kept):
    """Signs in, and every second time out again."""
    while True:
        person.sign_in()
        session = hashlib.sha256(person.cookies["simpul_session"].encode()).hexdigest()
        kept.sessions.append(session)
        if len(kept.sessions) % 2 == 0:
            kept.leaving.append(session)
            person.send("/keluar", {})
            kept.ended.append(session)
            del person.cookies["simpul_session"]


def missing(portal, kept):
    """Everything that was answered with success and is not there."""
    lost = []
    found = {row[0] for row in portal.rows("SELECT token FROM session")}
    lost += [f"session {token}" for token in set(kept.sessions) - set(kept.leaving) - found]
    lost += [f"sign-out of {token}" for token in set(kept.ended) & found]
    found = set(portal.rows("SELECT claim, file FROM evidence"))
    lost += [f"evidence {one}" for one in set(kept.evidence) - found]
    found = dict(portal.rows("SELECT id, state FROM draft"))
    lost += [f"submission of {draft}: {found.get(draft)}" for draft in kept.submitted
             if found.get(draft) not in ("submitted", "published")]
    lost += [f"validation of {draft}: {found.get(draft)}" for draft in kept.validated if found.get(draft) != "published"]
    for entry in kept.saves.values():
        [[content]] = portal.rows(f"SELECT content FROM draft WHERE id = {entry['draft'].rsplit('/', 1)[1]}")
        number = int((re.search(r"Angka (\d+)\.", content) or [0, 0])[1])
        if not entry["kept"] <= number <= entry["tried"]:
            lost.append(f"save {entry['kept']} of {entry['draft']}: {number} is stored")
    return lost


def checked(portal):
    """What the operator's own checks say against the data."""
    return [f"simpul {' '.join(arguments)}: {said.stdout}{said.stderr}"
            for arguments in (("check", "--files"), ("audit", "verify"))
            if (said := portal.run(*arguments)).returncode != 0]


def staff(portal):
    """Three who write, one who validates, one who only comes and goes."""
    place = ["--institution", "P33"]
    unit = [*place, "--unit", "Dinas Contoh"]
    roles = {"simpan": ("unit", unit), "bukti": ("unit", unit), "kirim": ("unit", unit), "periksa": ("validator", place),
             "masuk": ("leader", place)}
    links = {}
    for name, (role, options) in roles.items():
        said = portal.run("account", "invite", f"{name}@contoh.test", "--role", role, *options)
        links[name] = urlsplit(said.stdout.strip()).path
    portal.start()
    people = {name: Person(portal, f"{name}@contoh.test") for name in roles}
    for name, person in people.items():
        person.join(links[name], f"Kantor {name}")
    return people


def campaign(engine, chance):
    began = time.time()
    with tempfile.TemporaryDirectory() as folder:
        portal = Portal(engine, Path(folder))
        try:
            people = staff(portal)
            kept = Kept()
            writer = people["simpan"]
            draft = writer.send("/kerja/inovasi/baru", {"title": "Antar Dokumen"})[0].rsplit("/", 1)[0]
            kept.saves[writer.email] = {"draft": draft, "version": 1, "tried": 0, "kept": 0, "count": 0}
            work = {"simpan": saver, "bukti": uploader, "kirim": submitter, "periksa": validator, "masuk": visitor}
            faults = []

            def until_killed(name):
                try:
                    work[name](people[name], kept)
                except GONE:
                    pass
                except Exception as fault:
                    faults.append(f"{name}: {fault!r}")

            rounds = 0
            # A slow machine may need more rounds until everything was written at least once.
            while rounds < ROUNDS or (rounds < 3 * ROUNDS and not kept.isComplete):
                rounds += 1
                if portal.process.poll() is not None:
                    portal.start()
                threads = [threading.Thread(target=until_killed, args=[name]) for name in work]
                for thread in threads:
                    thread.start()
                time.sleep(chance.uniform(0.1, 1.2))
                portal.kill()
                for thread in threads:
                    thread.join()
                if lost := faults + missing(portal, kept):
                    return "\n".join(lost)
            if not kept.isComplete:
                return "some kind of write was never answered with success"
            if broken := checked(portal):
                return "\n".join(broken)
            print(f"kill -9 on {engine}: {rounds} rounds, {kept.count} writes answered with success "
                  f"({sum(entry['count'] for entry in kept.saves.values())} saves, {len(kept.evidence)} files, "
                  f"{len(kept.submitted)} submissions, {len(kept.validated)} validations, {len(kept.sessions)} sign-ins, "
                  f"{len(kept.ended)} sign-outs), none lost; invariants, audit chain and files hold; "
                  f"{time.time() - began:.0f} s")
        finally:
            portal.drop()
    return None


def main():
    seed = int(os.environ.get("SIMPUL_SEED", random.randrange(1 << 32)))
    chance = random.Random(seed)
    failed = False
    for engine in ["sqlite"] + (["postgres"] if SERVER else []):
        if lost := campaign(engine, chance):
            print(f"kill -9 on {engine}, SIMPUL_SEED={seed}:\n{lost}", file=sys.stderr)
            failed = True
    sys.exit(failed)


main()
