import CCurl
import Foundation

/// One HTTP exchange on the calling thread.
final class HTTPTransfer {
    private let request: OutboundRequest
    private let stopped: StopSign
    private let own: Set<NetworkAddress>
    private var headers: [OutboundRequest.Header] = []
    private var headerBytes = 0
    private var body: [UInt8] = []
    private var tooLarge = false
    private var ownNetwork = false

    init(_ request: OutboundRequest, stopped: StopSign) {
        self.request = request
        self.stopped = stopped
        own = request.publicOnly ? NetworkAddress.own() : []
    }

    func run() throws -> OutboundReply {
        let handle = try CurlHandle()
        try configure(handle)
        let code = handle.perform()
        guard code == CURLE_OK else { throw fault(code, handle) }
        return OutboundReply(status: handle.status, headers: headers, body: body)
    }

    private func configure(_ handle: CurlHandle) throws {
        let lower = request.address.prefix(8).lowercased()
        let encrypted = lower.hasPrefix("https://")
        guard encrypted || lower.hasPrefix("http://") else {
            throw OutboundFault.malformed("the address is neither http nor https")
        }
        try handle.set(CURLOPT_URL, request.address)
        try handle.set(CURLOPT_PROTOCOLS_STR, "http,https")
        try handle.set(CURLOPT_REDIR_PROTOCOLS_STR, encrypted ? "https" : "http,https")
        try handle.set(CURLOPT_FOLLOWLOCATION, request.redirects > 0 ? 1 : 0)
        try handle.set(CURLOPT_MAXREDIRS, min(max(0, request.redirects), 20))
        try handle.set(CURLOPT_USERAGENT, "Simpul")
        try handle.set(CURLOPT_HTTPHEADER, request.headers.map { "\($0.name): \($0.value)" })
        try handle.seconds(CURLOPT_CONNECTTIMEOUT_MS, request.connectTimeout)
        try handle.seconds(CURLOPT_TIMEOUT_MS, request.timeout)
        if let pace = request.slowest {
            try handle.set(CURLOPT_LOW_SPEED_LIMIT, pace.bytes)
            try handle.set(CURLOPT_LOW_SPEED_TIME, max(1, Int(pace.seconds)))
        }
        if let file = request.authorities { try handle.set(CURLOPT_CAINFO, file) }
        if request.method == .post {
            try handle.set(CURLOPT_POST, 1)
            try handle.set(CURLOPT_POSTFIELDSIZE, request.body.count)
            var bytes = request.body.isEmpty ? [0] : request.body
            try bytes.withUnsafeMutableBytes { buffer in
                if let start = buffer.baseAddress { try handle.set(CURLOPT_COPYPOSTFIELDS, start) }
            }
        }
        let me = Unmanaged.passUnretained(self).toOpaque()
        try handle.set(CURLOPT_WRITEDATA, me)
        try handle.set(CURLOPT_WRITEFUNCTION) { bytes, _, count, me in
            HTTPTransfer.from(me).take(body: bytes, count) ? count : 0
        }
        try handle.set(CURLOPT_HEADERDATA, me)
        try handle.set(CURLOPT_HEADERFUNCTION) { bytes, _, count, me in
            HTTPTransfer.from(me).take(header: bytes, count) ? count : 0
        }
        try handle.set(CURLOPT_NOPROGRESS, 0)
        try handle.set(CURLOPT_XFERINFODATA, me)
        _ = simpul_curl_on_progress(handle.pointer) { me, _, _, _, _ in HTTPTransfer.from(me).stopped.isRaised ? 1 : 0 }
        if request.publicOnly {
            try handle.set(CURLOPT_PROXY, "")
            try handle.set(CURLOPT_OPENSOCKETDATA, me)
            _ = simpul_curl_on_socket(handle.pointer) { me, _, target in
                guard let target, HTTPTransfer.from(me).admits(&target.pointee.addr) else { return -1 }
                return socket(target.pointee.family, target.pointee.socktype, target.pointee.protocol)
            }
        }
    }

    private static func from(_ pointer: UnsafeMutableRawPointer?) -> HTTPTransfer {
        Unmanaged<HTTPTransfer>.fromOpaque(pointer.unsafelyUnwrapped).takeUnretainedValue()
    }

    private func take(body bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Bool {
        guard body.count + count <= request.mostBytes else {
            tooLarge = true
            return false
        }
        body.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
        return true
    }

    private func take(header bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Bool {
        headerBytes += count
        guard headerBytes <= 64 << 10 else {
            tooLarge = true
            return false
        }
        let line = String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self)
        if line.hasPrefix("HTTP/") {
            // The next answer of a chain of redirects, or the one after "100 Continue".
            headers = []
        } else if let colon = line.firstIndex(of: ":") {
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespacesAndNewlines)
            headers.append(.init(String(line[..<colon]), value))
        }
        return true
    }

    /// Asked for each address libcurl is about to connect to, after resolving: nothing can change in between.
    private func admits(_ address: UnsafePointer<sockaddr>) -> Bool {
        guard let address = NetworkAddress(address), address.isPublic, !own.contains(address) else {
            ownNetwork = true
            return false
        }
        return true
    }

    private func fault(_ code: CURLcode, _ handle: CurlHandle) -> OutboundFault {
        let reason = handle.reason(code)
        if tooLarge { return .tooLarge(request.mostBytes) }
        switch code {
        case CURLE_ABORTED_BY_CALLBACK: return .stopped
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: return .malformed(reason)
        case CURLE_COULDNT_CONNECT where ownNetwork: return .ownNetwork
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_COULDNT_RESOLVE_PROXY:
            return .unreachable(reason)
        case CURLE_OPERATION_TIMEDOUT: return .timeout(reason)
        case CURLE_TOO_MANY_REDIRECTS: return .tooManyRedirects
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR:
            return .untrusted(reason)
        default: return .other(reason)
        }
    }
}
