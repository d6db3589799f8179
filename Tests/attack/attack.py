#!/usr/bin/env python3
"""Tools that look for holes, let loose on a portal of its own with somebody of each role signed in.

    Tests/attack/attack.py schemathesis [ROLE...]   the API, signed in as these roles; as each of them when none is named
    Tests/attack/attack.py sqlmap                   the search, the sign-in and a form of the desk

SIMPUL names the program where it is not .build/debug/simpul, SCHEMATHESIS that one, SIMPUL_EXAMPLES the requests per
operation (10 unless told). Exit code 0 only when they found nothing, the portal had no fault of its own and its data
still hold.
"""

import hashlib
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SIMPUL = os.environ.get("SIMPUL", str(ROOT / ".build/debug/simpul"))
# It leaves notes of its own where it runs, so it runs elsewhere.
SCHEMATHESIS = shutil.which(os.environ.get("SCHEMATHESIS", "schemathesis"))
SAMPLE = ROOT / "Sources/Directory/Reference/innovations.csv"
ROLES = ["secretariat", "hub-manager", "agency-admin", "validator", "unit", "leader", "evaluator", "panelist", "auditor"]


def session(role):
    """The token of a role's session: 43 characters, as the portal's own."""
    return hashlib.sha256(role.encode()).hexdigest()[:43]


def staff(database):
    """An account of each role at Jawa Tengah, each with an open session."""
    now = int(time.time() * 1000)
    with sqlite3.connect(database) as db:
        db.execute("INSERT INTO unit (id, institution, name, custodian, created_at) VALUES (1, 'P33', 'Dinas', 0, ?)", [now])
        for number, role in enumerate(ROLES, 1):
            place = None if role in ("secretariat", "auditor", "evaluator", "panelist") else "P33"
            edition = "2026" if role in ("evaluator", "panelist") else None
            db.execute(
                "INSERT INTO account (id, email, name, office, language, state, created_at) "
                "VALUES (?, ?, 'Orang', 'Kantor', 'id', 'active', ?)", [number, f"{role}@contoh.test", now])
            db.execute(
                "INSERT INTO role_grant (id, account, role, institution, unit, edition, from_at, certified_at) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [number, number, role, place, 1 if role == "unit" else None, edition, now, now])
            db.execute(
                "INSERT INTO session (id, token, account, step, vouched, made_at, seen_at, address, agent) "
                "VALUES (?, ?, ?, 'full', 1, ?, ?, '127.0.0.1', '')",
                [number, hashlib.sha256(session(role).encode()).hexdigest(), number, now, now])


def token(role):
    """What the forms of a role's session carry."""
    return hashlib.sha256(b"form\0" + session(role).encode()).hexdigest()


def schemathesis(url, roles, folder):
    found = []
    for role in roles or ROLES:
        said = subprocess.run(
            ["sh", ROOT / "Tests/api/schemathesis.sh", url, os.environ.get("SIMPUL_EXAMPLES", "10")],
            env={**os.environ, "SCHEMATHESIS": str(Path(SCHEMATHESIS).absolute()), "SIMPUL_COOKIE": f"simpul_session={session(role)}"}, cwd=folder,
            capture_output=True, text=True)
        total = re.search(r"(?m)^.*\d+ generated.*$", said.stdout)
        print(f"schemathesis as {role}: exit code {said.returncode}, {total.group(0).strip() if total else ''}", flush=True)
        if said.returncode:
            found.append(said.stdout[-6000:] + said.stderr[-2000:])
    return found


def sqlmap(url, _, folder):
    form = "a" * 40
    desk = f"simpul_session={session('agency-admin')}"
    targets = {
        "search": ["-u", f"{url}/inovasi?q=pelayanan&province=33&year=2019&sort=newest", "-p", "q,province,year,sort"],
        "search of the API": ["-u", f"{url}/api/v1/innovations?q=pelayanan&institution=P33&limit=5", "-p",
                              "q,institution,limit"],
        "sign-in": ["-u", f"{url}/masuk", "--cookie", f"simpul_form={form}", "-p", "email,password", "--data",
                    f"token={form}&email=unit%40contoh.test&password=rahasia"],
        "form of the desk": ["-u", f"{url}/kerja/unit", "--cookie", desk, "-p", "name,instansi,custodian", "--data",
                             f"token={token('agency-admin')}&instansi=P33&name=Dinas+Baru&custodian=1"],
        "search of the desk": ["-u", f"{url}/kerja/orang?q=orang&instansi=P33", "--cookie", desk, "-p", "q,instansi"],
    }
    found = []
    for name, options in targets.items():
        said = subprocess.run(
            ["sqlmap", *options, "--batch", "--level", "2", "--flush-session", "--disable-coloring", "--ignore-code", "*",
             "--threads", "2", "--time-sec", "2", "--dbms", "SQLite", "--output-dir", f"{folder}/sqlmap"],
            capture_output=True, text=True, timeout=1800, stdin=subprocess.DEVNULL)
        clean = "all tested parameters do not appear to be injectable" in said.stdout
        verdict = re.findall(r"(?m)^\[[0-9:]+\] \[(?:CRITICAL|ERROR)\] (.*)$", said.stdout)
        print(f"sqlmap on the {name}: {verdict[-1][:70] if verdict else said.stdout[-300:]}", flush=True)
        if not clean:
            found.append(f"sqlmap on the {name}:\n{said.stdout[-3000:]}{said.stderr[-1000:]}")
    return found


def main():
    tools = {"schemathesis": schemathesis, "sqlmap": sqlmap}
    if len(sys.argv) < 2 or sys.argv[1] not in tools or set(sys.argv[2:]) - set(ROLES):
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        options = ["--database", f"sqlite:{folder}/simpul.sqlite", "--data", f"{folder}/data"]
        subprocess.run([SIMPUL, "import", SAMPLE, "--source", "contoh", *options], check=True, capture_output=True)
        staff(f"{folder}/simpul.sqlite")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        url = f"http://127.0.0.1:{port}"
        log = Path(folder, "log")
        with log.open("wb") as out:
            portal = subprocess.Popen(
                [SIMPUL, "serve", "--port", str(port), "--log-level", "error", *options], stdout=subprocess.DEVNULL,
                stderr=out, stdin=subprocess.DEVNULL)
        try:
            for _ in range(600):
                try:
                    urllib.request.urlopen(f"{url}/readyz", timeout=5)
                    break
                except OSError:
                    time.sleep(0.1)
            # The session is one: the desk opens with it.
            desk = urllib.request.Request(f"{url}/kerja", headers={"Cookie": f"simpul_session={session('agency-admin')}"})
            assert urllib.request.urlopen(desk, timeout=20).url.endswith("/kerja"), "the session does not open the desk"
            found = tools[sys.argv[1]](url, sys.argv[2:], folder)
        finally:
            portal.terminate()
            portal.wait()
        # The log of a portal without faults holds only where it serves.
        faults = [line for line in log.read_text().splitlines() if " error " in line]
        checked = subprocess.run([SIMPUL, "check", *options], capture_output=True, text=True)
        found += faults[:20] + ([checked.stdout] if checked.returncode else [])
    if found:
        sys.exit("\n\n".join(found))


main()
