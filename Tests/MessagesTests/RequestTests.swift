import Foundation
import Testing

@testable import Outbound

@Suite struct RequestTests {
    /// A web server of Python's own library, for the length of a body.
    private func withServer(_ body: (String) async throws -> Void) async throws {
        let program = """
            import http.server, json, sys, time, threading
            class H(http.server.BaseHTTPRequestHandler):
                def log_message(self, *a): pass
                def do_POST(self): self.do_GET()
                def do_GET(self):
                    body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                    path = self.path
                    if path.startswith("/hop/"):
                        n = int(path[5:])
                        self.send_response(302); self.send_header("X-Hop", "1")
                        self.send_header("Location", f"/hop/{n - 1}" if n > 1 else "/echo"); self.end_headers(); return
                    if path == "/file":
                        self.send_response(302); self.send_header("Location", "file:///etc/passwd"); self.end_headers(); return
                    if path == "/slow": time.sleep(60)
                    answer = b"x" * 5000 if path == "/large" else json.dumps({"method": self.command, "path": path,
                        "headers": dict(self.headers), "body": body.decode()}).encode()
                    self.send_response(404 if path == "/missing" else 200)
                    self.send_header("X-Note", "satu"); self.send_header("Content-Length", str(len(answer))); self.end_headers()
                    try: self.wfile.write(answer)
                    except OSError: pass
            s = http.server.ThreadingHTTPServer(("127.0.0.1", 0), H)
            print(s.server_port, flush=True)
            s.serve_forever()
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", program]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        defer {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        let port = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        try await body("http://127.0.0.1:\(port)")
    }

    private struct Echo: Decodable {
        let method: String
        let headers: [String: String]
        let body: String
    }

    private func fault(_ request: OutboundRequest) async -> OutboundFault? {
        do {
            _ = try await Outbound.send(request)
            return nil
        } catch {
            return error as? OutboundFault
        }
    }

    @Test func `a form is sent and the whole answer comes back, whatever its status`() async throws {
        try await withServer { server async throws in
            let form = OutboundRequest.form(
                "\(server)/echo", [("kode", "a b&c=d"), ("é", "+")], headers: [.init("X-Own", "nilai")])
            let reply = try await Outbound.send(form)
            let echo = try JSONDecoder().decode(Echo.self, from: Data(reply.body))
            #expect(reply.status == 200 && reply.header("x-note") == "satu")
            #expect(echo.method == "POST" && echo.body == "kode=a%20b%26c%3Dd&%C3%A9=%2B")
            #expect(echo.headers["X-Own"] == "nilai")
            #expect(echo.headers["Content-Type"] == "application/x-www-form-urlencoded")
            #expect(try await Outbound.send(.get("\(server)/missing")).status == 404)
        }
    }

    @Test func `redirects are followed only as often as allowed, and only by HTTP`() async throws {
        try await withServer { server async throws in
            let stays = try await Outbound.send(.get("\(server)/hop/1"))
            #expect(stays.status == 302 && stays.header("location") == "/echo")
            var request = OutboundRequest.get("\(server)/hop/3")
            request.redirects = 3
            let reply = try await Outbound.send(request)
            #expect(reply.status == 200 && reply.header("X-Hop") == nil)
            request.redirects = 2
            #expect(await fault(request) == .tooManyRedirects)
            request.address = "\(server)/file"
            guard case .malformed = await fault(request) else {
                Issue.record("followed to a file")
                return
            }
        }
    }

    @Test func `an answer too large, too slow or no longer wanted is given up`() async throws {
        try await withServer { server async throws in
            var request = OutboundRequest.get("\(server)/large")
            request.mostBytes = 4999
            #expect(await fault(request) == .tooLarge(4999))
            request.mostBytes = 5000
            #expect(try await Outbound.send(request).body.count == 5000)
            request.address = "\(server)/slow"
            request.timeout = 0.3
            guard case .timeout = await fault(request) else {
                Issue.record("waited")
                return
            }
            request.timeout = 60
            let slow = request
            let task = Task { await fault(slow) }
            try await Task.sleep(for: .milliseconds(300))
            task.cancel()
            #expect(await task.value == .stopped)
        }
    }

    @Test func `addresses of this machine are refused where a stranger chose them`() async throws {
        try await withServer { server async throws in
            let port = server.split(separator: ":").last ?? ""
            for host in ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433", "[::ffff:127.0.0.1]", "10.0.0.1"] {
                var request = OutboundRequest.get("http://\(host):\(port)/echo")
                request.publicOnly = true
                request.connectTimeout = 1
                #expect(await fault(request) == .ownNetwork, "\(host)")
            }
            #expect(try await Outbound.send(.get("http://localhost:\(port)/echo")).status == 200)
        }
    }

    @Test(
        arguments: [
            ([8, 8, 8, 8], true), ([172, 15, 0, 1], true), ([172, 16, 0, 1], false), ([100, 64, 0, 1], false),
            ([169, 254, 169, 254], false), ([192, 168, 1, 1], false), ([224, 0, 0, 1], false),
            ([255, 255, 255, 255], false),
            ([0x26, 0x06, 0x47, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x11, 0x11], true),
            ([0xFD, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], false),
            ([0xFE, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], false),
            ([0x20, 0x02, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], false),
            ([0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0, 1], false),
            ([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 8, 8, 8, 8], true),
        ] as [([UInt8], Bool)])
    func `which addresses anybody may reach`(address: [UInt8], isPublic: Bool) {
        #expect(NetworkAddress(address).isPublic == isPublic)
    }

    @Test func `a request that could add a header or a scheme is not sent`() async {
        let requests = [
            OutboundRequest.get("http://127.0.0.1:1/", headers: [.init("X", "a\r\nY: b")]),
            .get("file:///etc/passwd"), .get("ftp://127.0.0.1/"), .get("http://127.0.0.1:1/\0x"), .get(""),
        ]
        for request in requests {
            guard case .malformed = await fault(request) else {
                Issue.record("\(request.address)")
                continue
            }
        }
    }
}
