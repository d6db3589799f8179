#!/usr/bin/env python3
"""What Splink finds in a file of persons, without labels: F1 at 0.5 over every true pair, as one line of JSON.

    splink_peer.py PERSONS.csv [--every-pair]

Run with the Python that linkage.py sets up (splink 4, pandas). The blocking rules are those of persons.json; with
--every-pair all pairs are scored.
"""
import argparse
import json
import logging
import time

import pandas as pd
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("persons")
    parser.add_argument("--every-pair", action="store_true")
    options = parser.parse_args()
    logging.getLogger("splink").setLevel(logging.ERROR)
    frame = pd.read_csv(options.persons, dtype=str)
    frame["city"] = frame["city"].str.lower()
    start = time.time()
    rules = [block_on("first_name", "surname"), block_on("surname", "dob"), block_on("first_name", "dob"),
             block_on("email")]
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.NameComparison("first_name").configure(term_frequency_adjustments=True),
            cl.NameComparison("surname").configure(term_frequency_adjustments=True),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.ExactMatch("city").configure(term_frequency_adjustments=True),
            cl.EmailComparison("email"),
        ],
        blocking_rules_to_generate_predictions=["1=1"] if options.every_pair else rules)
    linker = Linker(frame, settings, db_api=DuckDBAPI())
    linker.training.estimate_probability_two_random_records_match(rules[:3], recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("first_name", "surname"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("dob"))
    pairs = linker.inference.predict(threshold_match_probability=0.5).as_pandas_dataframe()
    cluster = dict(zip(frame.unique_id, frame.cluster))
    correct = sum(cluster[a] == cluster[b] for a, b in zip(pairs.unique_id_l, pairs.unique_id_r))
    true = sum(n * (n - 1) // 2 for n in frame.cluster.value_counts())
    print(json.dumps({
        "f1": 2 * correct / (len(pairs) + true), "precision": correct / max(1, len(pairs)), "recall": correct / true,
        "seconds": time.time() - start}))


if __name__ == "__main__":
    main()
