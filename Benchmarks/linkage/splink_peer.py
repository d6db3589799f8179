#!/usr/bin/env python3
"""Simpul beside Splink on the same generated persons with the same four blocking rules; prints both F1.

    python3 -m venv peer && peer/bin/pip install 'splink<5' pandas
    peer/bin/python Benchmarks/linkage/splink_peer.py SIMPUL_BINARY [--persons 600]

Both learn without labels. F1 counts every true pair, also those that blocking does not bring together.
"""
import argparse
import json
import logging
import os
import subprocess
import tempfile
import time

import pandas as pd
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

HERE = os.path.dirname(os.path.abspath(__file__))


def splink_f1(frame):
    logging.getLogger("splink").setLevel(logging.ERROR)
    rules = [block_on("first_name", "surname"), block_on("surname", "dob"), block_on("first_name", "dob"), block_on("email")]
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.NameComparison("first_name").configure(term_frequency_adjustments=True),
            cl.NameComparison("surname").configure(term_frequency_adjustments=True),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.ExactMatch("city").configure(term_frequency_adjustments=True),
            cl.EmailComparison("email"),
        ],
        blocking_rules_to_generate_predictions=rules)
    linker = Linker(frame, settings, db_api=DuckDBAPI())
    linker.training.estimate_probability_two_random_records_match(rules[:3], recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("first_name", "surname"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("dob"))
    pairs = linker.inference.predict(threshold_match_probability=0.5).as_pandas_dataframe()
    cluster = dict(zip(frame.unique_id, frame.cluster))
    correct = sum(cluster[a] == cluster[b] for a, b in zip(pairs.unique_id_l, pairs.unique_id_r))
    true = sum(n * (n - 1) // 2 for n in frame.cluster.value_counts())
    return 2 * correct / (len(pairs) + true)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("simpul")
    parser.add_argument("--persons", type=int, default=600)
    parser.add_argument("--seed", default="1")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        records, model = os.path.join(folder, "persons.csv"), os.path.join(folder, "model.json")
        subprocess.run(["python3", os.path.join(HERE, "persons.py"), records, "--persons", str(options.persons),
                        "--seed", options.seed], check=True)
        start = time.time()
        subprocess.run([options.simpul, "link", "train", "--model", os.path.join(HERE, "persons.json"),
                        "--records", records, "--out", model], check=True, stdout=subprocess.DEVNULL)
        answer = subprocess.run([options.simpul, "link", "evaluate", "--model", model, "--records", records,
                                 "--labels", "cluster", "--json"], check=True, capture_output=True, text=True)
        own, own_time = json.loads(answer.stdout)["f1"], time.time() - start
        frame = pd.read_csv(records, dtype=str)
        frame["city"] = frame["city"].str.lower()
        start = time.time()
        peer, peer_time = splink_f1(frame), time.time() - start
        print(f"records {len(frame)}  simpul F1 {own:.4f} ({own_time:.1f} s)  splink F1 {peer:.4f} ({peer_time:.1f} s)")


if __name__ == "__main__":
    main()
