import Foundation
import Kernel
import Synchronization

/// One JSON line for each request, gathered and written in batches: a write call for every line would cost more than
/// the cached page it reports.
package final class RequestLog: Sendable {
    /// Takes whole lines.
    package typealias Sink = @Sendable ([UInt8]) -> Void

    private struct State {
        var lines: [UInt8] = []
        var second: Int64 = -1
        var stamp: [UInt8] = []
    }

    private let state = Mutex(State())
    private let sink: Sink
    private static let batch = 32 * 1024

    package init(_ sink: @escaping Sink) { self.sink = sink }

    /// To an open file descriptor, e.g. 1 for standard output.
    package convenience init(descriptor: Int32) {
        self.init { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
                if written < 0 {
                    if errno == EINTR || errno == EAGAIN { continue }
                    return
                }
                rest = rest.dropFirst(written)
            }
        }
    }

    /// Notes a finished request. The path is without its query, which may hold what a person typed.
    func note(
        id: String, method: String, target: String, status: Int, milliseconds: Double, bytes: Int, cached: Bool
    ) {
        let now = Instant.now()
        let full: [UInt8]? = state.withLock { state in
            let second = now.milliseconds / 1000
            if state.second != second {
                state.second = second
                state.stamp = Array("{\"time\":\"\(now.rfc3339.dropLast())".utf8)
            }
            state.lines += state.stamp
            state.lines.append(UInt8(ascii: "."))
            let thousandth = Int(now.milliseconds % 1000)
            for part in [thousandth / 100, thousandth / 10 % 10, thousandth % 10] {
                state.lines.append(UInt8(48 + part))
            }
            append("Z\",\"id\":\"", &state)
            append(id, &state)
            append("\",\"method\":", &state)
            appendJSON(method, to: &state.lines)
            append(",\"path\":", &state)
            appendJSON(String(target.prefix { $0 != "?" && $0 != "#" }.prefix(300)), to: &state.lines)
            append(",\"status\":", &state)
            append(String(status), &state)
            append(",\"ms\":", &state)
            let microseconds = Int(milliseconds * 1000)
            append(String(microseconds / 1000), &state)
            state.lines.append(UInt8(ascii: "."))
            for part in [microseconds / 100 % 10, microseconds / 10 % 10, microseconds % 10] {
                state.lines.append(UInt8(48 + part))
            }
            append(",\"bytes\":", &state)
            append(String(bytes), &state)
            append(cached ? ",\"cached\":true}\n" : "}\n", &state)
            return state.lines.count >= RequestLog.batch ? take(&state) : nil
        }
        if let full { sink(full) }
    }

    /// Writes what has gathered.
    package func flush() {
        let lines = state.withLock { $0.lines.isEmpty ? nil : take(&$0) }
        if let lines { sink(lines) }
    }

    private func append(_ text: String, _ state: inout State) { state.lines += text.utf8 }

    private func take(_ state: inout State) -> [UInt8] {
        let lines = state.lines
        state.lines = []
        state.lines.reserveCapacity(RequestLog.batch + 512)
        return lines
    }
}
