import Kernel
import Web

/// What the portal is and how its figures come about.
package struct AboutPage: Sendable {
    package let holdings: Holdings
    package let figures: [Figure]
    /// The version of the running program.
    package let version: String

    package init(holdings: Holdings, figures: [Figure], version: String) {
        self.holdings = holdings
        self.figures = figures
        self.version = version
    }
}

package enum AboutView {
    package static func page(_ model: AboutPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let head = PageHead(
            say("Tentang Simpul", "About Simpul"),
            description: say(
                "Apa itu Simpul, dari mana datanya, dan bagaimana angkanya dihitung.",
                "What Simpul is, where its data come from, and how its figures are computed."),
            place: .about)
        return Layout.page(
            frame, head,
            """
            <h1>\(say("Satu ikatan, dua tali", "One knot, two ropes"))</h1>
            <p class="lead">\(say(
                "Simpul mengikat pernyataan tentang sebuah inovasi dengan pihak yang berdiri di belakangnya. Seperti simpul mati Pramuka, ikatan itu kuat karena kedua talinya menahan.",
                "Simpul ties what is said of an innovation to those who stand behind it. Like the reef knot every Indonesian scout learns, it holds because both ropes hold."))</p>
            \(sections(frame).html { "<h2 id=\"\($0.id)\">\($0.title)</h2>\($0.paragraphs.html { "<p>\($0)</p>" })" })
            <h2 id="angka">\(say("Bagaimana angka dihitung", "How figures are computed"))</h2>
            \(rules(frame))
            \(FiguresView.holdings(model.holdings, frame))
            <h2 id="dikutip">\(say("Angka yang dikutip dari pihak lain", "Figures quoted from others"))</h2>
            \(FiguresView.published(model.figures, frame))
            <h2 id="akses">\(say("Terbuka bagi semua", "Open to all"))</h2>
            <p>\(say(
                "Setiap halaman dapat dipakai tanpa JavaScript, dengan papan tik, dengan pembaca layar, di telepon kecil, dan di atas kertas. Tidak ada pelacak dan tidak ada data pengunjung yang dijual atau dibagikan.",
                "Every page works without JavaScript, by keyboard, with a screen reader, on a small phone and on paper. There are no trackers, and no visitor data are sold or shared."))</p>
            <p class="soft">Simpul \(model.version)</p>
            """)
    }

    private static func sections(_ frame: Frame) -> [(id: String, title: String, paragraphs: [String])] {
        let say = frame.language.say(_:_:)
        return [
            (
                "untuk", say("Untuk siapa", "For whom"),
                [
                    say(
                        "Untuk siapa pun yang punya masalah pelayanan dan ingin tahu siapa yang sudah menjawabnya: petugas layanan, perencana, peneliti, dan warga.",
                        "For anyone with a problem in a public service who wants to know who has already solved it: front-line staff, planners, researchers and citizens."
                    )
                ]
            ),
            (
                "dinyatakan", say("Yang dinyatakan dan yang tidak", "What is stated and what is not"),
                [
                    say(
                        "Tentang sebuah instansi, portal ini hanya menyatakan apa yang dikatakan sumber, dengan nama sumbernya. Yang belum diketahui ditulis belum diketahui, bukan nol dan bukan kosong.",
                        "About an institution this portal states only what a source says, and names it. What is not known is written as not known yet, never as zero or blank."
                    ),
                    say(
                        "Tidak ada peringkat instansi. Daftar instansi disusun menurut abjad.",
                        "No institution is ranked. Lists of institutions are alphabetical."),
                    say(
                        "Bila sumber berbeda, semuanya ditampilkan. Tidak ada nilai yang ditimpa tanpa jejak.",
                        "Where sources differ, all are shown. No value is overwritten without a trace."),
                ]
            ),
        ]
    }

    private static func rules(_ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let rules = [
            say(
                "Jumlah provinsi selalu dari 38. Jumlah pemerintah kabupaten dan kota dari 508: dari 514 kabupaten dan kota, enam wilayah administrasi di DKI Jakarta bukan pemerintah daerah otonom.",
                "Provinces are always counted of 38. Regency and city governments are counted of 508: of the 514 regencies and cities, the six administrative units of Jakarta are not autonomous governments."
            ),
            say(
                "Angka milik portal dihitung dari isinya pada saat yang tertulis di bawah angka itu.",
                "The portal's own figures are counted from what it holds at the time written below them."),
            say(
                "Angka pihak lain dikutip dengan sumber dan tanggalnya, dan tidak pernah dicampur dengan angka portal.",
                "Figures of others are quoted with source and date, and never mixed with the portal's own."),
            say(
                "Tahun adalah tahun yang ditulis sumber: bisa tahun mulai, tahun penghargaan, atau tahun tulisan.",
                "A year is the year the source states: it may be the year of the start, of an award or of an article."),
            say(
                "Nomor registrasi nasional (NRI) hanya ditampilkan bila sumber menyebutnya.",
                "The national registration number (NRI) is shown only where a source gives it."),
        ]
        return "<ul>\(rules.html { "<li>\($0)</li>" })</ul>"
    }
}
