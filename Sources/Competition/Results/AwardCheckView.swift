import Kernel
import Web

/// The page that verifies a signed statement in the browser; the keys lie in the page, so no network is needed.
enum AwardCheckView {
    static func page(_ keys: [SigningKeys.Listed], _ frame: Frame) -> HTML {
        let title = frame.say("Periksa piagam penghargaan", "Verify a certificate of award")
        let list = Dictionary(keys.map { ($0.key.id, $0.key.public) }, uniquingKeysWith: { a, _ in a })
        let known = Canonical.object(list.mapValues { .text($0) }).json
        return Layout.page(
            frame,
            PageHead(
                title,
                description: frame.say(
                    "Pemeriksaan berjalan di peramban, tanpa jaringan.", "It works in the browser, without a network."),
                place: .competitions,
                crumbs: [Crumb(frame.say("Kompetisi", "Competitions"), frame.to(.path("kompetisi")))]),
            """
            <script src="\(frame.asset("piagam.js"))" defer></script>
            <h1>\(title)</h1>
            <p class="lead">\(frame.say(
                "Pilih berkas JSON dari halaman piagam, atau tempelkan isinya. Berkas tidak dikirim ke mana pun.",
                "Choose the JSON file from a certificate's page, or paste it. Nothing is sent anywhere."))</p>
            <noscript><p class="missing">\(frame.say(
                "Pemeriksaan ini memerlukan JavaScript. Tanpa itu, periksa dengan perintah",
                "This needs JavaScript. Without it, verify with the command")) <code>simpul award verify \(frame.say("BERKAS", "FILE")) --keys kunci.json</code>.</p></noscript>
            <div id="periksa" data-keys="\(known)" hidden>
            <div class="field"><label for="f-berkas">\(frame.say("Berkas pernyataan (.json)", "Statement (.json)"))</label>
            <input type="file" id="f-berkas" accept=".json,application/json"></div>
            <div class="field"><label for="f-isi">\(frame.say("Atau isinya", "Or its text"))</label>
            <textarea class="small" id="f-isi" spellcheck="false"></textarea></div>
            <p><button class="button" type="button" id="periksa-isi">\(frame.say("Periksa", "Verify"))</button></p>
            <div id="putusan" role="status"></div></div>
            <p class="soft">\(frame.say(
                "Apakah sebuah piagam sudah dicabut hanya dapat dilihat di halaman piagamnya, jadi untuk itu perlu jaringan.",
                "Whether a certificate was revoked only its page can tell, and that needs a network."))</p>
            <p><a href="\(frame.to(.path("penghargaan", "kunci")))">\(frame.say("Semua kunci penanda tangan", "All signing keys"))</a></p>
            """)
    }
}
