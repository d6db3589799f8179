import Kernel
import Web

/// What was, is and will be announced, with the form for the next.
enum AnnouncementView {
    struct Typed {
        let subject: String
        let sitting: String
        let decree: String
        let decreeOn: String
        let words: String
        let day: String
        let time: String
    }

    static func page(
        _ schedule: Announcements.Schedule, _ typed: Typed, _ problems: FormProblems, at now: Instant, _ frame: Frame
    ) -> HTML {
        let (stored, form) = (schedule.stored, FormView(frame, problems))
        let waiting = schedule.announcements.count { $0.isWaiting(at: now) }
        let title =
            waiting == 0
            ? frame.say("Tidak ada pengumuman yang menunggu", "No announcement waits")
            : frame.count(
                waiting, "pengumuman menunggu waktunya", "announcement waits for its moment",
                "announcements wait for their moment")
        return Layout.page(
            frame,
            PageHead(
                form.title("\(title) · \(frame.language.say(stored.edition.name))"), description: title,
                crumbs: EditionMenuView.crumbs(stored, frame), indexed: false, script: true),
            """
            \(form.summary())<h1>\(title)</h1>\(EditionMenuView.menu(stored, at: .announcements, frame))
            <p class="lead">\(frame.say(
                "Sampai menitnya tidak ada yang tampil di mana pun; pada menit itu semuanya tampil sekaligus dan pengusul diberi tahu.",
                "Until its minute nothing shows anywhere; at that minute all of it does at once, and proposers are told."))</p>
            \(schedule.announcements.html { item($0, schedule, at: now, form) })
            <h2>\(frame.say("Siapkan pengumuman", "Prepare an announcement"))</h2>\(new(schedule, typed, form))
            """)
    }

    private static func item(
        _ announcement: Announcement, _ schedule: Announcements.Schedule, at now: Instant, _ form: FormView
    ) -> HTML {
        let (frame, zone) = (form.frame, schedule.stored.edition.zone)
        let moment = frame.language.say(announcement.publishAt.moment(in: zone))
        let latest = schedule.announcements.first { $0.subject == announcement.subject && $0.isOut(at: now) }
        let state: HTML =
            if announcement.cancelledAt != nil {
                StateView.state(.never, frame.say("dibatalkan, tidak pernah terbit", "cancelled, never public"))
            } else if announcement.isWaiting(at: now) {
                StateView.state(.due, frame.say("terbit \(moment)", "to be public on \(moment)"))
            } else if latest?.id == announcement.id {
                StateView.state(.valid, frame.say("terbit sejak \(moment)", "public since \(moment)"))
            } else {
                StateView.state(
                    .late, frame.say("terbit \(moment), sudah digantikan", "public on \(moment), superseded"))
            }
        let cancel: HTML =
            announcement.isWaiting(at: now)
            ? form.form(
                to: .path(
                    "kerja", "kompetisi", schedule.stored.code, "pengumuman", String(announcement.id), "batal"),
                """
                \(form.text("alasan", label: frame.say("Alasan pembatalan", "Why it is cancelled"), required: true))\
                <p>\(form.button(frame.say("Batalkan sebelum terbit", "Cancel before it is public"), .danger, small: true))</p>
                """) : .empty
        return """
            <section aria-labelledby="p\(announcement.id)"><h2 id="p\(announcement.id)">\
            \(frame.language.say(announcement.subject.name))</h2><p class="meta">\(state)\(sitting(announcement, schedule, frame))\
            \(html(announcement.decree) { "<span>\(frame.say("Keputusan", "Decree")) \($0)</span>" })</p>
            \(html(announcement.words) { "<p\(frame.record)>\($0)</p>" })\
            \(html(announcement.cancelledFor) { "<p>\(frame.say("Dibatalkan:", "Cancelled:")) \($0)</p>" })\(cancel)</section>

            """
    }

    private static func sitting(
        _ announcement: Announcement, _ schedule: Announcements.Schedule, _ frame: Frame
    ) -> HTML {
        guard let sitting = schedule.sittings.first(where: { $0.id == announcement.sitting }) else { return .empty }
        return """
            <span><a href="\(frame.to(SittingView.path(schedule.stored.code, sitting.id)))"\(frame.record)>\(sitting.title)</a></span>
            """
    }

    private static func new(_ schedule: Announcements.Schedule, _ typed: Typed, _ form: FormView) -> HTML {
        let (frame, stored) = (form.frame, schedule.stored)
        let zone = stored.edition.zone.rawValue
        let subjects = Announcement.Subject.allCases.map { Choice($0.rawValue, frame.language.say($0.name)) }
        let sittings = schedule.sittings.map { sitting in
            let day = sitting.heldAt.day(in: stored.edition.zone).long(frame.language)
            return Choice(
                String(sitting.id), "\(frame.language.say(sitting.subject.name)): \(sitting.title), \(day)")
        }
        return form.form(
            to: EditionMenuView.Place.announcements.path(stored.code),
            """
            \(form.select("pokok", label: frame.say("Yang diumumkan", "What is announced"), choices: subjects, value: typed.subject.isEmpty ? "finalists" : typed.subject))\
            \(form.select("sidang", label: frame.say("Sidang yang memutuskan", "The sitting that decided"), choices: sittings, value: typed.sitting, empty: frame.say("Pilih sidang yang sudah ditutup", "Choose a closed sitting"), hint: frame.say("Tidak perlu untuk hasil pemeriksaan administrasi.", "Not needed for the administrative check.")))\
            \(form.pair(
                form.text("keputusan", label: frame.say("Nomor keputusan", "Number of the decree"), value: typed.decree, hint: frame.say("Misalnya: Kepmen PANRB 47/2027. Wajib untuk penghargaan.", "For instance: Kepmen PANRB 47/2027. Needed for awards.")),
                form.date("tanggal-keputusan", label: frame.say("Tanggal keputusan", "Date of the decree"), value: typed.decreeOn)))\
            \(form.pair(
                form.date("tanggal", label: frame.say("Terbit pada tanggal", "Public from"), value: typed.day, required: true),
                form.text("jam", label: frame.say("Jam dan menit (\(zone))", "Hour and minute (\(zone))"), value: typed.time, hint: frame.say("Misalnya 10.00", "For instance 10.00"), required: true, short: true)))\
            \(form.area("kata", label: frame.say("Keterangan untuk umum", "Words for everybody"), value: typed.words, hint: frame.say("Bila menggantikan pengumuman yang sudah terbit: apa yang berubah dan mengapa.", "If it replaces a public one: what changed and why."), small: true))\
            \(form.actions(form.button(frame.say("Jadwalkan pengumuman", "Set the announcement"))))
            """)
    }
}
