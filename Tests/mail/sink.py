"""A mail server for tests: receives by aiosmtpd, writes what it received, one JSON object a line.

The word before the @ of a recipient says what happens to its mail: full (RCPT refused for good), later (RCPT refused
for now), spam (message refused for good), busy (message refused for now), silent (received, then the connection is cut
without a word); everybody else's is taken. Prints its port, and ends when its standard input does.
"""

import argparse
import asyncio
import base64
import json
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

options = argparse.ArgumentParser()
options.add_argument("out")
options.add_argument("--port", type=int, default=0)
options.add_argument("--certificate", help="PEM with key and certificate: STARTTLS is required")
options.add_argument("--implicit", action="store_true", help="TLS from the first byte")
options.add_argument("--login", help="USER:PASSWORD that is required")
options.add_argument("--before", type=float, default=0, help="seconds to wait before a recipient is taken")
options.add_argument("--after", type=float, default=0, help="seconds between receiving a message and saying so")
options = options.parse_args()


class Handler:
    def __init__(self, out):
        self.out = out

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        await asyncio.sleep(options.before)
        word = address.split("@")[0]
        if word == "full":
            return "552 5.2.2 mailbox full"
        if word == "later":
            return "450 4.2.1 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        word = envelope.rcpt_tos[0].split("@")[0]
        if word == "spam":
            return "554 5.7.1 not wanted"
        if word == "busy":
            return "451 4.3.0 not now"
        line = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "login": session.auth_data.login.decode() if session.auth_data else None,
            "encrypted": server.transport.get_extra_info("sslcontext") is not None,
            "data": base64.b64encode(envelope.original_content).decode(),
        }
        self.out.write(json.dumps(line) + "\n")
        self.out.flush()
        os.fsync(self.out.fileno())
        await asyncio.sleep(options.after)
        if word == "silent":
            server.transport.abort()
        return "250 OK"


def login(server, session, envelope, mechanism, data):
    given = f"{data.login.decode()}:{data.password.decode()}"
    return AuthResult(success=given == options.login, handled=False, auth_data=data)


async def serve():
    context = None
    if options.certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(options.certificate)
    out = open(options.out, "a")

    def protocol():
        return SMTP(
            Handler(out),
            hostname="sink",
            tls_context=None if options.implicit else context,
            require_starttls=context is not None and not options.implicit,
            auth_required=options.login is not None,
            auth_require_tls=False,
            authenticator=login if options.login else None,
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        protocol, "127.0.0.1", options.port, ssl=context if options.implicit else None
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    try:
        asyncio.run(serve())
    finally:
        os._exit(0)
