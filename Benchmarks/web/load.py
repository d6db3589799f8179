"""Load: wrk for capacity, and an open loop that counts waiting from the moment a request was due.

wrk is a closed loop: its eight clients ask again when they have been answered, so a slow server is asked less. The open
loop sends at random moments fixed before (a Poisson stream) whatever has come back by then; a request that had to wait
for its sending waits in the figures too (no coordinated omission). What the generator itself is late counts against
the server, so the figure is an upper bound.
"""
import asyncio, itertools, os, pathlib, random, re, subprocess, sys, tempfile, time

RUN = itertools.count(1)
HERE = pathlib.Path(__file__).resolve().parent


def nonce():
    return f"{os.getpid()}-{next(RUN)}"


def wrk(port, paths, length, clients):
    """Requests a second with so many clients, each request another address."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(paths) + "\n")
        file.flush()
        out = subprocess.run(
            ["wrk", "-t1", f"-c{clients}", f"-d{length}s", "--timeout", "120s", "-s", str(HERE / "different.lua"),
             f"http://127.0.0.1:{port}"],
            capture_output=True, text=True, check=True,
            env={**os.environ, "BENCH_PATHS": file.name, "BENCH_RUN": nonce()}).stdout
    if re.search(r"Non-2xx|Socket errors", out):
        sys.exit("wrk saw errors:\n" + out)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1))


class Client:
    """One connection that stays open."""

    def __init__(self, port):
        self.port = port
        self.reader = None

    async def ask(self, path):
        if self.reader is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 20)
        self.writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        head = await self.reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head
        length = re.search(rb"(?i)content-length: (\d+)", head)
        if length:
            await self.reader.readexactly(int(length.group(1)))
            return
        while (size := int((await self.reader.readline()).split(b";")[0], 16)) > 0:
            await self.reader.readexactly(size + 2)
        await self.reader.readline()

    def close(self):
        if self.reader is not None:
            self.writer.close()


def sequential(port, paths, rounds):
    """Mean seconds of an answer to one client that asks one after another."""
    async def run():
        client, mark = Client(port), nonce()
        await client.ask(paths[0])
        started = time.perf_counter()
        for turn in range(rounds * len(paths)):
            await client.ask(f"{paths[turn % len(paths)]}&_={mark}-{turn}")
        took = time.perf_counter() - started
        client.close()
        return took / (rounds * len(paths))
    return asyncio.run(run())


def open_loop(port, paths, rate, length):
    """The seconds each request took from the moment it was due, at a mean rate a second for so many seconds."""
    dice, mark = random.Random(7), nonce()
    due, moment = [], 0.0
    while moment < length:
        moment += dice.expovariate(rate)
        due.append(moment)
    order = [dice.randrange(len(paths)) for _ in due]

    async def run():
        idle, waits = [], []
        start = time.perf_counter() + 0.2

        async def one(turn):
            client = idle.pop() if idle else Client(port)
            await client.ask(f"{paths[order[turn]]}&_={mark}-{turn}")
            waits.append(time.perf_counter() - start - due[turn])
            idle.append(client)

        tasks = []
        for turn, moment in enumerate(due):
            wait = start + moment - time.perf_counter()
            if wait > 0:
                await asyncio.sleep(wait)
            tasks.append(asyncio.create_task(one(turn)))
        await asyncio.gather(*tasks)
        for client in idle:
            client.close()
        return waits
    return asyncio.run(run())
