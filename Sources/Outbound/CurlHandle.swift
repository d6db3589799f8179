import CCurl
import Foundation
import Synchronization

/// One libcurl easy handle for one transfer, used by one thread.
final class CurlHandle {
    let pointer: UnsafeMutableRawPointer
    private var lists: [UnsafeMutablePointer<curl_slist>] = []
    private let message = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

    init() throws {
        guard Outbound.started, let handle = curl_easy_init() else {
            message.deallocate()
            throw OutboundFault.other("libcurl does not start")
        }
        pointer = handle
        message.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        try set(CURLOPT_ERRORBUFFER, UnsafeMutableRawPointer(message))
        // Name resolution must not interrupt other threads by SIGALRM.
        try set(CURLOPT_NOSIGNAL, 1)
        try set(CURLOPT_SSL_VERIFYPEER, 1)
        try set(CURLOPT_SSL_VERIFYHOST, 2)
        // A connection is never shared, so that a failure always belongs to the transfer that sees it.
        try set(CURLOPT_FORBID_REUSE, 1)
    }

    deinit {
        curl_easy_cleanup(pointer)
        for list in lists { curl_slist_free_all(list) }
        message.deallocate()
    }

    func set(_ option: CURLoption, _ value: Int) throws { try check(simpul_curl_long(pointer, option, value)) }

    /// Throws `malformed` for text with NUL, which C would cut.
    func set(_ option: CURLoption, _ value: String) throws {
        guard !value.utf8.contains(0) else { throw OutboundFault.malformed("NUL in a text") }
        try check(simpul_curl_text(pointer, option, value))
    }

    func set(_ option: CURLoption, _ value: UnsafeMutableRawPointer) throws {
        try check(simpul_curl_pointer(pointer, option, value))
    }

    /// Throws `malformed` for a line with a line end or NUL.
    func set(_ option: CURLoption, _ lines: [String]) throws {
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines {
            guard !line.utf8.contains(where: { $0 == 0 || $0 == 10 || $0 == 13 }) else {
                curl_slist_free_all(list)
                throw OutboundFault.malformed("a line end in a header")
            }
            list = curl_slist_append(list, line)
        }
        guard let list else { return }
        lists.append(list)
        try check(simpul_curl_list(pointer, option, list))
    }

    func set(_ option: CURLoption, _ callback: simpul_curl_transfer) throws {
        try check(simpul_curl_callback(pointer, option, callback))
    }

    func seconds(_ option: CURLoption, _ value: Double) throws { try set(option, max(1, Int(value * 1000))) }

    /// Blocks until the transfer ends; libcurl's verdict.
    func perform() -> CURLcode { curl_easy_perform(pointer) }

    /// The last answer's status; 0 when none came.
    var status: Int {
        var value = 0
        _ = simpul_curl_status(pointer, &value)
        return value
    }

    /// What went wrong, in libcurl's words.
    func reason(_ code: CURLcode) -> String {
        let own = String(cString: message)
        return own.isEmpty ? String(cString: curl_easy_strerror(code)) : own
    }

    private func check(_ code: CURLcode) throws {
        guard code == CURLE_OK else { throw OutboundFault.other(String(cString: curl_easy_strerror(code))) }
    }
}

/// Tells a transfer on another thread to stop.
final class StopSign: Sendable {
    private let raised = Atomic(false)

    var isRaised: Bool { raised.load(ordering: .relaxed) }
    func raise() { raised.store(true, ordering: .relaxed) }
}
