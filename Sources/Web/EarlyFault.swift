/// A refusal that comes before any page could be drawn: plain text in both languages.
struct EarlyFault: Sendable {
    let status: Int
    let text: String
    let head: [UInt8]

    private init(_ status: Int, _ reason: String, _ indonesian: String, _ english: String) {
        self.status = status
        text = "\(indonesian)\n\(english)\n"
        head = composed(
            "HTTP/1.1 \(status) \(reason)\r\n",
            [
                Field("Content-Type", "text/plain; charset=utf-8"), Field("Content-Length", String(text.utf8.count)),
                Field("Cache-Control", "no-store"),
            ] + SecurityFields.all)
    }

    static let malformed = EarlyFault(
        400, "Bad Request", "Permintaan tidak dapat dibaca.", "The request cannot be read.")
    static let tooSlow = EarlyFault(
        408, "Request Timeout", "Permintaan terlalu lama dikirim.", "The request took too long to arrive.")
    static let bodyTooLarge = EarlyFault(
        413, "Content Too Large", "Isi yang dikirim terlalu besar.", "What was sent is too large.")
    static let targetTooLong = EarlyFault(
        414, "URI Too Long", "Alamat terlalu panjang.", "The address is too long.")
    static let headerTooLarge = EarlyFault(
        431, "Request Header Fields Too Large", "Kepala permintaan terlalu besar.", "The request's header is too large."
    )
}
