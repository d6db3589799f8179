import Synchronization

/// Numbers for Prometheus, read when asked.
package final class Metrics: Sendable {
    enum Kind: String { case counter, gauge, histogram }

    private struct Family: Sendable {
        let name: String
        let kind: String
        let help: String
        /// Appends the sample lines.
        let samples: @Sendable (inout String) -> Void
    }

    private let families = Mutex<[Family]>([])

    package init() {}

    /// A number that goes up and down. `name` in Prometheus' form, with its unit at the end.
    package func gauge(_ name: String, _ help: String, _ value: @escaping @Sendable () -> Double) {
        add(name, .gauge, help) { $0 += "\(name) \(Metrics.text(value()))\n" }
    }

    /// A number that only rises since the start. `name` ends in `_total`.
    package func counter(_ name: String, _ help: String, _ value: @escaping @Sendable () -> Double) {
        add(name, .counter, help) { $0 += "\(name) \(Metrics.text(value()))\n" }
    }

    func add(_ name: String, _ kind: Kind, _ help: String, _ samples: @escaping @Sendable (inout String) -> Void) {
        families.withLock { $0.append(Family(name: name, kind: kind.rawValue, help: help, samples: samples)) }
    }

    /// The text format of Prometheus, version 0.0.4.
    package func text() -> String {
        var out = ""
        for family in families.withLock({ $0 }).sorted(by: { $0.name < $1.name }) {
            out += "# HELP \(family.name) \(family.help)\n# TYPE \(family.name) \(family.kind)\n"
            family.samples(&out)
        }
        return out
    }

    static func text(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    }

    /// A label's value in quotes.
    static func quoted(_ text: String) -> String {
        var out = "\""
        for character in text {
            switch character {
            case "\\": out += "\\\\"
            case "\"": out += "\\\""
            case "\n": out += "\\n"
            default: out.append(character)
            }
        }
        return out + "\""
    }
}

/// How many requests, of which route, with what outcome, and how long they took.
final class RequestMetrics: Sendable {
    private struct Key: Hashable {
        let method: String
        let route: String
        let outcome: Int
    }

    private struct Series {
        var count: UInt64 = 0
        var seconds = 0.0
        /// Requests that took no longer than each bound, not yet summed up.
        var buckets = [UInt64](repeating: 0, count: RequestMetrics.bounds.count)

        mutating func add(_ more: Double, _ bucket: Int?) {
            count += 1
            seconds += more
            if let bucket { buckets[bucket] += 1 }
        }
    }

    static let bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    private let series = Mutex<[Key: Series]>([:])
    private let running = Atomic<Int>(0)
    private let connections = Atomic<Int>(0)

    init(_ metrics: Metrics) {
        metrics.add("simpul_http_requests_total", .counter, "Requests answered.") { [self] in counts(&$0) }
        metrics.add(
            "simpul_http_request_duration_seconds", .histogram, "From the request's header to the answer's end."
        ) {
            [self] in durations(&$0)
        }
        metrics.gauge("simpul_http_requests_running", "Requests being answered by a handler.") { [self] in
            Double(running.load(ordering: .relaxed))
        }
        metrics.gauge("simpul_http_connections", "Open connections.") { [self] in
            Double(connections.load(ordering: .relaxed))
        }
    }

    func began() { running.wrappingAdd(1, ordering: .relaxed) }
    func left() { running.wrappingSubtract(1, ordering: .relaxed) }
    func connected() { connections.wrappingAdd(1, ordering: .relaxed) }
    func disconnected() { connections.wrappingSubtract(1, ordering: .relaxed) }

    func record(method: String, route: String, status: Int, seconds: Double) {
        let bucket = RequestMetrics.bounds.firstIndex { seconds <= $0 }
        series.withLock { series in
            let key = Key(method: method, route: route, outcome: status / 100)
            series[key, default: Series()].add(seconds, bucket)
        }
    }

    private func sorted() -> [(labels: String, series: Series)] {
        series.withLock { $0 }.map { key, series in
            let labels =
                "method=\(Metrics.quoted(key.method)),route=\(Metrics.quoted(key.route)),status=\"\(key.outcome)xx\""
            return (labels, series)
        }.sorted { $0.labels < $1.labels }
    }

    private func counts(_ out: inout String) {
        for (labels, series) in sorted() { out += "simpul_http_requests_total{\(labels)} \(series.count)\n" }
    }

    private func durations(_ out: inout String) {
        let name = "simpul_http_request_duration_seconds"
        for (labels, series) in sorted() {
            var sum: UInt64 = 0
            for (bound, count) in zip(RequestMetrics.bounds, series.buckets) {
                sum += count
                out += "\(name)_bucket{\(labels),le=\"\(Metrics.text(bound))\"} \(sum)\n"
            }
            out += "\(name)_bucket{\(labels),le=\"+Inf\"} \(series.count)\n"
            out += "\(name)_sum{\(labels)} \(series.seconds)\n\(name)_count{\(labels)} \(series.count)\n"
        }
    }
}
