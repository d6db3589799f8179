import Hummingbird
import Kernel
import Logging
import NIOCore
import NIOHTTP1

/// What an error page shows: never what went wrong inside, always what a person can do.
package struct ErrorNotice: Sendable {
    /// The HTTP status.
    package let status: Int
    package let title: Phrase
    package let message: Phrase
    /// Each field that is wrong and what to do about it.
    package let problems: [Problem]
    package let requestID: String
    /// The path and query that were asked for, as sent.
    package let target: String
}

/// An answer that HTTP itself calls for.
struct HTTPFault: Error {
    let status: Int
    let message: Phrase
    let fields: [Field]

    init(status: Int, _ message: Phrase, fields: [Field] = []) {
        self.status = status
        self.message = message
        self.fields = fields
    }

    init(_ status: HTTPResponse.Status, accepted: String) {
        self.init(
            status: status.code,
            Phrase(
                "Jenis isi yang diterima di alamat ini: \(accepted).",
                "This address takes the content type \(accepted)."),
            fields: [Field("Accept", accepted)])
    }

    static func method(allowed: String) -> HTTPFault {
        HTTPFault(
            status: 405,
            Phrase("Alamat ini hanya melayani: \(allowed).", "This address only serves: \(allowed)."),
            fields: [Field("Allow", allowed)])
    }

    static let notFound = HTTPFault(
        status: 404,
        Phrase(
            "Alamat ini tidak ada. Periksa ejaannya atau cari dari beranda.",
            "There is nothing at this address. Check its spelling or search from the home page."))

    static let notAcceptable = HTTPFault(
        status: 406,
        Phrase("Alamat ini menjawab dengan application/json.", "This address answers in application/json."))

    static let targetTooLong = HTTPFault(
        status: 414,
        Phrase(
            "Alamat atau kata kunci terlalu panjang. Persingkat lalu coba lagi.",
            "The address or the search words are too long. Shorten them and try again."))

    static let bodyTooLarge = HTTPFault(
        status: 413,
        Phrase("Isi yang dikirim terlalu besar untuk alamat ini.", "What was sent is too large for this address."))
}

/// The one place that turns errors into answers.
struct ErrorPages: Sendable {
    /// Draws the notice in the site's layout.
    let page: @Sendable (ErrorNotice, Context) -> HTML

    func response(to error: any Error, for request: Request, in context: Context) -> Response {
        answer(to: error, for: request, in: context).response(to: request, in: context)
    }

    private func answer(to error: any Error, for request: Request, in context: Context) -> Answer {
        switch error {
        case let refusal as any Refusal:
            let fields = refusal.kind == .unavailable ? [Field("Retry-After", "5")] : []
            return answer(refusal.kind.status, refusal.message, refusal.problems, fields, request, context)
        case let fault as HTTPFault:
            return answer(fault.status, fault.message, [], fault.fields, request, context)
        case is NIOTooManyBytesError:
            return self.answer(to: HTTPFault.bodyTooLarge, for: request, in: context)
        case is HTTPParserError, is ChannelError, is IOError, is CancellationError:
            // The client went away or broke off; nobody reads this answer.
            return answer(400, ErrorPages.title(400), [], [], request, context)
        case let error as HTTPError:
            return answer(error.status.code, ErrorPages.title(error.status.code), [], [], request, context)
        default:
            context.logger.error(
                "a request failed", metadata: ["error": "\(String(reflecting: error))", "path": "\(request.uri.path)"])
            let message = Phrase(
                "Kesalahan ada pada kami. Coba lagi sebentar lagi; bila berulang, sebutkan kode permintaan.",
                "The mistake is ours. Try again in a moment; if it happens again, tell us the request code.")
            return answer(500, message, [], [], request, context)
        }
    }

    private func answer(
        _ status: Int, _ message: Phrase, _ problems: [Problem], _ fields: [Field], _ request: Request,
        _ context: Context
    ) -> Answer {
        let notice = ErrorNotice(
            status: status, title: ErrorPages.title(status), message: message, problems: problems,
            requestID: context.requestID, target: request.target)
        var answer: Answer
        if SecurityFields.isAPI(request.uri.path) || ErrorPages.prefersJSON(request.headers[.accept]) {
            answer = ErrorPages.problemDocument(notice, context.language)
        } else {
            answer = .personal(page(notice, context), status: status)
        }
        answer.fields += fields
        return answer
    }

    /// RFC 9457.
    private static func problemDocument(_ notice: ErrorNotice, _ language: Language) -> Answer {
        var out = Array("{\"type\":\"about:blank\",\"title\":".utf8)
        appendJSON(language.say(notice.title), to: &out)
        out += ",\"status\":\(notice.status),\"detail\":".utf8
        appendJSON(language.say(notice.message), to: &out)
        out += ",\"request_id\":".utf8
        appendJSON(notice.requestID, to: &out)
        if !notice.problems.isEmpty {
            out += ",\"errors\":[".utf8
            for (place, problem) in notice.problems.enumerated() {
                out += (place == 0 ? "{\"field\":" : ",{\"field\":").utf8
                appendJSON(problem.field, to: &out)
                out += ",\"message\":".utf8
                appendJSON(language.say(problem.message), to: &out)
                out += "}".utf8
            }
            out += "]".utf8
        }
        out += "}".utf8
        return .bytes(out, type: "application/problem+json", sharing: .personal, status: notice.status)
    }

    private static func prefersJSON(_ accept: String?) -> Bool {
        guard let accept, accept.contains("json") else { return false }
        let json = max(
            Acceptance.weight(of: "application/json", in: accept),
            Acceptance.weight(of: "application/problem+json", in: accept))
        return json > Acceptance.weight(of: "text/html", in: accept)
    }

    static func title(_ status: Int) -> Phrase {
        switch status {
        case 400: Phrase("Permintaan tidak terbaca", "The request cannot be read")
        case 401: Phrase("Perlu masuk", "Please sign in")
        case 403: Phrase("Tidak berwenang", "Not allowed")
        case 404: Phrase("Halaman tidak ditemukan", "Page not found")
        case 405: Phrase("Cara meminta tidak dilayani", "Method not served")
        case 406: Phrase("Bentuk jawaban tidak tersedia", "No such form of answer")
        case 409: Phrase("Keadaan sudah berubah", "Things have changed")
        case 410: Phrase("Sudah ditarik", "Withdrawn")
        case 413: Phrase("Terlalu besar", "Too large")
        case 414: Phrase("Alamat terlalu panjang", "Address too long")
        case 415: Phrase("Jenis isi tidak diterima", "Content type not accepted")
        case 422: Phrase("Isian perlu diperbaiki", "Something needs correcting")
        case 501: Phrase("Cara meminta tidak dikenal", "Unknown method")
        case 503: Phrase("Layanan sedang tidak tersedia", "Service unavailable for now")
        default:
            status < 500
                ? Phrase("Permintaan ditolak", "Request refused") : Phrase("Terjadi kesalahan", "Something went wrong")
        }
    }
}

extension RefusalKind {
    /// The HTTP status that answers it.
    package var status: Int {
        switch self {
        case .malformed: 400
        case .forbidden: 403
        case .missing: 404
        case .conflict: 409
        case .gone: 410
        case .tooLarge: 413
        case .invalid: 422
        case .unavailable: 503
        }
    }
}
