"""What every measurement needs: running a command, a server of one's own, and the report."""
import http.client, pathlib, re, socket, subprocess, sys, time


def run(command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\nexit code {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
    return done.stdout


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def seconds(command):
    started = time.perf_counter()
    run(command)
    return time.perf_counter() - started


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    """`simpul serve` on a free port until the `with` ends. `first` is the seconds from its start to its first answer."""

    def __init__(self, simpul, options, log, path=None):
        self.command = [simpul, "serve", *options]
        self.log = log
        self.path = path or "/healthz"

    def __enter__(self):
        self.port = free_port()
        self.output = open(self.log, "w")
        started = time.perf_counter()
        self.process = subprocess.Popen(
            [*self.command, "--port", str(self.port)], stdout=self.output, stderr=self.output)
        while True:
            try:
                status, _ = self.get(self.path)
                break
            except OSError:
                if self.process.poll() is not None:
                    sys.exit("the server ended: " + pathlib.Path(self.log).read_text()[-2000:])
                if time.perf_counter() - started > 600:
                    self.process.kill()
                    sys.exit("the server does not answer")
                time.sleep(0.002)
        self.first = time.perf_counter() - started
        if status != 200:
            self.process.terminate()
            sys.exit(f"{self.path} answers {status}")
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.output.close()

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, body.decode()

    def drain(self, path, only_head=False):
        """The status and, unless only the head is wanted, the number of bytes, none of them kept."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        connection.request("GET", path)
        answer = connection.getresponse()
        length = 0
        while not only_head and (piece := answer.read(1 << 16)):
            length += len(piece)
        connection.close()
        return answer.status, length

    def total(self, path):
        """How many innovations the page at a path says it found."""
        status, page = self.get(path)
        assert status == 200, f"{path} answers {status}"
        found = re.search(r'data-total="(\d+)"', page) or re.search(r"([\d.]+) inovasi", re.sub(r"<[^>]+>", "", page))
        assert found, f"{path} shows no total"
        return int(found.group(1).replace(".", ""))

    def memory(self, name):
        """A figure of /proc/PID/status in megabytes."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"{name}:\s+(\d+) kB", status).group(1)) / 1024

    def reset_peak(self):
        """Sets VmHWM back to what is resident now, and gives that."""
        pathlib.Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")
        return self.memory("VmHWM")


class Report:
    def __init__(self):
        self.lines = []

    def names(self):
        return [name for name, _ in self.lines]

    def add(self, name, value, sign, target, detail, command):
        passed = {"<": value < target, "<=": value <= target, ">=": value >= target}[sign]
        self.lines.append((name, passed))
        print(f"{'pass' if passed else 'FAIL'}  {name}: {value:.2f} (target {sign} {target:.4g})", flush=True)
        if detail:
            print(f"      {detail}", flush=True)
        print(f"      {command}", flush=True)

    def skip(self, name, why):
        print(f"skip  {name}: {why}", flush=True)

    def end(self):
        missed = [name for name, passed in self.lines if not passed]
        print(f"{len(self.lines) - len(missed)} of {len(self.lines)} targets met" + "".join(f"\n  missed: {m}" for m in missed))
        return 1 if missed else 0
