"""Somebody at a desk, over HTTP as a browser would: signs in, reads pages, sends files."""
import http.client, os, re, time
from urllib.parse import quote_plus

MARK = "batas-kiriman"


class Browser:
    def __init__(self, port):
        self.port = port
        self.cookies = {}
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def ask(self, method, path, body=None, **fields):
        """Status, location and text of an answer; cookies are kept."""
        if self.cookies:
            fields["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request(method, path, body, {name.replace("_", "-"): value for name, value in fields.items()})
        answer = self.connection.getresponse()
        text = answer.read().decode(errors="replace")
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, value = line.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location"), text

    def form(self, path, fields, page=None):
        _, _, text = self.ask("GET", page or path)
        token = re.search(r'name="token" value="([^"]*)"', text).group(1)
        body = "&".join(f"{name}={quote_plus(value)}" for name, value in {"token": token, **fields}.items())
        return self.ask("POST", path, body, Content_Type="application/x-www-form-urlencoded")

    def sign_in(self, email, password):
        status, place, text = self.form("/masuk", {"email": email, "password": password})
        assert status == 303, f"signing in answers {status}: {text[:2000]}"
        return self

    def times(self, path, count, different=False):
        """Seconds of each of so many requests, one after another."""
        took = []
        for turn in range(count + 5):
            target = f"{path}?_={os.getpid()}-{turn}" if different else path
            started = time.perf_counter()
            status, _, _ = self.ask("GET", target)
            took.append(time.perf_counter() - started)
            assert status == 200, f"{path} answers {status}"
        return sorted(took[5:])

    def claim(self, draft):
        """A new claim of a draft; its address."""
        new = f"/kerja/inovasi/{draft}/klaim/baru"
        status, place, text = self.form(new, {"jenis": "procedure", "title": "SOP"}, f"{new}?jenis=procedure")
        assert status == 303, f"a claim answers {status}: {text[:2000]}"
        return place.split("?")[0]

    def send_file(self, claim, size):
        """Sends a PDF of so many bytes as evidence of a claim, 64 KB at a time; the seconds it took."""
        _, _, text = self.ask("GET", claim)
        token = re.search(r'name="token" value="([^"]*)"', text).group(1)
        head = (
            f'--{MARK}\r\nContent-Disposition: form-data; name="token"\r\n\r\n{token}\r\n--{MARK}\r\n'
            'Content-Disposition: form-data; name="bukti"; filename="bukti.pdf"\r\n'
            "Content-Type: application/pdf\r\n\r\n").encode()
        tail = f"\r\n--{MARK}--\r\n".encode()
        started = time.perf_counter()
        status, _, text = self.ask(
            "POST", f"{claim}/bukti", (piece for pieces in ([head], pdf(size), [tail]) for piece in pieces),
            Content_Type=f"multipart/form-data; boundary={MARK}", Content_Length=str(len(head) + size + len(tail)))
        took = time.perf_counter() - started
        assert status == 303, f"the upload answers {status}: {text[:3000]}"
        return took


def pdf(size):
    """A PDF of one page and a stream that nobody has seen before, of so many bytes in all, in pieces."""
    head = (
        b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\n"
        b"endobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>\nendobj\n")
    tail = b"\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
    room = size - len(head) - len(tail) - 64
    begin = b"4 0 obj\n<< /Length %d >>\nstream\n" % room
    yield head + begin
    left = size - len(head) - len(begin) - len(tail)
    while left > 0:
        piece = os.urandom(min(left, 1 << 16))
        left -= len(piece)
        yield piece
    yield tail
