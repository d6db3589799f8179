#!/usr/bin/env python3
"""A cached public page: requests per second against nginx serving the same bytes as a file.

    cached_page.py --url http://127.0.0.1:8080/inovasi [--seconds 4] [--rounds 3]

A release server must already run at the address. Starts nginx (one worker) on a free port with the page's bytes as a
file, checks that both give the same bytes, runs wrk on each in turn, and prints one JSON line with the best of the
rounds and the ratio. Exits 1 when the ratio is below --at-least.
"""
import argparse, json, pathlib, re, socket, subprocess, sys, tempfile, time, urllib.request


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def rate(url, seconds, connections):
    out = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", url], capture_output=True, text=True, check=True
    ).stdout
    if re.search(r"Non-2xx|Socket errors", out):
        sys.exit(f"wrk saw errors at {url}:\n{out}")
    p99 = re.search(r"99%\s+(\S+)", out).group(1)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1)), p99


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", required=True)
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--at-least", type=float, default=0.5)
    options = parser.parse_args()
    page = urllib.request.urlopen(options.url).read()
    with tempfile.TemporaryDirectory() as name:
        directory = pathlib.Path(name)
        directory.chmod(0o755)
        (directory / "page.html").write_bytes(page)
        port = free_port()
        (directory / "nginx.conf").write_text(f"""
            worker_processes 1; daemon off; pid {directory}/pid; error_log {directory}/error.log;
            events {{ worker_connections 1024; }}
            http {{
                access_log off; sendfile on; open_file_cache max=100; keepalive_requests 1000000000;
                client_body_temp_path {directory}/b; proxy_temp_path {directory}/p; fastcgi_temp_path {directory}/f;
                uwsgi_temp_path {directory}/u; scgi_temp_path {directory}/s; types {{ text/html html; }}
                server {{ listen 127.0.0.1:{port}; root {directory}; }}
            }}""")
        nginx = subprocess.Popen(["nginx", "-p", name, "-c", str(directory / "nginx.conf")], stderr=subprocess.DEVNULL)
        try:
            peer = f"http://127.0.0.1:{port}/page.html"
            for _ in range(50):
                try:
                    same = urllib.request.urlopen(peer).read() == page
                    break
                except OSError:
                    time.sleep(0.1)
            else:
                sys.exit("nginx did not start: " + (directory / "error.log").read_text())
            if not same:
                sys.exit("nginx serves other bytes")
            results = {"simpul": [], "nginx": []}
            for _ in range(options.rounds):
                results["simpul"].append(rate(options.url, options.seconds, options.connections))
                results["nginx"].append(rate(peer, options.seconds, options.connections))
        finally:
            nginx.terminate()
            nginx.wait()
    best = {who: max(runs) for who, runs in results.items()}
    ratio = best["simpul"][0] / best["nginx"][0]
    print(json.dumps({
        "bytes": len(page), "simpul_per_s": round(best["simpul"][0]), "simpul_p99": best["simpul"][1],
        "nginx_per_s": round(best["nginx"][0]), "nginx_p99": best["nginx"][1], "ratio": round(ratio, 2),
        "all_simpul": [round(r) for r, _ in results["simpul"]], "all_nginx": [round(r) for r, _ in results["nginx"]]}))
    sys.exit(0 if ratio >= options.at_least else 1)


main()
