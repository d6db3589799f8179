import Foundation
import Kernel

/// How guessing is slowed down. The first failures cost nothing; each further one doubles the wait, up to a cap; every
/// cap's length without a failure forgets one. While one waits nothing is tried and nothing is counted, so that asking
/// again does not prolong the wait.
///
/// Failures are counted apart for whoever is familiar to an account (a browser or an address from which it signed in
/// before) and for strangers: what strangers do to an account never makes its owner wait. So nobody can lock somebody
/// else out, at most make them wait where they never signed in (OWASP, "Slow down online guessing attacks with device
/// cookies").
package struct SlowDown: Sendable, Hashable {
    /// Failures without a wait.
    package let free: Int
    /// Seconds of the first wait.
    package let first: Int
    /// Seconds of the longest wait; also after how many one failure is forgotten.
    package let cap: Int

    package init(free: Int, first: Int = 2, cap: Int = 900) {
        self.free = free
        self.first = first
        self.cap = cap
    }

    /// For one account, or one browser or address at an account.
    package static let account = SlowDown(free: 5)
    /// For one address over all accounts: offices share one.
    package static let address = SlowDown(free: 20)

    /// The failures so far and when the last was.
    package struct Record: Sendable, Hashable {
        package let failures: Int
        package let last: Instant

        package init(failures: Int, last: Instant) {
            self.failures = failures
            self.last = last
        }
    }

    /// The failures that still count.
    package func remaining(_ record: Record, at: Instant) -> Int {
        let passed = max(0, at.milliseconds - record.last.milliseconds)
        return max(0, record.failures - Int(passed / Int64(cap * 1000)))
    }

    /// When the next try is open; nil when it is open now.
    package func opens(_ record: Record?, at: Instant) -> Instant? {
        guard let record else { return nil }
        let count = remaining(record, at: at)
        guard count >= free else { return nil }
        let wait = min(cap, first << min(20, count - free))
        let opens = Instant(milliseconds: record.last.milliseconds + Int64(wait) * 1000)
        // A clock that was set back must not close the door for longer than the cap.
        guard opens > at, opens.milliseconds - at.milliseconds <= Int64(cap) * 1000 else { return nil }
        return opens
    }

    /// The record after one more failure.
    package func failed(_ record: Record?, at: Instant) -> Record {
        // More would only make it take longer to forget.
        Record(failures: min(free + 10, (record.map { remaining($0, at: at) } ?? 0) + 1), last: at)
    }

    /// What addresses are counted by: an IPv6 network of 64 bits is one house; anything else is itself.
    package static func network(_ address: String) -> String {
        var parsed = in6_addr()
        guard address.contains(":"), inet_pton(AF_INET6, address, &parsed) == 1 else { return address }
        return withUnsafeBytes(of: &parsed) { bytes in
            // An IPv4 address inside IPv6 (::ffff:a.b.c.d) is that address.
            if bytes.prefix(12).elementsEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]) {
                return bytes.suffix(4).map(String.init).joined(separator: ".")
            }
            return bytes.prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "/64"
        }
    }
}
