import Foundation
import Kernel
import Support
import Testing

@testable import Messages
@testable import Outbound

@Suite struct MailTransferTests {
    private func send(
        to address: String, _ sink: Sink, _ text: String = "Subject: x\r\n\r\nIsi.\r\n",
        mayEnd: @escaping @Sendable () -> Bool = { true }
    ) async throws -> MailOutcome {
        await Outbound.send(
            Envelope(from: "simpul@menpan.example", to: address, message: Array(text.utf8)),
            by: try SMTPSettings("smtp://127.0.0.1:\(sink.port)"), mayEnd: mayEnd)
    }

    @Test func `a message arrives byte for byte, with a line of a single dot and lines that begin with dots`()
        async throws
    {
        try await Sink.with { sink async throws in
            let text = "Subject: x\r\n\r\nsatu\r\n.\r\n..dua\r\n.tiga\r\n"
            let outcome = try await send(to: "sari@kendal.example", sink, text)
            let received = try sink.received()
            #expect(outcome == .accepted)
            #expect(received.map(\.text) == [text])
        }
    }

    @Test func `what the server says of a message decides whether it is tried again`() async throws {
        try await Sink.with { sink async throws in
            let outcomes = [
                try await send(to: "full@x.example", sink), try await send(to: "spam@x.example", sink),
                try await send(to: "later@x.example", sink), try await send(to: "busy@x.example", sink),
                try await send(to: "silent@x.example", sink),
            ]
            let kinds = outcomes.map { outcome in
                switch outcome {
                case .accepted: "accepted"
                case .unreachable: "unreachable"
                case .postponed: "postponed"
                case .refused: "refused"
                case .unclear: "unclear"
                case .withdrawn: "withdrawn"
                }
            }
            #expect(kinds == ["refused", "refused", "postponed", "postponed", "unclear"], "\(outcomes)")
            #expect(try sink.received().map(\.to) == [["silent@x.example"]])
        }
    }

    @Test func `a message whose end is withheld never reaches the server`() async throws {
        try await Sink.with { sink async throws in
            let long = "Subject: x\r\n\r\n" + String(repeating: "baris yang panjang\r\n", count: 20_000)
            let withheld = try await send(to: "sari@kendal.example", sink, long, mayEnd: { false })
            let whole = try await send(to: "budi@kendal.example", sink, long)
            let received = try sink.received()
            #expect([withheld, whole] == [.withdrawn, .accepted])
            #expect(received.map(\.to) == [["budi@kendal.example"]])
        }
    }

    @Test func `a server that is not there is unreachable, and the message was not begun`() async throws {
        let sink = try Sink()
        sink.stop()
        let outcome = try await send(
            to: "sari@kendal.example", sink,
            mayEnd: {
                Issue.record("asked"); return true
            })
        guard case .unreachable = outcome else {
            Issue.record("\(outcome)")
            return
        }
    }

    @Test(arguments: ["a@b.example>\r\nRCPT TO:<c@d.example", "a b@c.example", "a@b.example\0", "", "ä@b.example"])
    func `an address that could add a command is refused before anything is sent`(address: String) async throws {
        try await Sink.with { sink async throws in
            let outcome = try await send(to: address, sink)
            #expect(outcome == .refused("the address has characters that mail does not carry"))
            #expect(try sink.received().isEmpty)
        }
    }

    @Test(arguments: [false, true])
    func `with TLS and a password mail goes through only where both are right`(implicit: Bool) async throws {
        let (both, authority) = try Sink.certificate()
        let options = ["--certificate", both, "--login", "simpul:p@ss/w:rd"] + (implicit ? ["--implicit"] : [])
        try await Sink.with(options) { sink async throws in
            let scheme = implicit ? "smtps" : "smtp"
            func send(_ login: String, _ host: String, _ more: String) async throws -> MailOutcome {
                await Outbound.send(
                    Envelope(from: "s@x.example", to: "sari@x.example", message: Array("Subject: x\r\n\r\nx\r\n".utf8)),
                    by: try SMTPSettings("\(scheme)://\(login)@\(host):\(sink.port)?\(more)"), mayEnd: { true })
            }
            let on = implicit ? "" : "tls=on&"
            #expect(try await send("simpul:p%40ss%2Fw%3Ard", "localhost", "\(on)ca=\(authority)") == .accepted)
            // A wrong password, a name that the certificate does not carry, an authority that nobody trusts.
            var reasons: [String] = []
            for outcome in [
                try await send("simpul:salah", "localhost", "\(on)ca=\(authority)"),
                try await send("simpul:p%40ss%2Fw%3Ard", "127.0.0.1", "\(on)ca=\(authority)"),
                try await send("simpul:p%40ss%2Fw%3Ard", "localhost", on.isEmpty ? "tls=on" : "tls=on"),
            ] {
                guard case .unreachable(let reason) = outcome else {
                    Issue.record("\(outcome)")
                    continue
                }
                reasons.append(reason)
            }
            #expect(reasons.count == 3)
            #expect(reasons.allSatisfy { !$0.contains("p@ss") && !$0.contains("salah") })
            #expect(try sink.received().map { "\($0.login ?? "-") \($0.encrypted)" } == ["simpul true"])
        }
    }

    @Test func `a server without TLS gets nothing where TLS is required`() async throws {
        try await Sink.with { sink async throws in
            let outcome = await Outbound.send(
                Envelope(from: "s@x.example", to: "sari@x.example", message: Array("Subject: x\r\n\r\nx\r\n".utf8)),
                by: try SMTPSettings("smtp://localhost:\(sink.port)?tls=on"), mayEnd: { true })
            guard case .unreachable = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(try sink.received().isEmpty)
        }
    }

    @Test func `a mail server's address says how it is reached`() throws {
        let plain = try SMTPSettings("smtp://localhost:2525")
        #expect(plain.security == .none && plain.port == 2525 && plain.user == nil)
        let far = try SMTPSettings("smtp://ab%40c:d%3Ae@mail.menpan.example")
        #expect(far.security == .startTLS && far.port == 587 && far.user == "ab@c" && far.password == "d:e")
        #expect(try SMTPSettings("smtps://mail.menpan.example").port == 465)
        #expect(try SMTPSettings("smtp://mail.menpan.example?tls=off").security == .none)
        #expect(far.name == "mail.menpan.example:587")
        #expect(throws: SMTPRefusal.scheme) { try SMTPSettings("http://mail.menpan.example") }
        #expect(throws: SMTPRefusal.address) { try SMTPSettings("mail.menpan.example") }
        #expect(throws: SMTPRefusal.password) { try SMTPSettings("smtp://simpul@mail.menpan.example") }
        #expect(throws: SMTPRefusal.option("tls")) { try SMTPSettings("smtps://mail.menpan.example?tls=off") }
        #expect(throws: SMTPRefusal.option("verify")) { try SMTPSettings("smtp://mail.menpan.example?verify=no") }
    }
}
