import Foundation
import Kernel
import NIOCore

/// The stylesheet, the script and the marks, in memory, each below a path that holds the hash of its contents: a
/// changed file has a new address, so browsers may keep the old one for ever.
package final class Assets: Sendable {
    private let addresses: [String: Address]
    let answers: [String: StoredAnswer]

    /// Those that ship with Web.
    package convenience init() throws {
        try self.init(directory: Bundle.module.bundleURL.appendingPathComponent("Assets"))
    }

    /// The text of one that ships with Web, e.g. the stylesheet of something that is also made into a PDF.
    package static func text(_ name: String) throws -> String {
        try String(
            contentsOf: Bundle.module.bundleURL.appendingPathComponent("Assets").appendingPathComponent(name),
            encoding: .utf8)
    }

    /// Every file of a directory whose name does not begin with a dot.
    package init(directory: URL) throws {
        var addresses: [String: Address] = [:]
        var answers: [String: StoredAnswer] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
        where !name.hasPrefix(".") {
            let body = ByteBuffer(bytes: try Data(contentsOf: directory.appendingPathComponent(name)))
            let address = Address.path("aset", String(contentHash(body), radix: 36), name)
            func answer(_ cacheControl: String, _ route: String) -> StoredAnswer {
                StoredAnswer(
                    fields: [], type: Assets.type(name), body: body, cacheControl: cacheControl, until: nil,
                    route: route,
                    shared: SecurityFields.all, level: 9)
            }
            addresses[name] = address
            answers[address.text] = answer("public, max-age=31536000, immutable", "/aset/{hash}/{name}")
            if name == "mark.svg" { answers["/favicon.ico"] = answer("public, max-age=86400", "/favicon.ico") }
            // A worker reaches no further than where it lies, and its address is its identity: it has no hash.
            if name == "field-worker.js" { answers["/field-worker.js"] = answer("no-cache", "/field-worker.js") }
        }
        self.addresses = addresses
        self.answers = answers
    }

    /// The address of a file by its name. An unknown name gets an address that answers 404.
    package func address(_ name: String) -> Address { addresses[name] ?? .path("aset", "0", name) }

    private static func type(_ name: String) -> String {
        switch name.split(separator: ".").last {
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        case "png": "image/png"
        case "webp": "image/webp"
        case "ico": "image/x-icon"
        case "woff2": "font/woff2"
        case "json", "webmanifest": "application/manifest+json"
        case "txt": "text/plain; charset=utf-8"
        default: "application/octet-stream"
        }
    }
}
