import Foundation

/// Who works on a delivery: the machine, the process, and one claim of it. What a process of this machine that is gone
/// held is free at once; what another machine held, when its lease ends.
struct RunHolder: Sendable, Hashable {
    let name: String

    private static let process = String(UInt64.random(in: .min ... .max), radix: 36)
    private static let host = ProcessInfo.processInfo.hostName.replacing("|", with: "-")

    /// A new claim of this process.
    init() {
        name = "\(Self.host)|\(getpid())|\(Self.process)|\(UInt64.random(in: .min ... .max))"
    }

    /// Whether the process behind a holder's name is certainly gone.
    static func isGone(_ name: String) -> Bool {
        let parts = name.split(separator: "|")
        guard parts.count == 4, parts[0] == host, let number = pid_t(parts[1]), number > 0 else { return false }
        if number == getpid() { return parts[2] != process }
        return kill(number, 0) == -1 && errno == ESRCH
    }
}

/// Another worker took the delivery over, or somebody stopped it.
struct RunLost: Error {}
