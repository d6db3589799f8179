import Kernel
import Web

/// A panelist's day: what there is to hear, to score and to visit.
enum PanelDeskView {
    static func page(_ desk: PanelDesks.Desk, at now: Instant, _ frame: Frame) -> HTML {
        let open = desk.slots.filter { $0.scored < $0.parts }.count
        let title =
            desk.slots.isEmpty
            ? frame.say("Belum ada presentasi untuk Anda", "No presentations for you yet")
            : open == 0
                ? frame.say("Semua presentasi sudah Anda nilai", "You have scored every presentation")
                : frame.count(
                    open, "presentasi belum selesai Anda nilai", "presentation left to score",
                    "presentations left to score")
        return Layout.page(
            frame, PageHead(title, description: title, indexed: false),
            """
            <h1>\(title)</h1>\(desk.undeclared.html { undeclared($0, frame) })
            \(desk.slots.isEmpty ? .empty : slots(desk.slots, at: now, frame))
            \(desk.visits.isEmpty ? .empty : visits(desk.visits, frame))
            """)
    }

    private static func undeclared(_ stored: Editions.Stored, _ frame: Frame) -> HTML {
        NoticeView.notice(
            .soon, frame.language.say(stored.edition.name) + ".",
            """
            <a href="\(frame.to(.path("kerja", "benturan", stored.code)))">\
            \(frame.say("Nyatakan benturan kepentingan Anda dulu", "Declare your conflicts of interest first"))</a>
            """)
    }

    private static func slots(_ lines: [PanelDesks.Line], at now: Instant, _ frame: Frame) -> HTML {
        let rows = lines.map { line in
            let slot = line.slot
            return StackView.Row(
                "<a href=\"\(frame.to(.path("kerja", "panel", String(slot.id))))\"\(frame.record)>\(slot.title)</a>",
                "\(frame.language.say(slot.time(in: line.stored.edition.zone)))", "\(slot.room)",
                "\(slot.institutionName)",
                "\(frame.say("\(line.scored) dari \(line.parts) bagian", "\(line.scored) of \(line.parts) parts"))")
        }
        return """
            <section aria-labelledby="presentasi"><h2 id="presentasi">\(frame.say("Presentasi", "Presentations"))</h2>
            \(StackView.table(
                labelled: "presentasi",
                columns: [
                    frame.say("Usulan", "Proposal"), frame.say("Waktu", "Time"), frame.say("Ruang", "Room"),
                    frame.say("Instansi", "Institution"), frame.say("Sudah dinilai", "Scored"),
                ], rows))
            <p><a href="\(frame.to(.path("kerja", "panel", "kalender.ics")))">\(frame.say("Unduh ke kalender (.ics)", "Take it into your calendar (.ics)"))</a></p></section>
            """
    }

    static func visits(_ visits: [Visit], _ frame: Frame) -> HTML {
        let rows = visits.map { visit in
            StackView.Row(
                "<a href=\"\(frame.to(.path("kerja", "lapangan", String(visit.id))))\"\(frame.record)>\(visit.title)</a>",
                "\(visit.planned.long(frame.language))", "\(visit.institutionName)",
                "\(state(visit, frame)), \(frame.count(visit.photos.count, "foto", "photo", "photos"))")
        }
        return """
            <section aria-labelledby="kunjungan"><h2 id="kunjungan">\(frame.say("Kunjungan lapangan", "Field visits"))</h2>
            \(StackView.table(
                labelled: "kunjungan",
                columns: [
                    frame.say("Usulan", "Proposal"), frame.say("Hari", "Day"), frame.say("Instansi", "Institution"),
                    frame.say("Laporan", "Report"),
                ], rows))</section>
            """
    }

    static func state(_ visit: Visit, _ frame: Frame) -> String {
        guard let at = visit.receivedAt else { return frame.say("belum dilaporkan", "not reported yet") }
        let moment = frame.language.say(at.moment(in: visit.zone))
        return frame.say("diterima \(moment)", "received \(moment)")
    }
}
