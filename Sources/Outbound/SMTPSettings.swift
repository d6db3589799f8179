import Foundation
import Kernel

/// Where mail is handed over: `smtp://user:password@host:port` (STARTTLS) or `smtps://…` (TLS from the first byte).
///
/// STARTTLS is required unless the host is this machine; `?tls=off` and `?tls=on` say otherwise. `?ca=FILE` names a PEM
/// file of authorities to trust instead of the system's.
package struct SMTPSettings: Sendable, Hashable {
    package enum Security: Sendable, Hashable { case none, startTLS, tls }

    package let host: String
    package let port: Int
    package let user: String?
    package let password: String?
    package let security: Security
    package let authorities: String?
    /// Seconds until the connection stands.
    package var connectTimeout = 10.0
    /// Seconds for one message, from connecting to the server's last word.
    package var timeout = 60.0

    /// Throws `SMTPRefusal`.
    package init(_ text: String) throws {
        guard let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty else {
            throw SMTPRefusal.address
        }
        guard parts.path.isEmpty || parts.path == "/", parts.fragment == nil else { throw SMTPRefusal.address }
        guard parts.scheme == "smtp" || parts.scheme == "smtps" else { throw SMTPRefusal.scheme }
        let encrypted = parts.scheme == "smtps"
        var tls: Bool?
        var authorities: String?
        for item in parts.queryItems ?? [] {
            switch (item.name, item.value) {
            case ("tls", "on"): tls = true
            case ("tls", "off") where !encrypted: tls = false
            case ("ca", let file?) where !file.isEmpty: authorities = file
            default: throw SMTPRefusal.option(item.name)
            }
        }
        self.host = host
        self.authorities = authorities
        user = parts.user
        password = parts.password
        port = parts.port ?? (encrypted ? 465 : 587)
        let loopback = ["localhost", "127.0.0.1", "::1", "[::1]"].contains(host)
        security = encrypted ? .tls : (tls ?? !loopback) ? .startTLS : .none
        guard (1...65_535).contains(port) else { throw SMTPRefusal.address }
        guard (user == nil) == (password == nil) else { throw SMTPRefusal.password }
    }

    /// Host and port, without the password: for logs and pages.
    package var name: String { "\(host):\(port)" }
}

/// Why a mail server's address is not taken.
package enum SMTPRefusal: Refusal, Hashable {
    case address, scheme, password
    case option(String)

    package var kind: RefusalKind { .malformed }

    package var message: Phrase {
        switch self {
        case .address:
            Phrase(
                "Tulis peladen surel sebagai smtp://PENGGUNA:SANDI@HOST:PORT; sandi dengan tanda khusus ditulis dengan %.",
                "Write the mail server as smtp://USER:PASSWORD@HOST:PORT; special characters of a password by %.")
        case .scheme:
            Phrase(
                "Alamat peladen surel dimulai dengan smtp:// atau smtps://.",
                "A mail server's address begins with smtp:// or smtps://.")
        case .password:
            Phrase(
                "Tulis pengguna dan sandi peladen surel, atau keduanya tidak.",
                "Write both the user and the password of the mail server, or neither.")
        case .option(let name):
            Phrase(
                "Pilihan \(name) peladen surel tidak dikenal. Yang ada: tls=on, tls=off (bukan untuk smtps) dan ca=BERKAS.",
                "The mail server's option \(name) is not known. There are: tls=on, tls=off (not for smtps) and ca=FILE."
            )
        }
    }
}
