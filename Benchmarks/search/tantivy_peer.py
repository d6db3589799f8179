#!/usr/bin/env python3
"""Tantivy beside Simpul's index: the same records, words, queries and questions.

The corpus is JSON Lines: {"id": 1, "title": "...", "text": "...", "year": "2020", "province": "...", ...}. Title and
text are already folded and stemmed words with spaces between, so that both engines look for the same terms; tantivy
reads them with its whitespace tokenizer into one segment. The query file holds one query a line, stemmed as well;
its words are alternatives in title and text.

For each query one request is two calls, because the Python binding has no way to collect both at once:
  searcher.search(query, limit=20, count=True)      the best 20 by BM25 and the complete total
  searcher.aggregate(query, {terms per facet})      complete counts of every facet from its fast field
Both are timed together, the binding's own work (some microseconds) included. Every query is asked in every round;
nothing is cached by tantivy between them. With --ours FILE, a JSON list of {"query", "total", "rows": [id], "facets":
{name: {value: count}}} in the queries' order, totals and facets must be equal and every row must match; the exit
code is 1 when they differ.
"""

import argparse
import json
import sys
import tempfile
import time

import tantivy


def build(corpus, directory, facets):
    schema = tantivy.SchemaBuilder()
    schema.add_unsigned_field("id", stored=True, fast=True, indexed=True)
    schema.add_text_field("title", tokenizer_name="whitespace", index_option="freq")
    schema.add_text_field("text", tokenizer_name="whitespace", index_option="freq")
    for facet in facets:
        schema.add_text_field(facet, tokenizer_name="raw", fast=True, index_option="basic")
    index = tantivy.Index(schema.build(), path=directory)
    # One thread writes segments of its own; they are merged into one below.
    writer = index.writer(heap_size=1_000_000_000, num_threads=1)
    started = time.perf_counter()
    with open(corpus, encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            document = tantivy.Document()
            document.add_unsigned("id", record["id"])
            document.add_text("title", record["title"])
            document.add_text("text", record["text"])
            for facet in facets:
                values = record.get(facet) or []
                for value in values if isinstance(values, list) else [values]:
                    document.add_text(facet, str(value))
            writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return index, time.perf_counter() - started


def parsed(index, text):
    words = [tantivy.Query.boolean_query(
        [(tantivy.Occur.Should, tantivy.Query.term_query(index.schema, field, word, "freq"))
         for field in ("title", "text")]) for word in text.split()]
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, word) for word in words])


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--corpus", required=True)
    arguments.add_argument("--queries", required=True)
    arguments.add_argument("--facets", default="year,province,kind,category")
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--ours", help="Simpul's answers, to be compared")
    given = arguments.parse_args()
    facets = given.facets.split(",")
    with open(given.queries, encoding="utf-8") as lines:
        queries = [line.strip() for line in lines if line.strip()]
    with tempfile.TemporaryDirectory() as directory:
        index, seconds = build(given.corpus, directory, facets)
        searcher = index.searcher()
        wanted = {facet: {"terms": {"field": facet, "size": 100_000}} for facet in facets}
        answers = []
        for text in queries:
            query = parsed(index, text)
            found = searcher.search(query, limit=20, count=True)
            counted = searcher.aggregate(query, wanted)
            answers.append({
                "query": text,
                "total": found.count,
                "rows": [searcher.doc(address)["id"][0] for _, address in found.hits],
                "facets": {facet: {bucket["key"]: bucket["doc_count"] for bucket in counted[facet]["buckets"]}
                           for facet in facets},
                "milliseconds": 0.0,
            })
        for _ in range(given.rounds):
            for text, answer in zip(queries, answers):
                started = time.perf_counter()
                query = parsed(index, text)
                searcher.search(query, limit=20, count=True)
                searcher.aggregate(query, wanted)
                answer["milliseconds"] += (time.perf_counter() - started) * 1000 / given.rounds
        different = compare(index, searcher, answers, given.ours) if given.ours else []
        print(json.dumps({
            "engine": "tantivy " + tantivy.__version__,
            "documents": searcher.num_docs,
            "segments": searcher.num_segments,
            "build_seconds": round(seconds, 2),
            "mean_milliseconds": sum(answer["milliseconds"] for answer in answers) / len(answers),
            "different": different,
            "queries": answers,
        }, ensure_ascii=False))
        return 1 if different else 0


def compare(index, searcher, answers, path):
    with open(path, encoding="utf-8") as file:
        ours = json.load(file)
    if len(ours) != len(answers):
        return [f"{len(ours)} answers for {len(answers)} queries"]
    different = []
    for mine, theirs in zip(ours, answers):
        if mine["total"] != theirs["total"]:
            different.append(f"{theirs['query']}: total {mine['total']}, tantivy {theirs['total']}")
        for facet, counts in theirs["facets"].items():
            if mine["facets"].get(facet) != counts:
                different.append(f"{theirs['query']}: facet {facet}")
        if len(mine["rows"]) != min(20, theirs["total"]):
            different.append(f"{theirs['query']}: {len(mine['rows'])} rows")
        for row in mine["rows"]:
            one = tantivy.Query.boolean_query([
                (tantivy.Occur.Must, parsed(index, theirs["query"])),
                (tantivy.Occur.Must, tantivy.Query.term_query(index.schema, "id", row)),
            ])
            if searcher.search(one, limit=1).count != 1:
                different.append(f"{theirs['query']}: row {row} does not match")
    return different


if __name__ == "__main__":
    sys.exit(main())
