import Foundation
import Kernel
import Outbound

/// How an address is fetched, with everything that bounds it.
///
/// Another kind of source gets its own way to fetch beside `pull`, with the same answer.
package struct Fetching: Sendable {
    /// The most bytes of an answer.
    package var mostBytes = 200 << 20
    package var redirects = 5
    /// Seconds for the whole of it.
    package var timeout = 900.0
    /// Seconds for which it may come slower than `slowest` bytes a second.
    package var patience = 30.0
    package var slowest = 1000

    package init() {}

    enum Answer: Sendable {
        case notModified
        case body([UInt8], etag: String?, modified: String?)
    }

    /// Fetches an address. Throws `RunRefusal`, `TableRefusal.html`, `CancellationError`.
    ///
    /// - Parameters:
    ///   - etag, modified: what the address said of the state that is known; a 304 then answers.
    func pull(_ terms: Source.Terms, etag: String?, modified: String?) async throws -> Answer {
        guard terms.kind == .address else { throw SourceRefusal.noFetcher }
        var headers = [
            OutboundRequest.Header(
                "Accept", "text/csv, application/json, application/x-ndjson, application/octet-stream;q=0.9, */*;q=0.5")
        ]
        if let etag { headers.append(.init("If-None-Match", etag)) }
        if let modified { headers.append(.init("If-Modified-Since", modified)) }
        var request = OutboundRequest.get(terms.address ?? "", headers: headers)
        request.mostBytes = mostBytes
        request.redirects = redirects
        request.timeout = timeout
        request.connectTimeout = 15
        request.slowest = .init(bytes: slowest, seconds: patience)
        request.publicOnly = !terms.isLocal
        let reply: OutboundReply
        do { reply = try await Outbound.send(request) } catch let fault as OutboundFault {
            if fault == .stopped { throw CancellationError() }
            throw RunRefusal.fetch(Self.words(fault))
        }
        if reply.status == 304, etag != nil || modified != nil { return .notModified }
        guard reply.status == 200 else { throw RunRefusal.status(reply.status) }
        let type = reply.header("Content-Type")?.lowercased() ?? ""
        if type.hasPrefix("text/html") || type.hasPrefix("application/xhtml") { throw TableRefusal.html }
        return .body(reply.body, etag: reply.header("ETag"), modified: reply.header("Last-Modified"))
    }

    private static func words(_ fault: OutboundFault) -> Phrase {
        switch fault {
        case .ownNetwork:
            Phrase(
                "Alamat ini ada di mesin atau jaringan portal sendiri. Jika memang benar, izinkan jaringan sendiri pada sumber ini.",
                "This address lies on the portal's own machine or network. If that is meant, allow it in the source's settings."
            )
        case .tooManyRedirects:
            Phrase(
                "Alamat ini terus mengalihkan ke alamat lain. Isi alamat akhirnya.",
                "This address redirects again and again. Give the final address.")
        case .tooLarge(let bytes):
            Phrase(
                "Jawaban lebih dari \(bytes >> 20) MB. Minta pemilik data membaginya.",
                "The answer is larger than \(bytes >> 20) MB. Ask the data's owner to split it.")
        case .timeout:
            Phrase(
                "Alamat ini terlalu lambat menjawab. Coba lagi nanti, atau unggah berkasnya.",
                "The address answers too slowly. Try again later, or upload the file.")
        case .untrusted:
            Phrase(
                "Sertifikat TLS alamat ini tidak dapat dipercaya. Hubungi pemilik data.",
                "The TLS certificate of this address cannot be trusted. Call the data's owner.")
        case .malformed:
            Phrase("Alamat ini tidak dapat dibuka. Periksa tulisannya.", "This address cannot be opened. Check it.")
        case .unreachable, .stopped, .other:
            Phrase(
                "Alamat ini tidak dapat dihubungi. Coba lagi nanti.", "The address does not answer. Try again later.")
        }
    }
}
