"""The portal beside the programs that others run with it: Prometheus, nginx, spreadsheets, API clients."""

import io
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time

import openpyxl
import pytest

from conftest import ROOT, SIMPUL, free_port


def test_prometheus_reads_the_metrics(portal):
    portal.get("/")
    checked = subprocess.run(
        ["promtool", "check", "metrics"], input=portal.get("/metrics").body, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT)
    assert (checked.returncode, checked.stdout.decode()) == (0, "")


def test_systemd_accepts_the_documented_unit(tmp_path):
    unit = (ROOT / "docs/simpul.service").read_text()
    assert "/opt/simpul/simpul" in unit
    (tmp_path / "simpul.service").write_text(unit.replace("/opt/simpul/simpul", str(SIMPUL)))
    checked = subprocess.run(["systemd-analyze", "verify", tmp_path / "simpul.service"], capture_output=True, text=True)
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.fixture
def nginx(portal, tmp_path):
    """nginx with docs/nginx.conf, its names, ports and certificate replaced by this test's."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost", "-keyout",
         tmp_path / "key.pem", "-out", tmp_path / "cert.pem"], check=True, capture_output=True)
    plain, secure = free_port(), free_port()
    site = (ROOT / "docs/nginx.conf").read_text()
    for old, new in [
        ("127.0.0.1:8080", portal.url.removeprefix("http://")), ("listen [::]:80;", ""),
        ("listen [::]:443 ssl http2;", ""), ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{secure} ssl http2;"), ("simpul.example.go.id", "localhost"),
        ("/etc/letsencrypt/live/localhost/fullchain.pem", f"{tmp_path}/cert.pem"),
        ("/etc/letsencrypt/live/localhost/privkey.pem", f"{tmp_path}/key.pem"),
    ]:
        assert old in site, f"docs/nginx.conf says {old}"
        site = site.replace(old, new)
    paths = "".join(f"{kind}_temp_path {tmp_path}/{kind};" for kind in
                    ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"])
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid; error_log {tmp_path}/error.log; daemon off; worker_processes 1;"
        + ("user root;" if os.geteuid() == 0 else "")
        + f"events {{}} http {{ access_log off; {paths}\n{site}\n}}")
    tmp_path.chmod(0o755)
    program = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
    process = subprocess.Popen([program, "-c", tmp_path / "nginx.conf"], stdin=subprocess.DEVNULL)
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", secure)) == 0:
                break
        time.sleep(0.05)
    yield plain, secure
    process.send_signal(signal.SIGQUIT)
    process.wait(20)


def curl(*arguments):
    done = subprocess.run(["curl", "-sk", "-i", *arguments], capture_output=True, check=True)
    head, _, body = done.stdout.decode().partition("\r\n\r\n")
    lines = head.split("\r\n")
    return int(lines[0].split()[1]), {k.lower(): v for k, v in (line.split(": ", 1) for line in lines[1:])}, body


def test_the_documented_nginx_serves_the_portal_with_tls_and_keeps_the_metrics(portal, nginx):
    plain, secure = nginx
    status, fields, _ = curl(f"http://localhost:{plain}/inovasi?q=a")
    assert (status, fields["location"]) == (301, "https://localhost/inovasi?q=a")

    status, fields, body = curl(f"https://localhost:{secure}/")
    assert status == 200
    assert "</html>" in body
    assert fields["strict-transport-security"] == "max-age=31536000"
    assert fields["content-security-policy"].startswith("default-src 'none'")

    for path in ["/metrics", "/metrics?x", "/%6detrics", "//metrics", "/en/../metrics"]:
        status, _, body = curl("--path-as-is", f"https://localhost:{secure}{path}")
        assert (path, status) == (path, 404)
        assert "simpul_" not in body

    # A compressed answer passes as it is, and its tag answers the next visit without a body.
    status, fields, _ = curl("-H", "Accept-Encoding: gzip", "-o", "-", "-I", f"https://localhost:{secure}/")
    assert fields["content-encoding"] == "gzip"
    status, _, _ = curl("-H", "Accept-Encoding: gzip", "-H", f"If-None-Match: {fields['etag']}",
                        f"https://localhost:{secure}/")
    assert status == 304


def test_the_portal_believes_the_documented_proxy_and_no_visitor(portal, nginx):
    _, secure = nginx
    status, fields, _ = curl("-H", "X-Request-Id: forged", "-H", "X-Forwarded-For: 203.0.113.9",
                             f"https://localhost:{secure}/tentang")
    assert status == 200
    given = fields["x-request-id"]
    assert re.fullmatch(r"[0-9a-f]{32}", given), "the request id is nginx's own, believed by the portal"
    for _ in range(40):
        lines = [json.loads(line) for line in portal.log.read_text().splitlines() if line.startswith("{")]
        mine = [line for line in lines if line["id"] == given]
        if mine:
            break
        time.sleep(0.1)
    assert [(line["method"], line["path"], line["status"]) for line in mine] == [("GET", "/tentang", 200)]


def test_the_spreadsheet_of_a_result_opens(portal):
    [link] = re.findall(r'href="(/inovasi\.xlsx\?[^"]*)"', portal.get("/inovasi?q=kesehatan").text)
    answer = portal.get(link.replace("&amp;", "&"))
    assert answer.status == 200
    book = openpyxl.load_workbook(io.BytesIO(answer.body), read_only=True)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    total = json.loads(portal.get("/api/v1/innovations?q=kesehatan&limit=1").body)["total"]
    assert len(rows) == total + 1
    assert all(isinstance(name, str) for name in rows[0])


def test_schemathesis_finds_nothing_in_the_api(portal, tmp_path):
    script = ROOT / "Tests/api/schemathesis.sh"
    tried = subprocess.run(
        ["sh", script, portal.url, "15"], capture_output=True, text=True, cwd=tmp_path,
        env=os.environ | {"SCHEMATHESIS": str(ROOT / ".venv/bin/schemathesis")})
    assert tried.returncode == 0, tried.stdout[-8000:] + tried.stderr[-2000:]
