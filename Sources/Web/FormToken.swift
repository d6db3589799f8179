import Hummingbird
import Kernel

/// What proves that a form was sent from a page of ours: a signed-in person's token, or for strangers one that is made
/// from a cookie of their own (double submit).
package enum FormToken {
    /// The name of the hidden field.
    package static let field = "token"
    static let cookie = "simpul_form"

    /// The token for forms on the page being answered, and the cookie to set when a stranger has none yet.
    package static func issue(_ request: Request, _ context: Context) -> (token: String, cookie: Field?) {
        if let visitor = context.visitor { return (visitor.formToken, nil) }
        if let known = request.cookie(cookie), plausible(known) { return (known, nil) }
        let fresh = (0..<4).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined()
        let secure = context.site.secure ? "; Secure" : ""
        return (fresh, Field("Set-Cookie", "\(cookie)=\(fresh); Path=/; HttpOnly; SameSite=Strict\(secure)"))
    }

    /// Throws `FormRefusal.token` unless the form carries the token of this visitor, sent from this site.
    package static func check(_ form: Query, _ request: Request, _ context: Context) throws {
        let given = form.parameters.first { $0.name == field }?.value ?? ""
        let wanted = context.visitor?.formToken ?? request.cookie(cookie).flatMap { plausible($0) ? $0 : nil } ?? ""
        guard !wanted.isEmpty, same(given, wanted) else { throw FormRefusal.token }
        if let site = request.headers.first("Sec-Fetch-Site"), site == "cross-site" { throw FormRefusal.token }
    }

    private static func plausible(_ token: String) -> Bool {
        (20...80).contains(token.utf8.count)
            && token.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0) }
    }

    // Without an early end, so that the time says nothing about the place of the difference.
    private static func same(_ a: String, _ b: String) -> Bool {
        let (a, b) = (Array(a.utf8), Array(b.utf8))
        guard a.count == b.count else { return false }
        return zip(a, b).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

/// Why a form is not taken.
package enum FormRefusal: Refusal, Equatable {
    case token

    package var kind: RefusalKind { .forbidden }
    package var message: Phrase {
        Phrase(
            "Formulir ini sudah terlalu lama terbuka atau tidak dikirim dari halaman kami. Buka halamannya lagi, lalu kirim ulang.",
            "This form was open for too long or was not sent from a page of ours. Open its page again and send it once more."
        )
    }
}

extension Request {
    /// The first value of a header field; nil when the request has none of that name.
    package func header(_ name: String) -> String? { headers.first(name) }

    /// The value of a cookie; nil when the request has none of that name.
    package func cookie(_ name: String) -> String? {
        for header in headers[values: .cookie] {
            for piece in header.split(separator: ";") {
                let pair = piece.trimmingPrefix(while: { $0 == " " })
                if pair.hasPrefix(name + "=") { return String(pair.dropFirst(name.count + 1)) }
            }
        }
        return nil
    }
}
