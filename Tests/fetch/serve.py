#!/usr/bin/env python3
"""A web server of awkward addresses for the tests of fetching. Prints its port; ends with its standard input.

    /data.csv   the file named on the command line, with ETag and Last-Modified; 304 where the asker has it
    /html       a page instead of data        /sly       the same, called text/csv
    /round      redirects to itself           /hop       redirects to /data.csv
    /drip       a byte a second               /gone      410
    /big        more and more bytes           /asked     how often /data.csv was sent whole, and answered 304
"""

import hashlib
import http.server
import sys
import threading
import time

FILE = sys.argv[1]
asked = {"200": 0, "304": 0}


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def answer(self, status, body=b"", **fields):
        self.send_response(status)
        for name, value in {**fields, "Content-Length": str(len(body))}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        page = b"<!DOCTYPE html><html><body>Silakan masuk</body></html>"
        if self.path == "/data.csv":
            with open(FILE, "rb") as file:
                body = file.read()
            tag = '"' + hashlib.sha256(body).hexdigest()[:12] + '"'
            if self.headers.get("If-None-Match") == tag:
                asked["304"] += 1
                return self.answer(304, ETag=tag)
            asked["200"] += 1
            return self.answer(200, body, Content_Type="text/csv", ETag=tag,
                               Last_Modified="Sat, 21 Nov 2026 00:00:00 GMT")
        if self.path == "/html":
            return self.answer(200, page, Content_Type="text/html; charset=utf-8")
        if self.path == "/sly":
            return self.answer(200, page, Content_Type="text/csv")
        if self.path == "/round":
            return self.answer(302, Location="/round")
        if self.path == "/hop":
            return self.answer(302, Location="/data.csv")
        if self.path == "/gone":
            return self.answer(410)
        if self.path == "/asked":
            return self.answer(200, f"{asked['200']} {asked['304']}".encode())
        self.send_response(200)
        self.send_header("Content-Type", "text/csv")
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"a" if self.path == "/drip" else b"a" * 65536)
                self.wfile.flush()
                if self.path == "/drip":
                    time.sleep(1)
        except OSError:
            pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_port, flush=True)
sys.stdin.read()
