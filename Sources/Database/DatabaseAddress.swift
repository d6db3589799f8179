import Foundation
import Kernel

/// Where a database is: `sqlite:PATH` or `postgres://…` (anything libpq reads).
package enum DatabaseAddress: Sendable, Hashable, CustomStringConvertible {
    case sqlite(String)
    case postgres(String)

    package init(_ text: String) throws(DatabaseRefusal) {
        if text.hasPrefix("sqlite:"), text.count > 7 {
            self = .sqlite(String(text.dropFirst(7)))
        } else if text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") {
            self = .postgres(text)
        } else {
            throw .address(text)
        }
    }

    /// Without a password, fit for a log.
    package var description: String {
        switch self {
        case .sqlite(let path): return "sqlite:\(path)"
        case .postgres(let url):
            guard let at = url.lastIndex(of: "@"), let scheme = url.range(of: "://") else { return url }
            let user = url[scheme.upperBound..<at].prefix { $0 != ":" }
            return "postgres://\(user)\(url[at...])"
        }
    }
}
