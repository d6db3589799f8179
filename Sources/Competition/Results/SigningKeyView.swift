import Kernel
import Web

/// All keys that ever signed results and awards: past ones stay, since what they signed stays valid.
enum SigningKeyView {
    static func page(_ keys: [SigningKeys.Listed], _ frame: Frame) -> HTML {
        let title =
            keys.isEmpty
            ? frame.say("Belum ada kunci penanda tangan", "There is no signing key yet")
            : frame.count(keys.count, "kunci penanda tangan", "signing key", "signing keys")
        let rows = keys.map { listed in
            StackView.Row(
                "<code>\(listed.key.id)</code>", "<code class=\"raw\">\(listed.key.public)</code>",
                "\(listed.madeAt.day().long(frame.language))",
                listed.retiredAt.map {
                    "\(frame.say("sampai", "until")) \($0.day().long(frame.language))\(frame.say("; yang ditandatanganinya tetap sah", "; what it signed stays valid"))"
                } ?? "\(frame.say("dipakai sekarang", "in use"))")
        }
        let table =
            keys.isEmpty
            ? .empty
            : StackView.table(
                caption: frame.say("Terbaru lebih dulu", "The newest first"),
                columns: [
                    frame.say("Kunci", "Key"),
                    frame.say("Kunci publik (Ed25519, base64)", "Public key (Ed25519, base64)"),
                    frame.say("Sejak", "Since"), frame.say("Keadaan", "State"),
                ], rows)
        return Layout.page(
            frame,
            PageHead(
                title,
                description: frame.say(
                    "Kunci publik yang menandatangani hasil dan penghargaan, termasuk yang lama.",
                    "The public keys that sign results and awards, past ones included."), place: .competitions,
                crumbs: [Crumb(frame.say("Kompetisi", "Competitions"), frame.to(.path("kompetisi")))]),
            """
            <h1>\(title)</h1>
            <p>\(frame.say(
                "Setiap hasil dan piagam ditandatangani dengan salah satu kunci ini. Simpan daftarnya; dengan itu piagam dapat diperiksa tanpa bertanya kepada siapa pun.",
                "Every result and certificate is signed with one of these keys. Keep the list: with it a certificate can be checked without asking anybody."
            ))</p>
            \(table)
            <p><a href="\(Address.path("penghargaan", "kunci.json"))">JSON</a> · \
            <a href="\(frame.to(.path("penghargaan", "periksa")))">\(frame.say("Periksa piagam", "Verify a certificate"))</a></p>
            """)
    }
}
