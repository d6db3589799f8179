"""Signing in at a real OpenID Connect provider (Canaille), from the button to the desk, in a real browser.

OPENID_PROVIDER names its program; bin/setup installs it and bin/test names it.
"""
import json
import os
import socket
import subprocess
import time

import pytest

CANAILLE = os.environ.get("OPENID_PROVIDER")
pytestmark = pytest.mark.skipif(not CANAILLE, reason="OPENID_PROVIDER names no program")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port):
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(port)


@pytest.fixture
def houses(tmp_path):
    """The portal and the provider, each on a port of its own; a client whose tokens name it as their audience."""
    simpul = os.environ.get("SIMPUL", ".build/debug/simpul")
    there, here = free_port(), free_port()
    issuer, site = f"http://127.0.0.1:{there}", f"http://127.0.0.1:{here}"
    settings = tmp_path / "provider.toml"
    environment = {**os.environ, "CANAILLE_CONFIG": str(settings)}

    def canaille(*words):
        done = subprocess.run([CANAILLE, *words], env=environment, capture_output=True, text=True)
        lines = done.stdout.strip().splitlines()
        return json.loads(lines[-1]) if lines and lines[-1].startswith(("{", "[")) else None

    settings.write_text('SECRET_KEY = "uji"\n')
    key = canaille("jwk", "create", "rsa")
    entry = ", ".join(f"{name} = {json.dumps(value)}" for name, value in key.items())
    settings.write_text(
        f'SECRET_KEY = "uji"\nSERVER_NAME = "127.0.0.1:{there}"\nPREFERRED_URL_SCHEME = "http"\n'
        f'[CANAILLE]\nDATABASE = "sql"\n[CANAILLE_SQL]\nDATABASE_URI = "sqlite:///{tmp_path}/provider.sqlite"\n'
        f"[CANAILLE_OIDC]\nACTIVE_JWKS = [{{{entry}}}]\n"
    )
    canaille("install")
    canaille("create", "user", "--user-name", "budi", "--password", "sandi panjang sekali", "--family-name", "Budi",
             "--formatted-name", "Budi Admin", "--emails", "admin@kendal.go.id")
    client = canaille(
        "create", "client", "--client-id", "simpul", "--client-secret", "rahasia", "--client-name", "Simpul",
        "--client-uri", site, "--redirect-uris", f"{site}/masuk/sso/kembali", "--grant-types", "authorization_code",
        "--response-types", "code", "--scope", "openid", "--scope", "email", "--scope", "profile",
        "--token-endpoint-auth-method", "client_secret_basic", "--id-token-signed-response-alg", "RS256")
    database = ["--database", f"sqlite:{tmp_path}/simpul.sqlite", "--data", f"{tmp_path}/data"]
    subprocess.run([simpul, "account", "invite", "admin@kendal.go.id", "--role", "agency-admin", "--institution",
                    "R33.24", *database], check=True, capture_output=True)
    running = [
        subprocess.Popen([CANAILLE, "run", "--bind", f"127.0.0.1:{there}"], env=environment,
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL),
        subprocess.Popen([simpul, "serve", "--port", str(here), "--public-url", site, "--oidc-issuer", issuer,
                          "--oidc-client", "simpul", "--oidc-secret", "rahasia", "--oidc-trust-email", "yes",
                          *database], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL),
    ]
    try:
        wait_for(there)
        wait_for(here)
        yield site, lambda: canaille("set", "client", "simpul", "--audience", client["id"])
    finally:
        for process in running:
            process.terminate()
            process.wait(20)


def sign_in(page, site):
    page.goto(f"{site}/masuk?ke=/akun")
    page.click("text=Masuk dengan akun instansi")
    for _ in range(4):
        page.wait_for_load_state()
        if page.url.startswith(site):
            return
        if page.locator("input[name=login]").count():
            page.fill("input[name=login]", "budi")
            page.click("form button[type=submit] >> nth=0")
        elif page.locator("input[name=password]").count():
            page.fill("input[name=password]", "sandi panjang sekali")
            page.click("form button[type=submit] >> nth=0")
        elif page.locator("[name=answer][value=accept]").count():
            page.click("[name=answer][value=accept]")


def test_an_invited_person_signs_in_at_the_provider(browser, houses):
    site, name_audience = houses
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    # As Canaille makes a client, its tokens are for nobody: those are refused.
    sign_in(page, site)
    assert page.inner_text("h1") == "Masuk"
    assert "tidak dapat dipercaya" in page.inner_text(".errors")
    name_audience()
    sign_in(page, site)
    assert page.inner_text("h1") == "Lengkapi profil Anda"
    page.fill("#f-name", "Budi")
    page.fill("#f-office", "Bagian Organisasi, Kabupaten Kendal")
    page.click("main form button")
    page.fill("#f-password", "empat kata yang mudah")
    page.fill("#f-again", "empat kata yang mudah")
    page.click("main form button")
    assert page.url == f"{site}/kerja"
    context.clear_cookies()
    sign_in(page, site)
    assert page.url == f"{site}/akun"
    # The way back works once.
    page.goto(f"{site}/masuk/sso/kembali?code=x&state=y")
    assert page.locator(".errors").count() == 1
    context.close()
