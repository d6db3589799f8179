import Directory
import Kernel
import Web

package enum MistakeView {
    /// What was typed into the form so far.
    package struct Typed: Sendable, Hashable {
        package var text = ""
        package var contact = ""

        package init(text: String = "", contact: String = "") {
            self.text = text
            self.contact = contact
        }
    }

    /// The name of the field that people do not see and leave empty; programs that fill in everything fill it in.
    static let trap = "situs"

    /// The name of a report's note: several forms stand on one page, and no two fields may share an id.
    static func noteField(_ id: Int) -> String { "catatan-\(id)" }

    /// The form with which anybody reports a mistake.
    package static func form(
        _ id: Int, _ name: ShownName, _ typed: Typed = Typed(), problems: FormProblems = .none, _ frame: Frame
    ) -> HTML {
        let say = frame.language.say(_:_:)
        let form = FormView(frame, problems)
        let title = say("Laporkan kekeliruan", "Report a mistake")
        return Layout.page(
            frame,
            PageHead(
                form.title("\(title): \(name.name)"), description: title,
                crumbs: [
                    Crumb(say("Inovasi", "Innovations"), frame.to(.path("inovasi"))),
                    Crumb(name.name, frame.to(.path("inovasi", String(id)))),
                ], indexed: false),
            """
            \(form.summary())
            <h1>\(say("Apa yang keliru pada data", "What is wrong in the record")) <span\(frame.record)>\(name.name)</span>?</h1>
            <p class="lead">\(say("Laporan dibaca instansi pemilik data ini. Tidak perlu akun; laporan dan jumlahnya tidak ditampilkan.", "The report is read by the institution that owns the record. No account is needed; reports and their number are not shown."))</p>
            \(form.form(to: .path("inovasi", String(id), "lapor"), """
            \(form.area("isi", label: say("Apa yang keliru, dan bagaimana seharusnya?", "What is wrong, and how should it be?"), value: typed.text, hint: say("Misalnya: \u{201C}Tahun mulai seharusnya 2019, menurut Keputusan Kepala Dinas 18/2019.\u{201D}", "For instance: \u{201C}The first year should be 2019, by the decree 18/2019.\u{201D}"), required: true, limit: .characters(2000)))\
            \(form.text("kontak", label: say("Surel atau nomor telepon (boleh kosong)", "Mail or telephone (may stay empty)"), value: typed.contact, hint: say("Hanya supaya instansi dapat bertanya balik. Dihapus sesudah laporan ditangani.", "Only so that the institution can ask you back. Removed once the report is handled."), limit: .characters(200)))\
            <div class="sr" aria-hidden="true"><label for="f-situs">\(say("Biarkan kosong", "Leave empty"))</label>\
            <input type="text" id="f-situs" name="\(trap)" tabindex="-1" autocomplete="off"></div>\
            \(form.actions(form.button(say("Kirim laporan", "Send the report"))))
            """))
            """)
    }

    /// Ways from an innovation's page to those who can correct or explain it.
    static func panel(_ id: Int, mayAsk: Bool, _ frame: Frame) -> HTML {
        let report = frame.to(.path("inovasi", String(id), "lapor"))
        let ask = frame.to(.path("kerja", "pertanyaan", "baru", String(id)))
        return """
            <p class="row screen"><a href="\(report)" rel="nofollow">\(frame.say("Ada yang keliru di halaman ini?", "Is something wrong on this page?"))</a>\
            \(mayAsk ? "<a href=\"\(ask)\">\(frame.say("Tanyakan isinya kepada instansi", "Ask the institution about it"))</a>" : .empty)</p>

            """
    }

    package static func thanks(_ id: Int, _ name: ShownName, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let title = say("Laporan diterima", "Report received")
        return Layout.page(
            frame, PageHead(title, description: title, indexed: false),
            """
            <h1>\(title)</h1>
            <p class="lead">\(say("Instansi pemilik data membacanya. Bila benar, datanya diperbaiki dan perubahannya tampil di riwayat.", "The institution that owns the record reads it. If it is right, the record is corrected and its history shows the change."))</p>
            <p><a href="\(frame.to(.path("inovasi", String(id))))">\(say("Kembali ke", "Back to")) \(name.name)</a></p>
            """)
    }

    /// The reports that a person sees.
    package static func desk(
        _ listed: [MistakeReports.Listed], at now: Instant, owner: (String) -> String,
        mayHandle: (MistakeReport) -> Address?, failed: (id: Int, note: String, problems: FormProblems)? = nil,
        _ frame: Frame
    ) -> HTML {
        let say = frame.language.say(_:_:)
        let open = listed.count { $0.report.state == .open }
        let title =
            open == 0
            ? say("Tidak ada laporan yang menunggu", "No reports are waiting")
            : say(
                "\(open) laporan kekeliruan menunggu", frame.count(open, "", "report is waiting", "reports are waiting")
            )
        let form = FormView(frame, failed?.problems ?? .none)
        return Layout.page(
            frame, PageHead(form.title(title), description: title, indexed: false),
            """
            \(form.summary())
            <h1>\(title)</h1>
            <p class="lead">\(say("Dikirim pembaca, tidak tampil di halaman publik. Yang terbuka 14 hari atau lebih dilihat Hub juga.", "Sent by readers, never public. Those open for 14 days or more are seen by the Hub too."))</p>
            \(listed.html { item($0, at: now, owner: owner, mayHandle($0.report), failed?.id == $0.report.id ? failed : nil, frame) })
            """)
    }

    private static func item(
        _ listed: MistakeReports.Listed, at now: Instant, owner: (String) -> String, _ target: Address?,
        _ failed: (id: Int, note: String, problems: FormProblems)?, _ frame: Frame
    ) -> HTML {
        let say = frame.language.say(_:_:)
        let report = listed.report
        let day = report.at.day().long(frame.language)
        return """
            <section aria-labelledby="l\(report.id)"><h2 class="name" id="l\(report.id)">\
            <a href="\(frame.to(.path("inovasi", String(report.innovation))))">\(listed.name.name)</a></h2>
            <p class="meta"><span>\(report.institution.map(owner) ?? say("instansi belum diketahui", "institution not known yet"))</span>\
            <span>\(say("dilaporkan", "reported")) \(day)</span>\(state(report, at: now, frame))</p>
            <blockquote\(frame.record)>\(QuestionView.lines(report.text))</blockquote>
            \(html(report.contact) { "<p>\(say("Kontak pelapor, hanya untuk bertanya balik:", "The reporter's contact, only for asking back:")) \($0)</p>" })\
            \(html(report.note) { "<p>\(say("Catatan:", "Note:")) \($0)</p>" })\
            \(html(report.state == .open ? target : nil) { handle(report, $0, failed, frame) })</section>

            """
    }

    private static func state(_ report: MistakeReport, at now: Instant, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        switch report.state {
        case .open where report.isLate(at: now):
            return StateView.state(.late, say("terbuka lebih dari 14 hari", "open for over 14 days"))
        case .open:
            let day = report.at.adding(days: MistakeReport.daysToHandle).day().long(frame.language)
            return StateView.state(.due, say("tangani sebelum \(day)", "to be handled before \(day)"))
        case .accepted: return StateView.state(.valid, say("diterima", "accepted"))
        case .declined: return StateView.state(.never, say("tidak diterima", "declined"))
        }
    }

    private static func handle(
        _ report: MistakeReport, _ target: Address, _ failed: (id: Int, note: String, problems: FormProblems)?,
        _ frame: Frame
    ) -> HTML {
        let say = frame.language.say(_:_:)
        let form = FormView(frame, failed?.problems ?? .none)
        let note = noteField(report.id)
        return form.form(
            to: target,
            """
            \(form.area(note, label: say("Catatan", "Note"), value: failed?.note ?? "", hint: say("Apa yang diperbaiki, atau mengapa tidak. Dibaca instansi dan Hub.", "What is corrected, or why not. Read by the institution and the Hub."), limit: .characters(2000), small: true))\
            <div class="row">\(form.button(say("Terima, data akan diperbaiki", "Accept, the record will be corrected"), name: "hasil", value: "accepted"))\
            \(form.button(say("Tidak diterima", "Decline"), .second, name: "hasil", value: "declined"))</div>
            """)
    }
}
