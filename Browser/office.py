"""The people of one institution, signed in over HTTP, and what they are working on."""

import base64
import hashlib
import hmac
import html
import http.client
import re
import struct
import subprocess
import time
import uuid
import zlib
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from conftest import SIMPUL, Answer

PASSWORD = "kereta pagi menuju Solo"

PDF = b"""%PDF-1.4
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>
endobj
trailer
<< /Root 1 0 R >>
%%EOF
"""


def png(width=8, height=8):
    """A real picture in one colour."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + b"\x2a\x6f\x97" * width for _ in range(height))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def one_time_code(secret, at=None):
    """RFC 6238: six digits of HMAC-SHA-1 over the number of 30 seconds since 1970."""
    secret = secret.replace(" ", "")
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.new(key, struct.pack(">Q", int((at or time.time()) // 30)), hashlib.sha1).digest()
    start = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[start:start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def invite(portal, email, role, *options):
    """Runs `simpul account invite`; gives the path of the one-time link."""
    said = subprocess.run(
        [SIMPUL, "account", "invite", email, "--role", role, *options, "--public-url", portal.url, *portal.database],
        check=True, capture_output=True, text=True)
    return urlsplit(said.stdout.strip()).path


class Signed:
    """Somebody's browser without a screen: keeps cookies, follows nothing, sends forms as their pages hold them."""

    def __init__(self, portal):
        self.host = urlsplit(portal.url).netloc
        self.cookies = {}

    @property
    def headers(self):
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}

    def ask(self, method, path, body=None, headers={}):
        connection = http.client.HTTPConnection(self.host, timeout=20)
        connection.request(method, path, body, {**self.headers, **headers})
        answer = connection.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, content = value.partition(";")[0].partition("=")
                self.cookies[key] = content
        given = Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        connection.close()
        return given

    def get(self, path):
        return self.ask("GET", path)

    def hidden(self, path, page):
        shown = self.get(page or path)
        form = re.search(rf'<form [^>]*action="{re.escape(html.escape(path))}"[^>]*>(.*?)</form>', shown.text, re.S)
        assert form, f"{page or path} ({shown.status}) has no form for {path}"
        return [(name, html.unescape(value)) for name, value in
                re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form.group(1))]

    def send(self, path, fields, page=None):
        """Sends a form as the page holds it, with these fields; gives the address it leads to."""
        fields = list(fields.items())
        named = {name for name, _ in fields}
        body = urlencode([field for field in self.hidden(path, page) if field[0] not in named] + fields)
        answer = self.ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})
        assert answer.status in (200, 303), f"{path}: {answer.status} {re.findall(r'class=.problem[^<]*<?', answer.text)}"
        return answer

    def upload(self, path, name, content, page, field="bukti"):
        mark = uuid.uuid4().hex
        parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
                 for key, value in self.hidden(path, page)]
        file = f'--{mark}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'.encode()
        answer = self.ask("POST", path, b"".join(parts) + file + content + f"\r\n--{mark}--\r\n".encode(),
                          {"Content-Type": f"multipart/form-data; boundary={mark}"})
        assert answer.status == 303, f"{path}: {answer.status}"
        return answer


def join(portal, email, role, office, *options):
    """Invites somebody and goes through the first sign-in."""
    person = Signed(portal)
    link = invite(portal, email, role, *options)
    person.send(link, {"name": office + " A", "office": office, "phone": "", "language": "id"})
    answer = person.send(link, {"password": PASSWORD, "again": PASSWORD})
    if "/masuk/kode" in answer.headers["location"]:
        secret = re.search(r"<kbd>([A-Z2-7 ]+)</kbd>", person.get("/masuk/kode").text).group(1)
        person.send("/masuk/kode", {"code": one_time_code(secret)})
    return person


TEXTS = {
    "nama": {"title": "Antar Dokumen Kependudukan ke Rumah Warga", "shortName": "ANTARDUK", "unit": "Dinas Contoh",
             "stage": "trial", "yearOfIdea": "2024", "yearOfTrial": "2025", "category": "kesehatan", "sdgs": "16"},
    "ringkasan": {"summary": "Warga di desa terpencil menempuh dua jam untuk mengambil dokumen. Sejak 2025 petugas "
                             "mengantarnya ke rumah setiap Selasa. Waktu tunggu turun dari 14 hari menjadi 3 hari "
                             "di dua kecamatan yang paling jauh dari kantor."},
    "latar": {"background": "Pada 2024 hanya 61 persen warga desa terpencil memiliki akta kelahiran.",
              "purpose": "Setiap warga menerima dokumennya paling lama tiga hari tanpa keluar desa."},
    "kebaruan": {"novelty": "Pengantaran digabung dengan jadwal puskesmas keliling."},
    "dampak": {"impact": "Kepemilikan akta kelahiran naik dari 61 menjadi 93 persen."},
    "replikasi": {"adaptability": "Cukup satu petugas dan perjanjian dengan puskesmas.",
                  "resources": "Empat petugas dan dua sepeda motor dinas."},
    "keberlanjutan": {"sustainability": "Dianggarkan setiap tahun.", "continuity": "continuing"},
}
LEGAL = {"level": "unit-decree", "number": "18/2025", "about": "Layanan Antar Dokumen", "date": "2025-03-21",
         "signedBy": "Kepala Dinas Contoh"}
INDICATOR = {"indicator": "Lama tunggu pemohon", "unit": "hari", "before": "14", "beforeDate": "2024-12-31",
             "after": "3", "afterDate": "2025-12-31", "population": "12.400 pemohon setahun",
             "source": "Laporan tahunan dinas 2025"}


def write(writer, title):
    """A draft that can be submitted; gives its number and the path of its last claim."""
    draft = writer.send("/kerja/inovasi/baru", {"title": title}).headers["location"].rsplit("/", 1)[0]
    for step, fields in TEXTS.items():
        writer.send(f"{draft}/{step}", {**fields, **({"title": title} if step == "nama" else {})})
    for kind, fields in (("legal", LEGAL), ("indicator", INDICATOR)):
        claim = writer.send(f"{draft}/klaim/baru", fields, f"{draft}/klaim/baru?jenis={kind}").headers["location"]
        claim = claim.partition("?")[0]
        writer.upload(f"{claim}/bukti", "Keputusan Kepala Dinas.pdf", PDF, claim)
    return draft.rsplit("/", 1)[1], claim


def deliver(secretariat, name, rows):
    """Declares a source and takes its first delivery as far as it goes by itself; gives the paths of both."""
    source = secretariat.send("/kerja/sumber/baru", {"name": name, "kind": "file", "complete": "1"}).headers["location"]
    lines = ["Nomor;Judul Inovasi;Instansi;Tahun"] + [";".join(row) for row in rows]
    place = secretariat.upload(
        f"{source}/berkas", f"{name}.csv", "\n".join(lines).encode(), source, "berkas").headers["location"]
    fields = {f"kolom{number}": field for number, field in enumerate(["id", "title", "agency", "year"])}
    delivery = secretariat.send(f"{source}/pemetaan", {**fields, "jalankan": "1"}, place).headers["location"]
    for _ in range(200):
        if "data-events" not in secretariat.get(delivery).text:
            return source, delivery
        time.sleep(0.1)
    raise AssertionError(f"{delivery} does not end")


@dataclass
class Office:
    """One person per role, and what they work on: numbers of drafts, paths of pages."""

    people: dict
    draft: str
    returned: str
    submitted: str
    revised: str
    claim: str
    innovation: int
    invitation: str
    person: str
    unit: str
    article: str
    news: str
    collection: str
    letter: str
    source: str
    delivery: str
    asking: str


def furnish(portal, institution):
    """Staffs an institution and gives everybody something to do."""
    def staff(name, role, office, *options):
        return join(portal, f"{name}@contoh.test", role, office, *options)

    place = ("--institution", institution)
    people = {
        "secretariat": staff("sekretariat", "secretariat", "Sekretariat"),
        "agency-admin": staff("admin", "agency-admin", "Kepala Bagian Organisasi", *place),
        "validator": staff("validator", "validator", "Analis Bagian Organisasi", *place),
        "unit": staff("unit", "unit", "Dinas Contoh", *place, "--unit", "Dinas Contoh"),
        "leader": staff("sekda", "leader", "Sekretaris Daerah", *place),
        "auditor": staff("auditor", "auditor", "Inspektorat"),
    }
    unit, validator, admin, secretariat = (people[name] for name in ("unit", "validator", "agency-admin", "secretariat"))
    titles = ["Sedang Ditulis", "Perlu Diperbaiki", "Menunggu Diperiksa", "Sudah Diperbaiki", "Sudah Terbit"]
    (draft, _), (returned, claim), (submitted, _), (revised, _), (published, _) = (write(unit, title) for title in titles)
    for number in (returned, submitted, revised, published):
        unit.send(f"/kerja/inovasi/{number}/periksa", {})
    for number in (returned, revised):
        validator.send(f"/kerja/periksa/{number}", {"decision": "return", "comment.summary": "Sebutkan kecamatannya."})
    unit.send(f"/kerja/inovasi/{revised}/ringkasan", {"summary": TEXTS["ringkasan"]["summary"] + " Kecamatan A dan B."})
    unit.send(f"/kerja/inovasi/{revised}/periksa", {})
    validator.send(f"/kerja/periksa/{published}", {"decision": "validate"})
    innovation = found(unit, "/kerja/inovasi", r"/inovasi/(\d+)")
    Signed(portal).send(f"/inovasi/{innovation}/lapor", {"isi": "Alamat kantornya sudah pindah.", "kontak": ""})
    secretariat.send(f"/kerja/pertanyaan/baru/{innovation}", {"pertanyaan": "Dari mana angka 93 persen?"})
    article = secretariat.send("/kerja/tulis/berita", {
        "judul": "Pemutakhiran data", "isi": "Data **diperbarui** sampai Maret.", "judul_en": "", "isi_en": ""}
    ).headers["location"]
    secretariat.send(f"{article}/terbit", {"terbitkan": "1"}, article)
    admin.send("/kerja/batas", {"judul": "Pemutakhiran semester 1", "batas": f"{time.gmtime().tm_year + 1}-06-30"})
    today = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 7 * 3600))
    letter = admin.send("/kerja/surat/baru/berita-acara", {
        "dari": today, "sampai": today, "nomor": "065/12/2026", "tempat": "Contoh", "tanggal": today,
        "jabatan_penanda": "Kepala Bagian Organisasi", "nama_penanda": "Orang Contoh"}).headers["location"]
    source, delivery = deliver(secretariat, "Daftar contoh", [
        [f"C{number}", f"{title} {number}", "Kota Semarang", "2019" if number % 9 else "dulu"]
        for number, title in enumerate(["Antar obat", "Kelas ibu", "Peta banjir", "Jemput akta", "Bank pupuk",
                                        "Loket malam", "Sawah digital", "Rumah baca", "Bus sekolah"] * 4)])
    _, asking = deliver(secretariat, "Daftar tertukar", [
        [f"T{number}", f"Terminal {number}", "Kota Surakarta", "Terminal"] for number in range(12)])
    return Office(
        people, draft, returned, submitted, revised, claim, innovation,
        invitation=invite(portal, "diundang@contoh.test", "validator", *place),
        person=found(admin, "/kerja/orang", r"(/kerja/orang/\d+[^\"]*)"),
        unit=found(admin, "/kerja/unit", r"(/kerja/unit/\d+)"), article=article,
        news=found(secretariat, "/berita", r"(/berita/[^\"]+)"),
        collection=found(admin, "/kerja/batas", r"(/kerja/batas/\d+)"), letter=letter,
        source=source, delivery=delivery, asking=asking)


def found(person, page, link):
    """The first link of a page that has this form."""
    match = re.search(f'href="{link}"', person.get(page).text)
    assert match, f"{page} has no link {link}"
    return html.unescape(match.group(1))
