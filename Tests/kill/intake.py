#!/usr/bin/env python3
"""`kill -9` of a delivery: `simpul intake run` is killed at random moments and run again until it is done. Afterwards the
database must hold what an undisturbed run leaves, row for row and number for number, times aside.

    Tests/kill/intake.py                         10 rounds on SQLite, or as many as SIMPUL_KILL_ROUNDS says
    bin/with-postgres Tests/kill/intake.py       the same on SQLite and on PostgreSQL

The delivery has new rows, changed and unchanged ones, twins of known records and of one another, ids that now stand for
another innovation, rows that are gone, and so many unreadable ones that it stops and asks. SIMPUL names the program where
it is not .build/debug/simpul. Exit code 0 only when every round ended the same.
"""

import csv
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SIMPUL = os.environ.get("SIMPUL", str(ROOT / ".build/debug/simpul"))
ROUNDS = int(os.environ.get("SIMPUL_KILL_ROUNDS", "10"))
SERVER = os.environ.get("SIMPUL_TEST_POSTGRES")
# What is compared: everything but moments, and who worked how often.
TABLES = {
    "source": "id, name", "source_record": "id, source, external_id, innovation, reference, content, record, fields, "
    "CASE WHEN missing_since IS NULL THEN 0 ELSE 1 END", "innovation": "id, state, absence, revision, title, institution, "
    "region, year, withdrawn_reason", "revision": "innovation, number, actor, reason, content, origin",
    "innovation_award": "*", "innovation_sdg": "*", "merge": "id, innovation, survivor, actor, reason, probability",
    "belonging": "*", "relation": "innovation, other", "change": "seq, kind, key", "mapping": "source, version, content",
    "run": "id, source, mapping, file, name, state, done, total, doubts, approved_by, missing, reason, attempts * 0",
    "staged": "*", "pair": "id, innovation, other, kind, run, line, probability, weight, steps, value, state",
    "difference": "id, innovation, source_record, field, ours, theirs, answer",
}


class Broken(Exception):
    """A run ended otherwise than it should."""


class Store:
    """A database and a folder of files."""

    def __init__(self, engine, folder, template=None):
        self.engine, self.folder = engine, folder
        self.name = "intake" + uuid.uuid4().hex
        if template:
            shutil.copytree(template.folder, folder, dirs_exist_ok=True)
        if engine == "postgres":
            psql("postgres", f"CREATE DATABASE {self.name}" + (f" TEMPLATE {template.name}" if template else ""))
        address = f"sqlite:{folder}/simpul.sqlite" if engine == "sqlite" else f"{SERVER}/{self.name}"
        self.options = ["--database", address, "--data", f"{folder}/data"]

    def arguments(self, file, source, *more):
        return [SIMPUL, "intake", "run", "--source", source, "--file", str(file), *more, *self.options]

    def take(self, file, source, *more):
        said = subprocess.run(self.arguments(file, source, *more), capture_output=True, text=True)
        if said.returncode:
            raise Broken(f"simpul intake run: {said.returncode}\n{said.stdout}{said.stderr}"[-3000:])
        return said.stdout

    def check(self):
        said = subprocess.run([SIMPUL, "check", *self.options], capture_output=True, text=True)
        if said.returncode:
            raise Broken(said.stdout + said.stderr)

    def dump(self):
        """Every row of every table as text, sorted."""
        found = {}
        for table, columns in TABLES.items():
            query = f"SELECT {columns} FROM {table}"
            if self.engine == "postgres":
                rows = psql(self.name, f"SELECT row_to_json(t) FROM ({query}) AS t").splitlines()
            else:
                with sqlite3.connect(f"{self.folder}/simpul.sqlite", timeout=20) as database:
                    rows = [json.dumps(row) for row in database.execute(query)]
            found[table] = sorted(rows)
        return found

    def state(self):
        """How far the delivery is; "none" before it was begun."""
        query = "SELECT state FROM run WHERE id = 3"
        if self.engine == "postgres":
            return psql(self.name, query).strip() or "none"
        with sqlite3.connect(f"{self.folder}/simpul.sqlite", timeout=20) as database:
            row = database.execute(query).fetchone()
        return row[0] if row else "none"

    def drop(self):
        if self.engine == "postgres":
            psql("postgres", f"DROP DATABASE {self.name} WITH (FORCE)")


def psql(database, text):
    return subprocess.run(["psql", "-qAtX", "-v", "ON_ERROR_STOP=1", f"{SERVER}/{database}", "-c", text], check=True,
                          capture_output=True, text=True).stdout


def write(path, rows):
    with open(path, "w", newline="") as file:
        out = csv.DictWriter(file, list(rows[0]))
        out.writeheader()
        out.writerows(rows)


def files(folder, chance):
    """A first list, one of another source, and the delivery: the first list a year later."""
    made = subprocess.run([SIMPUL, "generate", "--count", "1500", "--csv", f"{folder}/made.csv", "--database",
                           f"sqlite:{folder}/made.sqlite", "--data", f"{folder}/made"], capture_output=True, text=True)
    if made.returncode:
        raise Broken(made.stderr)
    with open(f"{folder}/made.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["award"] = row.get("award", "")
    before, other, new = rows[:700], rows[700:900], rows[900:1100]
    later = [dict(row) for row in before[40:]]
    for number, row in enumerate(later):
        if number % 5 == 1:
            row["description"] += " Diperbarui."
        if number % 70 == 2:
            # The id goes to another innovation.
            row.update({key: value for key, value in rows[1100 + number // 70].items() if key != "id"})
    # Twins: of the other source's rows, and of this list's own.
    twins = [{**row, "id": f"T{number}", "title": row["title"] + chance.choice(["", "!", " 2"])}
             for number, row in enumerate(other[:100] + new[:50])]
    broken = [{**row, "id": f"X{number}", "title": ""} for number, row in enumerate(rows[1150:1500])]
    delivery = later + new + twins + broken
    write(folder / "before.csv", before)
    write(folder / "other.csv", other)
    write(folder / "delivery.csv", delivery)


def killed(store, file, chance, long):
    """Kills runs at random moments, once to three times; returns how often one was alive when it was killed. Most of a
    run is one step, so the moment is of a step drawn at random, or of the whole."""
    hits = 0
    for _ in range(chance.choice([1, 1, 2, 3])):
        process = subprocess.Popen(store.arguments(file, "daftar", "--yes"), stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        step = chance.choice(["reading", "linking", "applying", None])
        while step and process.poll() is None and store.state() != step:
            time.sleep(0.01)
        try:
            process.wait(timeout=chance.uniform(0, 0.3) if step else chance.uniform(0.05, long))
            break
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            hits += 1
    return hits


def campaign(engine, chance, folder):
    began = time.time()
    files(folder, chance)
    stores = []

    def store(name, template=None):
        (folder / name).mkdir()
        stores.append(Store(engine, folder / name, template))
        return stores[-1]

    try:
        base = store("base")
        base.take(folder / "other.csv", "lain", "--mapping", "auto")
        base.take(folder / "before.csv", "daftar", "--mapping", "auto", "--complete")
        calm = store("calm", base)
        start = time.time()
        sums = calm.take(folder / "delivery.csv", "daftar", "--yes", "--json").strip()
        long = time.time() - start
        calm.check()
        wanted = calm.dump()
        outcomes = json.loads(sums)
        if lacking := [name for name in ("created", "updated", "unchanged", "merged", "review", "rejected")
                       if not outcomes[name]]:
            raise Broken(f"the delivery has no row that is {', '.join(lacking)}: {sums}")
        hits = rounds = 0
        states = {}
        while hits < ROUNDS:
            rounds += 1
            if rounds > 5 * ROUNDS:
                raise Broken(f"only {hits} of {rounds} kills met a run")
            one = store(f"round{rounds}", base)
            met = killed(one, folder / "delivery.csv", chance, long)
            hits += met
            state = one.state()
            states[state] = states.get(state, 0) + 1
            if state != "done":
                one.take(folder / "delivery.csv", "daftar", "--yes")
            found = one.dump()
            for table in TABLES:
                if found[table] != wanted[table]:
                    more = [row for row in found[table] if row not in wanted[table]][:3]
                    less = [row for row in wanted[table] if row not in found[table]][:3]
                    raise Broken(f"round {rounds}, {met} kills, left in {state}: {table} has {more}\ninstead of {less}")
            one.check()
            stores.remove(one)
            one.drop()
            shutil.rmtree(one.folder)
        print(f"kill -9 of a delivery on {engine}: {hits} kills in {rounds} rounds, left in "
              f"{', '.join(f'{name} {count}' for name, count in sorted(states.items()))}; every one ended in the database "
              f"of an undisturbed run ({sums}); {time.time() - began:.0f} s")
    finally:
        for one in stores:
            one.drop()


def main():
    seed = int(os.environ.get("SIMPUL_SEED", random.randrange(1 << 32)))
    failed = False
    for engine in ["sqlite"] + (["postgres"] if SERVER else []):
        with tempfile.TemporaryDirectory() as folder:
            try:
                campaign(engine, random.Random(seed), Path(folder))
            except (Broken, subprocess.CalledProcessError) as broken:
                print(f"kill -9 of a delivery on {engine}, SIMPUL_SEED={seed}:\n{broken}", file=sys.stderr)
                failed = True
    sys.exit(failed)


main()
