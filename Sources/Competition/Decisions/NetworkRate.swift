import Foundation
import Kernel
import Synchronization

/// How often one network may do something. Addresses are kept as salted hashes, in memory alone, for a day at most; the
/// salt is another one at each start.
package final class NetworkRate: Sendable {
    /// Networks remembered at once; a flood of them makes the oldest forgotten first.
    static let most = 50_000

    private let perHour: Int
    private let perDay: Int
    private let times = Mutex<[Int: [Instant]]>([:])
    private let salt = UInt64.random(in: .min ... .max)

    package init(perHour: Int, perDay: Int) {
        self.perHour = perHour
        self.perDay = perDay
    }

    /// Counts one; returns the moment from which the next is taken where it is one too many, nil where it is not.
    package func count(from address: String, at now: Instant) -> Instant? {
        let key = key(address)
        return times.withLock { times -> Instant? in
            let day = now.adding(days: -1)
            let hour = Instant(milliseconds: now.milliseconds - 3_600_000)
            var own = (times[key] ?? []).filter { $0 > day }
            let recent = own.filter { $0 > hour }
            if own.count >= perDay, let first = own.first { return first.adding(days: 1) }
            if recent.count >= perHour, let first = recent.first {
                return Instant(milliseconds: first.milliseconds + 3_600_000)
            }
            own.append(now)
            times[key] = own
            if times.count > Self.most {
                let ages = times.values.compactMap(\.last).sorted()
                let edge = max(day, ages[times.count / 2])
                times = times.filter { ($0.value.last ?? day) >= edge }
            }
            return nil
        }
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
