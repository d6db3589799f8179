"""Datasette beside the results page: the same records in SQLite, a full-text table over the same words, four facets.

The text is what Simpul's index holds: folded, stemmed, without stop words, so that FTS5's plain tokenizer looks for the
same terms. The 40 queries are words that are their own stems; two words are alternatives, as on our page, which
Datasette takes as `a OR b` in raw search mode. Its pages show 20 rows and complete counts of four facets; suggesting
further facets is turned off and its time limits are raised, so that it neither does more than is asked nor gives up.
"""
import http.client, json, pathlib, sqlite3, subprocess, sys, time
from urllib.parse import quote_plus

from measure import free_port

FACETS = ["year", "province", "kind", "category"]


class Datasette:
    def __init__(self, work, queries):
        self.database = pathlib.Path(work) / "datasette.db"
        self.log = pathlib.Path(work) / "datasette.log"
        self.corpus = pathlib.Path(work) / "corpus.jsonl"
        self.queries = queries

    def build(self):
        db = sqlite3.connect(self.database)
        db.executescript(f"""
            DROP TABLE IF EXISTS record; DROP TABLE IF EXISTS record_fts;
            CREATE TABLE record (id INTEGER PRIMARY KEY, title TEXT, text TEXT, {", ".join(f"{f} TEXT" for f in FACETS)});
            CREATE VIRTUAL TABLE record_fts USING fts5(title, text, content="record", content_rowid="id")""")
        with open(self.corpus, encoding="utf-8") as lines:
            rows = (json.loads(line) for line in lines)
            db.executemany(
                f"INSERT INTO record VALUES ({', '.join('?' * (3 + len(FACETS)))})",
                ([row["id"], row["title"], row["text"], *[(row[f] or [None])[0] for f in FACETS]] for row in rows))
        for facet in FACETS:
            db.execute(f"CREATE INDEX record_{facet} ON record ({facet})")
        db.execute("INSERT INTO record_fts(record_fts) VALUES ('rebuild')")
        db.execute("INSERT INTO record_fts(record_fts) VALUES ('optimize')")
        db.execute("ANALYZE")
        db.commit()
        db.close()

    def paths(self, form=""):
        facets = "".join(f"&_facet={facet}" for facet in FACETS)
        return [
            f"/datasette/record{form}?_search={quote_plus(' OR '.join(query.split()))}&_searchmode=raw"
            f"&_size=20&_facet_size=max{facets}" for query in self.queries]

    def __enter__(self):
        if not self.database.exists():
            self.build()
        self.port = free_port()
        settings = {"sql_time_limit_ms": 120000, "facet_time_limit_ms": 120000, "suggest_facets": "off",
                    "max_returned_rows": 1000, "default_facet_size": 1000, "num_sql_threads": 4}
        command = [str(pathlib.Path(sys.executable).parent / "datasette"), "serve", "-i", str(self.database),
                   "-p", str(self.port)]
        for name, value in settings.items():
            command += ["--setting", name, str(value)]
        self.output = open(self.log, "w")
        self.process = subprocess.Popen(command, stdout=self.output, stderr=self.output)
        for _ in range(600):
            try:
                self.get("/-/versions.json")
                return self
            except OSError:
                time.sleep(0.1)
        self.process.kill()
        sys.exit("Datasette did not start: " + self.log.read_text()[-2000:])

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.output.close()

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        assert answer.status == 200, f"Datasette answers {answer.status} to {path}"
        return json.loads(body)

    def totals(self):
        """What it finds for each query; it answers 200 with every record when it does not know its own index."""
        found = []
        for path in self.paths(".json"):
            answer = self.get(path)
            assert all(not facet["truncated"] for facet in answer["facet_results"].values())
            assert sorted(answer["facet_results"]) == sorted(FACETS)
            found.append(answer["filtered_table_rows_count"])
        return found
