import Foundation
import Kernel
import Web

/// A certificate: who was given what, when, by which decree, whether it stands, and how to check that without asking.
enum CertificateView {
    static func page(_ shown: Awards.Shown, address: String, hasPDF: Bool, _ frame: Frame) -> HTML {
        let (award, said) = (shown.award, shown.award.statement)
        let title = "\(said.tier.name): \(said.innovation.title)"
        return Layout.page(
            frame,
            PageHead(
                title, description: frame.say("Piagam \(award.serial).", "Certificate \(award.serial)."),
                place: .competitions,
                crumbs: [
                    Crumb(frame.say("Kompetisi", "Competitions"), frame.to(.path("kompetisi"))),
                    Crumb(said.edition.name, frame.to(.path("kompetisi", award.editionCode))),
                ]),
            """
            <link rel="stylesheet" href="\(frame.asset("piagam.css"))">
            \(standing(shown, frame))
            \(sheet(shown, qr: "<img src=\"\(Address.path("penghargaan", award.serial + ".svg"))\" alt=\"\(frame.say("Kode QR ke halaman ini", "QR code of this page"))\" width=\"132\" height=\"132\">", address, frame))
            <section class="screen" aria-labelledby="periksa"><h2 id="periksa">\(frame.say("Cara memeriksa keasliannya", "How to check it"))</h2>
            <ol>
            <li><a href="\(Address.path("penghargaan", award.serial + ".json"))" download>\(frame.say("Unduh pernyataan bertanda tangan", "Download the signed statement"))</a> (JSON).</li>
            <li>\(frame.say("Buka", "Open")) <a href="\(frame.to(.path("penghargaan", "periksa")))">\(frame.say("halaman pemeriksaan", "the page that verifies"))</a>\
            \(frame.say("; pemeriksaan berjalan di peramban Anda, tanpa jaringan.", "; it works in your browser, without a network."))</li>
            <li>\(frame.say("Atau dengan perintah", "Or with the command")) <code>simpul award verify \(award.serial).json</code>.</li>
            </ol>
            <p>\(frame.say("Kunci", "Key")) <code>\(award.file.key.id)</code>\(shown.hasRetiredKey ? " (\(frame.say("sudah diganti; tanda tangannya tetap sah", "replaced since; its signatures stay valid")))" : ""), \
            <a href="\(frame.to(.path("penghargaan", "kunci")))">\(frame.say("semua kunci", "all keys"))</a>.</p>
            <p>\(hasPDF
                ? "<a class=\"button\" href=\"\(Address.path("penghargaan", award.serial + ".pdf"))\">\(frame.say("Unduh PDF", "Download the PDF"))</a>"
                : "\(frame.say("Untuk menyimpannya sebagai PDF, cetak halaman ini dari peramban; yang tercetak hanya piagamnya.", "To keep it as a PDF, print this page from the browser; only the certificate is printed."))")</p></section>
            """)
    }

    /// The certificate alone as a document, for a program that makes PDFs.
    static func document(
        _ shown: Awards.Shown, code: QRCode?, address: String, style: String, mark: String, _ frame: Frame
    ) -> HTML {
        let picture = html(code) { code -> HTML in
            """
            <img src="\(embedded(QRView.image(code).text))" alt="\(frame.say("Kode QR ke halaman piagam", "QR code of the certificate's page"))" width="132" height="132">
            """
        }
        let knot: HTML = "<img class=\"mark\" src=\"\(embedded(mark))\" alt=\"\">"
        return """
            <!doctype html>
            <html lang="\(frame.language.rawValue)"><head><meta charset="utf-8">
            <title>\(shown.award.statement.tier.name): \(shown.award.statement.innovation.title)</title>
            <meta name="author" content="\(shown.award.statement.edition.name)">
            <style>\(HTML(stringLiteral: style.replacing("</", with: "")))</style></head>
            <body>\(standing(shown, frame))\(sheet(shown, qr: picture, mark: knot, address, frame))</body></html>
            """
    }

    // The program that makes PDFs fetches nothing, and styles no drawing within the text.
    private static func embedded(_ picture: String) -> String {
        "data:image/svg+xml;base64," + Data(picture.utf8).base64EncodedString()
    }

    /// What is said above everything else of an award that does not stand.
    private static func standing(_ shown: Awards.Shown, _ frame: Frame) -> HTML {
        guard let at = shown.award.revokedAt else { return .empty }
        let day = at.day().long(frame.language)
        let successor = html(shown.successor) { serial in
            """
             \(frame.say("Digantikan oleh", "Replaced by")) <a href="\(frame.to(.path("penghargaan", serial)))">\(serial)</a>.
            """
        }
        return NoticeView.notice(
            .bad, frame.say("Piagam ini dicabut pada \(day).", "This certificate was revoked on \(day)."),
            "\(frame.say("Alasan:", "Reason:")) \(shown.award.revocation ?? "")\(successor)")
    }

    private static func sheet(
        _ shown: Awards.Shown, qr: HTML, mark: HTML = Mark.small, _ address: String, _ frame: Frame
    ) -> HTML {
        let (award, said) = (shown.award, shown.award.statement)
        let on = Day(iso: said.decree.on)?.long(frame.language) ?? said.decree.on
        let issued = award.at.day().long(frame.language)
        return """
            <article class="certificate\(award.isStanding ? "" : " revoked")" aria-labelledby="piagam">
            <p class="knot">\(mark)</p>
            <p class="kind">\(frame.say("Piagam penghargaan", "Certificate of award"))</p>
            <p class="programme"\(frame.record)>\(said.edition.name)</p>
            <h1 id="piagam"\(frame.record)><span class="tier">\(said.tier.name)</span></h1>
            <p class="given">\(frame.say("diberikan kepada inovasi", "given to the innovation"))</p>
            <p class="what"\(frame.record)><a href="\(frame.to(.path("inovasi", String(said.innovation.id))))">\(said.innovation.title)</a></p>
            <p class="who"\(frame.record)>\(said.institution.name)</p>
            <div class="foot-row"><dl>
            <div><dt>\(frame.say("Keputusan", "Decree"))</dt><dd\(frame.record)>\(said.decree.number)</dd><dd>\(on)</dd></div>
            <div><dt>\(frame.say("Nomor piagam", "Certificate number"))</dt><dd><code>\(award.serial)</code></dd><dd>\(frame.say("diterbitkan \(issued)", "issued \(issued)"))</dd></div>
            <div><dt>\(frame.say("Keadaan", "State"))</dt><dd>\(award.isStanding
                ? StateView.state(.valid, frame.say("Berlaku", "Standing"))
                : StateView.state(.late, frame.say("Dicabut", "Revoked")))</dd></div>
            </dl><p class="qr">\(qr)</p></div>
            <p class="seal">\(frame.say(
                "Ditandatangani secara elektronik dengan Ed25519, kunci \(award.file.key.id), atas hasil versi \(said.result.version) bersidik \(said.result.digest.prefix(16)). Periksa di \(address)",
                "Signed electronically with Ed25519, key \(award.file.key.id), on version \(said.result.version) of the result with the digest \(said.result.digest.prefix(16)). Check it at \(address)"))</p>
            </article>
            """
    }

    /// The standing awards of an innovation, on its page.
    static func panel(_ awards: [Award], _ frame: Frame) -> HTML {
        guard !awards.isEmpty else { return .empty }
        return """
            <section aria-labelledby="piagam"><h2 id="piagam">\(frame.count(
                awards.count, "piagam yang dapat diperiksa", "certificate that can be verified",
                "certificates that can be verified"))</h2><ul>\(awards.html { award in
                    """
                    <li><a href="\(frame.to(.path("penghargaan", award.serial)))"\(frame.record)>\(award.statement.tier.name), \(award.statement.edition.name)</a> \
                    <span class="soft">\(award.serial)</span></li>

                    """
                })</ul></section>
            """
    }
}
