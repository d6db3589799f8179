import Kernel
import Web

/// The readable description of the addresses for programs.
enum APIView {
    static func page(_ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let head = PageHead(
            say("Data lewat program", "Data for programs"),
            description: say(
                "Baca seluruh direktori inovasi sebagai JSON, tanpa kunci.",
                "Read the whole directory of innovations as JSON, without a key."),
            place: .data, crumbs: [Crumb(say("Data terbuka", "Open data"), frame.to(.path("data")))])
        return Layout.page(
            frame, head,
            """
            <h1>\(head.title)</h1>
            <p class="lead">\(say("Seluruh isi portal ini dapat dibaca sebagai JSON. Tanpa kunci dan tanpa mendaftar.", "Everything on this portal can be read as JSON. No key, no registration."))</p>
            <pre tabindex="0" role="region" aria-label="\(say("Contoh", "Example"))"><code>curl "\(frame.publicURL)/api/v1/innovations?q=stunting&amp;province=33"</code></pre>
            <ul>\(rules(frame).html { "<li>\($0)</li>" })</ul>
            <p><a class="button second" href="\(Address.path("api", "openapi.json"))">\(say("Uraian OpenAPI 3.1", "OpenAPI 3.1 document"))</a></p>
            \(Endpoint.allCases.html { endpoint($0, frame) })
            """)
    }

    private static func rules(_ frame: Frame) -> [String] {
        let say = frame.language.say(_:_:)
        return [
            say(
                "Nama saringan yang sama berarti “atau”, nama yang berbeda berarti “dan”.",
                "The same filter given again means “or”, different filters mean “and”."),
            say(
                "Halaman berikutnya: kirim isi next sebagai cursor. Di akhir daftar, next kosong (null).",
                "Next page: send the value of next as cursor. At the end of a list next is null."),
            say(
                "Yang belum diketahui bernilai null. Setiap data menyebut semua sumbernya.",
                "What is not known is null. Every record names all its sources."),
            say(
                "Permintaan yang ditolak dijawab dengan dokumen masalah (RFC 9457) yang menyebut apa yang perlu diubah.",
                "A refused request is answered with a problem document (RFC 9457) that says what to change."),
            say(
                "Jawaban membawa ETag; kirim kembali sebagai If-None-Match agar yang belum berubah tidak dikirim ulang.",
                "Answers carry an ETag; send it back as If-None-Match and what has not changed is not sent again."),
            say(
                "Untuk seluruh data, unduh berkasnya di halaman Data terbuka.",
                "For all the data, take the files on the page Open data."),
        ]
    }

    private static func endpoint(_ endpoint: Endpoint, _ frame: Frame) -> HTML {
        """
        <section><h2 id="\(endpoint.operation)">\(frame.language.say(endpoint.summary))</h2>
        <p><code>GET \(endpoint.rawValue)</code></p>
        \(parameters(endpoint.parameters, frame))</section>

        """
    }

    private static func parameters(_ parameters: [APIParameter], _ frame: Frame) -> HTML {
        guard !parameters.isEmpty else { return .empty }
        let say = frame.language.say(_:_:)
        return """
            <table class="stack"><thead><tr><th scope="col">\(say("Parameter", "Parameter"))</th>\
            <th scope="col">\(say("Arti", "Meaning"))</th><th scope="col">\(say("Isi", "Value"))</th></tr></thead><tbody>
            \(parameters.html { row($0, frame) })</tbody></table>
            """
    }

    private static func row(_ parameter: APIParameter, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let again = parameter.repeated ? say("; boleh diulang", "; may be repeated") : ""
        return """
            <tr><th scope="row"><code>\(parameter.name)</code></th>\
            <td data-label="\(say("Arti", "Meaning"))">\(frame.language.say(parameter.meaning))</td>\
            <td data-label="\(say("Isi", "Value"))">\(value(parameter, frame))\(again)</td></tr>

            """
    }

    private static func value(_ parameter: APIParameter, _ frame: Frame) -> String {
        let say = frame.language.say(_:_:)
        switch parameter.kind {
        case .text(let limit): return say("teks, paling banyak \(limit) huruf", "text of at most \(limit) characters")
        case .integer(let range):
            let usual = parameter.fallback.map { say("; bila kosong \($0)", "; by default \($0)") } ?? ""
            return say("\(range.lowerBound) sampai \(range.upperBound)", "\(range.lowerBound) to \(range.upperBound)")
                + usual
        case .choice, .filter:
            return say("salah satu yang tertulis di openapi.json", "one of those listed in openapi.json")
        case .marker: return say("penanda halaman", "a page marker")
        case .code, .number:
            return parameter.example.map { say("misalnya \($0)", "e.g. \($0)") } ?? ""
        }
    }
}
