"""The assignment beside OR-tools on the same instance in the same run: prints both solve times and their ratio.

    python3 -m venv VENV && VENV/bin/pip install ortools numpy
    VENV/bin/python Benchmarks/assignment/ortools_peer.py --simpul .build/release/simpul 3000x60x2 10000x300x3

Times are of the solver alone, without reading files. Costs are uniform from 0 to 1000, one pair in ten is a conflict; with
`--skew` some evaluators are cheap for everybody, which makes limits bind much more.
"""

import argparse
import csv
import json
import resource
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
from ortools.graph.python import min_cost_flow


def generate(proposals, evaluators, reads, seed, skew, folder):
    random = np.random.default_rng(seed)
    costs = random.integers(0, 1001, (proposals, evaluators))
    if skew:
        costs = np.minimum(1000, costs // 2 + random.integers(0, 501, evaluators)[None, :])
    conflict = random.random((proposals, evaluators)) < 0.1
    mean = proposals * reads / evaluators
    low, high = int(mean * 0.8), int(mean * 1.16) + 1
    with open(folder / "proposals.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["proposal", "category", "province", "reads"])
        writer.writerows([f"P{p}", f"C{p % 12}", f"V{p % 38}", reads] for p in range(proposals))
    with open(folder / "evaluators.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["evaluator", "province", "categories", "min", "max"])
        writer.writerows([f"E{e}", f"V{e % 38}", f"C{e % 12}", low, high] for e in range(evaluators))
    with open(folder / "costs.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["proposal"] + [f"E{e}" for e in range(evaluators)])
        for p in range(proposals):
            writer.writerow([f"P{p}"] + ["" if c else int(v) for v, c in zip(costs[p], conflict[p])])
    return costs, conflict, low, high


def peer(costs, conflict, reads, low, high):
    proposals, evaluators = costs.shape
    p, e = np.nonzero(~conflict)
    sink, rest = proposals + evaluators, proposals + evaluators + 1
    flow = min_cost_flow.SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(p, proposals + e, np.ones_like(p), costs[p, e])
    nodes = np.arange(proposals, proposals + evaluators)
    # A lower limit is a demand at the evaluator; what goes beyond it flows on to the sink.
    flow.add_arcs_with_capacity_and_unit_cost(
        nodes, np.full(evaluators, sink), np.full(evaluators, high - low), np.zeros(evaluators, int))
    flow.set_nodes_supplies(np.arange(proposals), np.full(proposals, reads))
    flow.set_nodes_supplies(nodes, np.full(evaluators, -low))
    flow.set_nodes_supplies(np.array([sink]), np.array([-(proposals * reads - low * evaluators)]))
    start = time.perf_counter()
    status = flow.solve()
    seconds = time.perf_counter() - start
    assert status == flow.OPTIMAL, status
    return flow.optimal_cost(), seconds


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--simpul", default=".build/release/simpul")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--objective", default="cost")
    parser.add_argument("--skew", action="store_true")
    parser.add_argument("sizes", nargs="*", default=["3000x60x2", "10000x300x3"])
    options = parser.parse_args()
    failed = False
    for size in options.sizes:
        proposals, evaluators, reads = map(int, size.split("x"))
        with tempfile.TemporaryDirectory() as name:
            costs, conflict, low, high = generate(
                proposals, evaluators, reads, options.seed, options.skew, Path(name))
            ours, theirs = [], []
            for _ in range(options.rounds):
                optimum, seconds = peer(costs, conflict, reads, low, high)
                theirs.append(seconds)
                done = subprocess.run(
                    [options.simpul, "competition", "assign", "--instance", name, "--objective", options.objective,
                     "--json"], capture_output=True, text=True, check=True)
                answer = json.loads(done.stdout)
                ours.append(answer["seconds"])
            memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        equal = answer["steps"][0]["cost"] == optimum == answer["proof"]["lower_bound"]
        ratio = sorted(ours)[len(ours) // 2] / sorted(theirs)[len(theirs) // 2]
        failed = failed or not equal or (options.objective == "cost" and ratio > 5)
        print(f"{size}: simpul {min(ours):.3f} to {max(ours):.3f} s, OR-tools {min(theirs):.3f} to {max(theirs):.3f} s, "
              f"ratio of medians {ratio:.2f}; optimum {optimum} {'equal and proven' if equal else 'DIFFERS'}; "
              f"peak {memory:.0f} MB; cost {answer['cost']}, worst {answer['worst_proposal_cost']}", flush=True)
        if options.objective == "floor":
            print(json.dumps({k: answer[k] for k in ("steps", "proof", "connected", "drawn_yet_used")}))
    raise SystemExit(1 if failed else 0)


if __name__ == "__main__":
    main()
