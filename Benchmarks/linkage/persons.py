#!/usr/bin/env python3
"""Generates person records with known duplicates, typing errors, missing values and swapped fields.

    persons.py OUT.csv --persons 600 --sources 1            one file that holds duplicates
    persons.py OUT.csv --records 300000 --sources 3          three files OUT-1.csv ... to be linked

Columns: unique_id, cluster, first_name, surname, dob, city, email. Same arguments, same bytes.
"""
import argparse
import csv
import random

SYLLABLES = ["ba", "di", "su", "ra", "ma", "ni", "wa", "ti", "an", "pu", "ri", "ha", "yo", "ko", "le", "sa", "mi", "gu",
             "ta", "en", "do", "fa", "zi", "lu", "ka", "ro", "na", "bu", "ar", "wi"]
ENDINGS = ["n", "to", "no", "wan", "di", "ti", "ni", "ah", "s", "r", "man", "wati", "yo", "ng"]
KEYS = "abcdefghijklmnopqrstuvwxyz"


def names(rng, count, shortest, longest):
    found = set()
    while len(found) < count:
        found.add("".join(rng.choice(SYLLABLES) for _ in range(rng.randint(shortest, longest))) + rng.choice(ENDINGS))
    return sorted(found)


def zipf(rng, values, power):
    return values[min(len(values) - 1, int(len(values) * rng.random() ** power))]


def typo(rng, text):
    if len(text) < 3:
        return text
    place = rng.randrange(len(text) - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return text[:place] + text[place + 1:]
    if kind == 1:
        return text[:place] + rng.choice(KEYS) + text[place:]
    if kind == 2:
        return text[:place] + rng.choice(KEYS) + text[place + 1:]
    return text[:place] + text[place + 1] + text[place] + text[place + 2:]


def corrupted(rng, person):
    first, surname, dob, city, email = person
    if rng.random() < 0.25: first = typo(rng, first)
    if rng.random() < 0.25: surname = typo(rng, surname)
    if rng.random() < 0.05: first, surname = surname, first
    if rng.random() < 0.15:
        year, month, day = dob.split("-")
        kind = rng.randrange(3)
        if kind == 0: day = f"{rng.randint(1, 28):02d}"
        elif kind == 1: month = f"{rng.randint(1, 12):02d}"
        else: year = str(int(year) + rng.choice([-10, -1, 1, 10]))
        dob = f"{year}-{month}-{day}"
    if rng.random() < 0.25: email = typo(rng, email)
    city = city if rng.random() > 0.2 else city.title()
    return [value if rng.random() > share else "" for value, share in
            zip([first, surname, dob, city, email], [0.12, 0.12, 0.05, 0.15, 0.2])]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("--persons", type=int)
    parser.add_argument("--records", type=int)
    parser.add_argument("--sources", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    total = options.records or options.persons * 2
    size = max(300, total // 100)
    first, last = names(rng, min(size, 4000), 1, 2), names(rng, min(size * 3, 20000), 2, 3)
    cities = names(rng, 500, 2, 3)
    paths = [options.out] if options.sources == 1 else [
        options.out.replace(".csv", f"-{n + 1}.csv") for n in range(options.sources)]
    files = [open(path, "w", newline="") for path in paths]
    writers = [csv.writer(file) for file in files]
    for writer in writers: writer.writerow("unique_id cluster first_name surname dob city email".split())
    row = number = 0
    while (row < options.records if options.records else number < options.persons):
        name, surname = zipf(rng, first, 1.6), zipf(rng, last, 1.6)
        dob = f"{rng.randint(1940, 2005)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        person = (name, surname, dob, zipf(rng, cities, 2.5), f"{name}.{surname}{rng.randint(1, 99)}@contoh.id")
        if options.sources == 1:
            places = [0] * rng.choice([1, 1, 2, 2, 3])
        else:
            places = [place for place in range(options.sources) if rng.random() < 0.6] or [rng.randrange(options.sources)]
        for copy, place in enumerate(places):
            writers[place].writerow([f"r{row}", f"c{number}", *(corrupted(rng, person) if copy else person)])
            row += 1
        number += 1
    for file in files: file.close()


if __name__ == "__main__":
    main()
