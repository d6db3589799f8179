import Support

/// What somebody was answered, without what is different in every answer: equal when nothing can be told from it.
struct Seen: Equatable {
    let status: Int
    var fields: [String]
    let body: [UInt8]

    /// What came, without what is different in every answer.
    init(_ answer: HTTPClient.Response) {
        status = answer.status
        fields = ["location", "content-type", "content-disposition", "etag", "last-modified", "cache-control"]
            .compactMap { name in answer[name].map { "\(name): \($0)" } }
        guard answer["content-type"]?.contains("sheet") != true else {
            body = answer.body
            return
        }
        var text = answer.text.replacing(/name="token" value="[^"]*"/, with: "token").replacing(
            /DTSTAMP:[0-9TZ]+/, with: "DTSTAMP")
        // A page that says when it was counted differs from minute to minute, and its tag with it.
        if text.contains(/\d\d\.\d\d WIB/) { fields.removeAll { $0.hasPrefix("etag") } }
        // Times of the clock, and the numbers that sessions, accounts and messages happen to have.
        text = text.replacing(/\d\d\.\d\d WIB/, with: "WIB").replacing(/\d{4}-\d\d-\d\dT[0-9:.]+Z/, with: "time")
        text = text.replacing(/\d+ jam \d+ menit lagi/, with: "lagi").replacing(/data-left="\d+"/, with: "left")
        if let request = answer["x-request-id"] { text = text.replacing(request, with: "request") }
        body = Array(text.utf8)
    }

    /// Where two differ, for people.
    func difference(_ other: Seen) -> String {
        let at = zip(body, other.body).prefix { $0 == $1 }.count
        func near(_ bytes: [UInt8]) -> String {
            String(decoding: bytes[max(0, min(at, bytes.count) - 60)..<min(bytes.count, at + 100)], as: UTF8.self)
        }
        return "\(status) \(fields) …\(near(body))… ≠ \(other.status) \(other.fields) …\(near(other.body))…"
    }
}
