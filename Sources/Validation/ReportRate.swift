import Foundation
import Kernel
import Synchronization

/// How many reports one network may send: 5 an hour, 20 a day. Addresses are kept as salted hashes, in memory alone,
/// for a day at most; the salt is another one at each start.
package final class ReportRate: Sendable {
    package static let perHour = 5
    package static let perDay = 20
    /// Networks remembered at once; a flood of them makes the oldest forgotten first.
    static let most = 50_000

    private let sent = Mutex<[Int: [Instant]]>([:])
    private let salt = UInt64.random(in: .min ... .max)

    package init() {}

    /// Counts one report; throws `MistakeRefusal.tooMany` with the time from which the next is taken.
    package func count(from address: String, at now: Instant) throws(MistakeRefusal) {
        let key = key(address)
        let again = sent.withLock { sent -> Instant? in
            let day = now.adding(days: -1)
            let hour = Instant(milliseconds: now.milliseconds - 3_600_000)
            var times = (sent[key] ?? []).filter { $0 > day }
            let recent = times.filter { $0 > hour }
            if times.count >= Self.perDay, let first = times.first { return first.adding(days: 1) }
            if recent.count >= Self.perHour, let first = recent.first {
                return Instant(milliseconds: first.milliseconds + 3_600_000)
            }
            times.append(now)
            sent[key] = times
            if sent.count > Self.most {
                sent = sent.filter { ($0.value.last ?? day) > day }
                let ages = sent.values.compactMap(\.last).sorted()
                if sent.count > Self.most / 2 {
                    let edge = ages[sent.count / 2]
                    sent = sent.filter { ($0.value.last ?? edge) >= edge }
                }
            }
            return nil
        }
        if let again { throw .tooMany(again: again) }
    }

    /// An IPv4 address, or the 64 bits of an IPv6 one that name the network.
    private func key(_ address: String) -> Int {
        var hasher = Hasher()
        hasher.combine(salt)
        var v6 = in6_addr()
        if inet_pton(AF_INET6, address, &v6) == 1 {
            withUnsafeBytes(of: v6) { for byte in $0.prefix(8) { hasher.combine(byte) } }
        } else {
            hasher.combine(address)
        }
        return hasher.finalize()
    }
}
