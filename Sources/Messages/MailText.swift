import Files
import Foundation
import Kernel

/// A mail as RFC 5322 text: plain UTF-8, quoted-printable, every header made safe here.
package struct MailText: Sendable, Hashable {
    package let from: String
    /// The name beside `from`.
    package let sender: String
    package let to: String
    package let subject: String
    package let body: String
    package let language: Language
    /// What it tells of; with `to` it makes the Message-ID, which is the same whenever the same message is tried again.
    package let facts: [String]
    package let date: Instant

    package init(
        from: String, sender: String, to: String, subject: String, body: String, language: Language, facts: [String],
        date: Instant
    ) {
        self.from = from
        self.sender = sender
        self.to = to
        self.subject = subject
        self.body = body
        self.language = language
        self.facts = facts
        self.date = date
    }

    /// The whole message with CRLF line ends.
    package var bytes: [UInt8] {
        let host = from.split(separator: "@").last.map(String.init) ?? "localhost"
        let digest = Digest(of: Array((facts + [to]).joined(separator: "\n").utf8)).hex.prefix(40)
        let head = [
            "Date: \(MailText.date(date))",
            "From: \(MailText.encoded(sender, after: 6, asPhrase: true)) <\(MailText.plain(from))>",
            "To: <\(MailText.plain(to))>",
            "Subject: \(MailText.encoded(subject, after: 9))",
            "Message-ID: <\(digest)@\(MailText.plain(host))>",
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
            "Content-Language: \(language.rawValue)",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: quoted-printable",
        ]
        return Array((head.joined(separator: "\r\n") + "\r\n\r\n" + MailText.quotedPrintable(body)).utf8)
    }

    /// Only what an address may hold; whatever could end the header is gone.
    private static func plain(_ address: String) -> String {
        String(decoding: address.utf8.filter { $0 > 32 && $0 < 127 && $0 != 60 && $0 != 62 }, as: UTF8.self)
    }

    /// A header's text: as it is when it is short printable ASCII, else RFC 2047 encoded words of at most 75
    /// characters, cut between characters and folded. Line ends and other controls become spaces.
    ///
    /// - Parameter asPhrase: a name beside an address, where punctuation has a meaning.
    static func encoded(_ text: String, after used: Int, asPhrase: Bool = false) -> String {
        let clean = text.unicodeScalars.map { $0.value < 32 || (127..<160).contains($0.value) ? " " : Character($0) }
        let line = String(clean).trimmingCharacters(in: .whitespaces)
        let plain = line.utf8.allSatisfy { byte in
            let atom = (48...57).contains(byte) || (97...122).contains(byte | 32) || byte == 32 || byte == 45
            return asPhrase ? atom : (32...126).contains(byte)
        }
        if plain, !line.isEmpty, !line.contains("=?"), line.utf8.count + used <= 76 { return line }
        var words: [String] = []
        var word: [UInt8] = []
        // 45 bytes make 60 characters of base64, and with the 12 around them fewer than the 75 allowed; the first word
        // shares its line with the header's name.
        for scalar in line.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if word.count + bytes.count > (words.isEmpty ? 36 : 45) {
                words.append("=?UTF-8?B?\(Data(word).base64EncodedString())?=")
                word = []
            }
            word += bytes
        }
        words.append("=?UTF-8?B?\(Data(word).base64EncodedString())?=")
        return words.joined(separator: "\r\n ")
    }

    /// RFC 2045 section 6.7: lines of at most 76 characters, CRLF line ends, one at the end.
    static func quotedPrintable(_ text: String) -> String {
        var out: [UInt8] = []
        let digits = Array("0123456789ABCDEF".utf8)
        let lines = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n").split(
            separator: "\n", omittingEmptySubsequences: false)
        for line in lines {
            var width = 0
            let bytes = Array(line.utf8)
            for (i, byte) in bytes.enumerated() {
                let isLast = i == bytes.count - 1
                let literal = (33...126).contains(byte) && byte != 61 || ((byte == 32 || byte == 9) && !isLast)
                let piece = literal ? [byte] : [61, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
                if width + piece.count > 75 {
                    out += [61, 13, 10]
                    width = 0
                }
                out += piece
                width += piece.count
            }
            out += [13, 10]
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// `Sun, 22 Nov 2026 02:36:18 +0000` (RFC 5322 section 3.3).
    static func date(_ instant: Instant) -> String {
        let day = Day(daysSince1970: Int((Double(instant.milliseconds) / 86_400_000).rounded(.down)))
        let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let weekday = weekdays[((day.daysSince1970 % 7) + 7) % 7]
        let clock = instant.rfc3339.split(separator: "T").last?.dropLast() ?? "00:00:00"
        return "\(weekday), \(day.day) \(months[day.month - 1]) \(day.year) \(clock) +0000"
    }
}
