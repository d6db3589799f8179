#!/usr/bin/env python3
"""Record linkage beside Splink on generated persons, and at 300,000 and 3,000,000 records; exits 1 on a missed target.

    linkage.py --simpul BINARY                    all parts
    linkage.py --simpul BINARY --only peer        F1 beside Splink on about 1,000 persons, ours and theirs in turn
    linkage.py --simpul BINARY --only scale --records 300000 3000000

Both learn without labels; F1 counts every true pair, also those that blocking does not bring together. The records of
persons.py are generated here, in three files for the larger counts, of which only pairs from different files are
compared. Splink runs under $PYTHON, or under an environment that this script makes in --work.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
SEEDS = ["1", "2", "3"]


def measured(command, quiet=False):
    """Standard output, seconds and the most memory (MB) that the command held."""
    start = time.time()
    process = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, text=True,
                               stderr=subprocess.DEVNULL if quiet else None)
    out = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(map(str, command))} ended with {process.returncode}")
    return out, time.time() - start, usage.ru_maxrss / 1024


class Report:
    missed = False

    def add(self, what, value, relation, target, note=""):
        fits = value <= target if relation == "<=" else value >= target
        self.missed |= not fits
        print(f"{'ok  ' if fits else 'MISS'} {what}: {value:.4g} (target {relation} {target:.4g}) {note}", flush=True)


def peer_python(work):
    if os.environ.get("PYTHON"):
        return os.environ["PYTHON"]
    python = work / "splink/bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(work / "splink")], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "splink==4.0.17", "pandas"], check=True)
    return str(python)


def ours(simpul, model, records, work):
    """Trains without labels, then evaluates."""
    trained = work / "trained.json"
    _, training, _ = measured([simpul, "link", "train", "--model", model, "--records", records, "--out", trained,
                               "--database", f"sqlite:{work}/none.sqlite", "--data", work])
    out, evaluating, _ = measured([simpul, "link", "evaluate", "--model", trained, "--records", records, "--labels",
                                   "cluster", "--json", "--database", f"sqlite:{work}/none.sqlite", "--data", work])
    return {**json.loads(out), "seconds": training + evaluating}


def beside_peer(simpul, work, report):
    python = peer_python(work)
    model = json.loads((HERE / "persons.json").read_text())
    every = work / "every-pair.json"
    # A rule without keys brings every pair together; m is still learned on the blocks of the other rules.
    every.write_text(json.dumps({**model, "blocking": model["blocking"] + [{"keys": []}]}))
    for name, ours_model, flags in [("four blocking rules", HERE / "persons.json", []),
                                    ("all pairs", every, ["--every-pair"])]:
        sums = [0.0, 0.0]
        for seed in SEEDS:
            records = work / f"persons-{seed}.csv"
            measured([sys.executable, HERE / "persons.py", records, "--persons", "600", "--seed", seed])
            mine = ours(simpul, ours_model, records, work)
            theirs = json.loads(measured([python, HERE / "splink_peer.py", records, *flags], quiet=True)[0])
            count = sum(1 for _ in open(records)) - 1
            print(f"     {name}, seed {seed}, {count} records: ours F1 {mine['f1']:.4f} "
                  f"(precision {mine['precision']:.4f}, recall {mine['recall']:.4f}, {mine['seconds']:.1f} s), "
                  f"Splink F1 {theirs['f1']:.4f} (precision {theirs['precision']:.4f}, "
                  f"recall {theirs['recall']:.4f}, {theirs['seconds']:.1f} s)", flush=True)
            sums = [sums[0] + mine["f1"], sums[1] + theirs["f1"]]
        report.add(f"F1 on persons, {name}, ours / Splink's", sums[0] / sums[1], ">=", 0.99,
                   f"mean {sums[0] / len(SEEDS):.4f} and {sums[1] / len(SEEDS):.4f}")


def at_scale(simpul, work, counts, report):
    model = work / "three.json"
    model.write_text(json.dumps({**json.loads((HERE / "persons.json").read_text()), "across": "@file"}))
    took = {}
    for count in counts:
        base = work / f"large-{count}.csv"
        files = [work / f"large-{count}-{n}.csv" for n in (1, 2, 3)]
        if not all(file.exists() for file in files):
            measured([sys.executable, HERE / "persons.py", base, "--records", str(count), "--sources", "3"])
        rest = ["--database", f"sqlite:{work}/none.sqlite", "--data", work]
        trained, pairs = work / "large.json", work / "pairs.csv"
        _, training, first = measured([simpul, "link", "train", "--model", model, "--records", *files, "--out", trained,
                                       "--json", *rest])
        out, matching, second = measured([simpul, "link", "match", "--model", trained, "--records", *files, "--out",
                                          pairs, "--json", *rest])
        took[count] = training + matching
        sums = json.loads(out)
        print(f"     {count} records in three sources: train {training:.0f} s ({first:.0f} MB), match {matching:.0f} s "
              f"({second:.0f} MB), {sum(sums.values())} pairs compared, {sums['automatic']} automatic", flush=True)
        if count == 300_000:
            report.add("300,000 records, seconds", took[count], "<=", 600)
            report.add("300,000 records, most memory in MB", max(first, second), "<=", 2048)
        pairs.unlink()
    if 300_000 in took and 3_000_000 in took:
        report.add("3,000,000 records / 300,000, time", took[3_000_000] / took[300_000], "<=", 15)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--simpul", required=True)
    parser.add_argument("--only", choices=["peer", "scale"])
    parser.add_argument("--records", type=int, nargs="+", default=[300_000, 3_000_000])
    parser.add_argument("--work", default=".build/bench-linkage")
    options = parser.parse_args()
    work = pathlib.Path(options.work).resolve()
    work.mkdir(parents=True, exist_ok=True)
    report = Report()
    if options.only != "scale":
        beside_peer(options.simpul, work, report)
    if options.only != "peer":
        at_scale(options.simpul, work, options.records, report)
    sys.exit(1 if report.missed else 0)


if __name__ == "__main__":
    main()
