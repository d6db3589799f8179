"""sqlite3 beside `simpul import`: `.import` of the same file, then a full-text index over the same columns."""
import csv, pathlib, time

from measure import run


def sqlite_import(path, database):
    """The seconds it takes into a fresh database."""
    for old in pathlib.Path(database).parent.glob(pathlib.Path(database).name + "*"):
        old.unlink()
    with open(path, newline="", encoding="utf-8") as file:
        columns = ", ".join(f'"{name}"' for name in next(csv.reader(file)))
    started = time.perf_counter()
    run(["sqlite3", str(database), f".import --csv {path} record",
         f"CREATE VIRTUAL TABLE found USING fts5({columns}, content='record')",
         "INSERT INTO found(found) VALUES ('rebuild')"])
    took = time.perf_counter() - started
    rows = int(run(["sqlite3", str(database), "SELECT COUNT(*) FROM found"]))
    with open(path, newline="", encoding="utf-8") as file:
        assert rows == sum(1 for _ in csv.reader(file)) - 1
    return took
