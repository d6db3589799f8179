import CCurl
import Foundation

/// One message as it goes to a mail server.
package struct Envelope: Sendable {
    package let from: String
    package let to: String
    /// The whole message with CRLF line ends; dots at line starts are doubled on the way.
    package let message: [UInt8]

    package init(from: String, to: String, message: [UInt8]) {
        self.from = from
        self.to = to
        self.message = message
    }
}

/// How a hand-over ended.
package enum MailOutcome: Sendable, Hashable {
    /// The server took it.
    case accepted
    /// The server is not reached, not trusted, or does not let us in: no message would get through now.
    case unreachable(String)
    /// The server refused this message for now (4xx).
    case postponed(String)
    /// The server refused this message for good (5xx).
    case refused(String)
    /// The connection was lost after the end of the message and before the server's word: it may have been taken.
    case unclear(String)
    /// The caller did not let the end of the message go out; the server never had a whole message.
    case withdrawn
}

extension Outbound {
    /// Hands one message to a mail server.
    ///
    /// - Parameter mayEnd: asked on a thread of its own when all but the end of the message has been given to the
    ///   connection; it may block to write this down. The end goes out only after it answered true, so that a process
    ///   that dies before has certainly not sent the message.
    package static func send(
        _ envelope: Envelope, by settings: SMTPSettings, mayEnd: @escaping @Sendable () -> Bool
    ) async -> MailOutcome {
        do {
            return try await run(on: mail) { try MailTransfer(envelope, settings, mayEnd).run() }
        } catch {
            return .unreachable("\(error)")
        }
    }
}

/// One SMTP exchange on the calling thread.
private final class MailTransfer {
    private let envelope: Envelope
    private let settings: SMTPSettings
    private let mayEnd: @Sendable () -> Bool
    private var given = 0
    private var ended = false
    private var withdrawn = false

    init(_ envelope: Envelope, _ settings: SMTPSettings, _ mayEnd: @escaping @Sendable () -> Bool) {
        self.envelope = envelope
        self.settings = settings
        self.mayEnd = mayEnd
    }

    func run() throws -> MailOutcome {
        guard [envelope.from, envelope.to].allSatisfy(MailTransfer.isPlain) else {
            return .refused("the address has characters that mail does not carry")
        }
        let handle = try CurlHandle()
        try configure(handle)
        return outcome(handle.perform(), handle)
    }

    /// Printable ASCII without white space and brackets: nothing that could end the command or add another.
    private static func isPlain(_ address: String) -> Bool {
        !address.isEmpty && address.utf8.allSatisfy { $0 > 32 && $0 < 127 && $0 != 60 && $0 != 62 }
    }

    private func configure(_ handle: CurlHandle) throws {
        let scheme = settings.security == .tls ? "smtps" : "smtp"
        let host = settings.host.contains(":") && !settings.host.hasPrefix("[") ? "[\(settings.host)]" : settings.host
        try handle.set(CURLOPT_URL, "\(scheme)://\(host):\(settings.port)/\(MailTransfer.ownName)")
        try handle.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        try handle.set(CURLOPT_PROXY, "")
        if settings.security == .startTLS { try handle.set(CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue)) }
        if let file = settings.authorities { try handle.set(CURLOPT_CAINFO, file) }
        if let user = settings.user, let password = settings.password {
            try handle.set(CURLOPT_USERNAME, user)
            try handle.set(CURLOPT_PASSWORD, password)
        }
        try handle.seconds(CURLOPT_CONNECTTIMEOUT_MS, settings.connectTimeout)
        try handle.seconds(CURLOPT_TIMEOUT_MS, settings.timeout)
        try handle.set(CURLOPT_MAIL_FROM, "<\(envelope.from)>")
        try handle.set(CURLOPT_MAIL_RCPT, ["<\(envelope.to)>"])
        try handle.set(CURLOPT_UPLOAD, 1)
        try handle.set(CURLOPT_READDATA, Unmanaged.passUnretained(self).toOpaque())
        try handle.set(CURLOPT_READFUNCTION) { buffer, size, count, me in
            Unmanaged<MailTransfer>.fromOpaque(me.unsafelyUnwrapped).takeUnretainedValue().give(buffer, size * count)
        }
    }

    /// Gives libcurl the next bytes. When it answers 0, libcurl writes the end of the message.
    private func give(_ buffer: UnsafeMutablePointer<CChar>?, _ room: Int) -> Int {
        let count = min(room, envelope.message.count - given)
        guard count > 0, let buffer else {
            guard ended || mayEnd() else {
                withdrawn = true
                return Int(CURL_READFUNC_ABORT)
            }
            ended = true
            return 0
        }
        UnsafeMutableRawBufferPointer(start: buffer, count: count)
            .copyBytes(from: envelope.message[given..<(given + count)])
        given += count
        return count
    }

    private func outcome(_ code: CURLcode, _ handle: CurlHandle) -> MailOutcome {
        if withdrawn { return .withdrawn }
        if code == CURLE_OK { return .accepted }
        let status = handle.status
        let reason = status >= 400 ? "\(status): \(handle.reason(code))" : handle.reason(code)
        if ended {
            switch status {
            case 400..<500: return .postponed(reason)
            case 500..<600: return .refused(reason)
            // The last word heard was the invitation to send the message.
            default: return .unclear(reason)
            }
        }
        // libcurl answers "send error" where MAIL, RCPT or DATA was refused; all else is about the server or our account.
        guard code == CURLE_SEND_ERROR else { return .unreachable(reason) }
        switch status {
        case 530, 534, 535, 538: return .unreachable(reason)
        case 400..<500: return .postponed(reason)
        case 500..<600: return .refused(reason)
        default: return .unreachable(reason)
        }
    }

    /// How this machine introduces itself: its name where it is one that mail carries.
    private static let ownName: String = {
        let name = ProcessInfo.processInfo.hostName
        let plain = name.utf8.allSatisfy {
            (48...57).contains($0) || (97...122).contains($0 | 32) || $0 == 45 || $0 == 46
        }
        return !name.isEmpty && plain ? name : "localhost"
    }()
}
