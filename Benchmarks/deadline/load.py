"""The last hour of a registration: agencies read their proposal, save section after section, and send it.

A closed loop of so many connections; each takes one agency's proposal after another. What the server acknowledged is
kept and held against the database afterwards. Latencies are those of single requests.
"""
import asyncio, json, random, re, sqlite3, time
from collections import Counter
from urllib.parse import quote_plus

SECTIONS = ["ringkasan", "latar", "kebaruan", "implementasi", "signifikansi", "adaptabilitas", "potensi",
            "sumber-daya", "keberlanjutan"]


class Client:
    """One connection that stays open, and whoever is at it."""

    def __init__(self, port):
        self.port = port
        self.reader = None

    async def ask(self, method, path, session, body=""):
        """Status and text of an answer."""
        if self.reader is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 20)
        self.writer.write(
            (f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: simpul_session={session}\r\n"
             f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}").encode())
        head = await self.reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        if length:
            text = await self.reader.readexactly(int(length.group(1)))
        else:
            text = b""
            while (size := int((await self.reader.readline()).split(b";")[0], 16)) > 0:
                text += (await self.reader.readexactly(size + 2))[:-2]
            await self.reader.readline()
        if b"connection: close" in head.lower():
            self.writer.close()
            self.reader = None
        return int(head.split(b" ", 2)[1]), text.decode(errors="replace")


class Hour:
    """What was asked, how long it took, and what the server said it had stored."""

    def __init__(self, senders, saves):
        self.waiting = iter(senders)
        self.saves = saves
        self.took = {"read": [], "save": [], "send": []}
        self.kept = {}
        self.sent = []
        self.answers = Counter()
        self.unlike = Counter()

    async def timed(self, kind, client, *request):
        started = time.perf_counter()
        status, text = await client.ask(*request)
        self.took[kind].append(time.perf_counter() - started)
        self.answers[f"{kind} {status}"] += 1
        return status, text

    async def work(self, port):
        client = Client(port)
        for sender in self.waiting:
            place = f"/kerja/usulan/{sender['proposal']}"
            status, _ = await self.timed("read", client, "GET", place, sender["session"])
            assert status == 200, f"{place} answers {status}"
            texts = {section: "" for section in SECTIONS}
            version = sender["version"]
            for turn in range(self.saves):
                section = SECTIONS[turn % len(SECTIONS)]
                mark = f"{sender['proposal']}x{turn}x{random.randrange(1 << 40)}"
                texts[section] = mark + " " + " ".join(f"kata{random.randrange(5000)}" for _ in range(90))
                form = {"token": sender["token"], "versi": str(version), "otomatis": "1",
                        f"asal.bagian.{section}": "0",
                        **{f"bagian.{name}": text for name, text in texts.items() if text}}
                body = "&".join(f"{name}={quote_plus(value)}" for name, value in form.items())
                status, text = await self.timed("save", client, "POST", f"{place}/simpan", sender["session"], body)
                if status == 200:
                    version = json.loads(text)["version"]
                    self.kept[sender["proposal"], section] = texts[section]
            status, text = await self.timed(
                "send", client, "POST", f"{place}/kirim", sender["session"], f"token={sender['token']}")
            if status == 303:
                self.sent.append(sender)
            elif "Kuota 1 usulan" not in text:
                self.unlike[status] += 1


def hour(port, senders, clients, saves):
    """Everybody of one agency at once, the agencies in turn."""
    done = Hour(senders, saves)

    async def all():
        started = time.perf_counter()
        await asyncio.gather(*(done.work(port) for _ in range(clients)))
        done.seconds = time.perf_counter() - started

    asyncio.run(all())
    return done


def stored(database, done):
    """How many acknowledged saves and sendings are not in the database, and how many agencies sent more than one."""
    with sqlite3.connect(database) as db:
        content = {id: json.loads(text) for id, text in db.execute("SELECT id, content FROM proposal")}
        sent = dict(db.execute("SELECT id, institution FROM proposal WHERE state = 'submitted'"))
    lost = sum(content[id].get(f"bagian.{section}") != text for (id, section), text in done.kept.items())
    lost += sum(sender["proposal"] not in sent for sender in done.sent)
    over = sum(count > 1 for count in Counter(sent.values()).values())
    return lost, over, len(sent)
