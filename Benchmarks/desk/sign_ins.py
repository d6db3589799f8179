#!/usr/bin/env python3
"""As many sign-ins as complete: some with the right password, more with a wrong one or a name nobody has.

Each client asks again when it was answered. Every wrong try comes from another address, or the slow-down would answer
before a password is hashed; the server must trust 127.0.0.1 as its proxy. Prints one JSON line when the time is over.

    sign_ins.py --port N --seconds N --password TEXT --clients N EMAIL...
"""
import argparse, asyncio, collections, json, random, time
from urllib.parse import quote_plus

TOKEN = "0123456789abcdefghijklmnopqrstuv"


async def attempt(streams, email, password, address):
    reader, writer = streams
    body = f"token={TOKEN}&email={quote_plus(email)}&password={quote_plus(password)}".encode()
    writer.write(
        f"POST /masuk HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: {address}\r\nCookie: simpul_form={TOKEN}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    if "content-length: " in head:
        await reader.readexactly(int(head.split("content-length: ")[1].split("\r\n")[0]))
    elif "transfer-encoding: chunked" in head:
        while (size := int((await reader.readline()).split(b";")[0], 16)) > 0:
            await reader.readexactly(size + 2)
        await reader.readline()
    return int(head.split(" ")[1])


async def client(number, given, until, found):
    dice = random.Random(f"{given.port} {number} {time.time()}")
    streams = await asyncio.open_connection("127.0.0.1", given.port, limit=1 << 20)
    mine = given.emails[number] if number < len(given.emails) else None
    while time.perf_counter() < until:
        address = f"10.{dice.randrange(256)}.{dice.randrange(256)}.{dice.randrange(1, 255)}"
        if mine:
            what, status = "right", await attempt(streams, mine, given.password, address)
        else:
            name = dice.choice(["tidak-ada", "lain"]) + str(dice.randrange(10**9)) + "@contoh.test"
            what, status = "wrong", await attempt(streams, name, "bukan kata sandinya", address)
        found[f"{what} {status}"] += 1
    streams[1].close()


async def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--port", type=int, required=True)
    arguments.add_argument("--seconds", type=float, required=True)
    arguments.add_argument("--password", required=True)
    arguments.add_argument("--clients", type=int, default=24)
    arguments.add_argument("emails", nargs="+")
    given = arguments.parse_args()
    found, started = collections.Counter(), time.perf_counter()
    await asyncio.gather(*(client(n, given, started + given.seconds, found) for n in range(given.clients)))
    took = time.perf_counter() - started
    print(json.dumps({"answers": dict(sorted(found.items())), "per_second": sum(found.values()) / took}))


asyncio.run(main())
