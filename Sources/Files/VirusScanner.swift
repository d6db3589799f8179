import Foundation
import Kernel

/// ClamAV's daemon, spoken to by INSTREAM: the file is sent in pieces, so the daemon needs no access to the folder.
package struct VirusScanner: Sendable, Hashable {
    package enum Verdict: Sendable, Hashable {
        case clean
        /// The name of what was found.
        case infected(String)
        /// Nobody answered in time; asking again later makes sense.
        case unreachable
        /// It answered that it cannot scan this file, e.g. because it is larger than its own limit.
        case failed(String)
    }

    /// Why the setting is not taken.
    package enum AddressRefusal: Refusal, Hashable {
        case unreadable(String)

        package var kind: RefusalKind { .malformed }

        package var message: Phrase {
            switch self {
            case .unreadable(let text):
                Phrase(
                    "Alamat pemindai \"\(text)\" tidak terbaca. Tulis host:port, misalnya 127.0.0.1:3310, atau jalur soket.",
                    "The scanner's address \"\(text)\" is unreadable. Write host:port, such as 127.0.0.1:3310, or a socket's path."
                )
            }
        }
    }

    let address: SocketAddress

    /// From a setting: `host:port`, `[v6]:port`, or the absolute path of a unix socket.
    ///
    /// - Throws: `AddressRefusal`.
    package init(_ text: String) throws {
        if text.hasPrefix("/") {
            // The bound is that of a socket's address in the kernel.
            guard text.utf8.count < 108 else { throw AddressRefusal.unreadable(text) }
            address = .unix(text)
            return
        }
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]), port > 0
        else { throw AddressRefusal.unreadable(text) }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        guard !host.isEmpty, !host.contains("/"), !host.contains(" ") else { throw AddressRefusal.unreadable(text) }
        address = .tcp(host, port)
    }

    /// Sends a file and waits for the verdict; blocks its thread for at most about `patience` seconds.
    func scan(_ file: OpenFile, patience: Int) throws -> Verdict {
        guard let socket = ScannerSocket(address, patience: patience) else { return .unreachable }
        var sent = socket.send(Array("zINSTREAM\0".utf8))
        try file.each { piece in
            guard sent else { return }
            sent = socket.send(length(piece.count) + piece)
        }
        if sent { _ = socket.send(length(0)) }
        // Also when sending failed: a daemon that stops in the middle says why before it closes.
        return VirusScanner.verdict(socket.answer())
    }

    /// `stream: OK`, `stream: NAME FOUND`, or a reason with ERROR (clamd's manual, INSTREAM).
    static func verdict(_ answer: String) -> Verdict {
        let text = answer.trimmingCharacters(in: .whitespacesAndNewlines.union(["\0"]))
        let said = text.hasPrefix("stream: ") ? String(text.dropFirst(8)) : text
        if said == "OK" { return .clean }
        if said.hasSuffix(" FOUND") { return .infected(String(said.dropLast(6))) }
        return said.isEmpty ? .unreachable : .failed(said)
    }

    /// Four bytes, the most significant first.
    private func length(_ n: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: n >> $0) } }
}
