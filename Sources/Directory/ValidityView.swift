import Kernel
import Web

/// Who stands by a record, since when and until when: the box under its title and the words in lists.
package enum ValidityView {
    /// The state with its date, for lists; nothing for a record that stopped, which says so itself.
    package static func state(_ validity: Validity, at now: Instant, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let state = validity.state(at: now)
        let day = validity.validation?.lastDay.long(frame.language) ?? ""
        switch state {
        case .never: return "<span class=\"state never\">\(say("Belum divalidasi", "Not validated yet"))</span>"
        case .valid: return "<span class=\"state valid\">\(say("Valid sampai \(day)", "Valid until \(day)"))</span>"
        case .due: return "<span class=\"state due\">\(say("Jatuh tempo \(day)", "Due on \(day)"))</span>"
        case .overdue:
            return
                "<span class=\"state late\">\(say("Masa berlaku berakhir \(day)", "Validity ended on \(day)"))</span>"
        case .stopped: return .empty
        }
    }

    /// The days left or gone, for those who renew.
    package static func days(_ validity: Validity, at now: Instant, _ frame: Frame) -> HTML {
        let left = validity.daysLeft(at: now) ?? 0
        let look: HTML
        switch validity.state(at: now) {
        case .never: look = "never"
        case .valid, .stopped: look = "valid"
        case .due: look = "due"
        case .overdue: look = "late"
        }
        return "<span class=\"state \(look)\">\(daysText(validity.state(at: now), left, frame))</span>"
    }

    private static func daysText(_ state: Validity.State, _ left: Int, _ frame: Frame) -> String {
        switch state {
        case .never: frame.say("belum divalidasi", "not validated yet")
        case .stopped: frame.say("berhenti", "stopped")
        case .overdue:
            left >= 0
                ? frame.say("berakhir hari ini", "ended today")
                : frame.say("terlambat \(frame.number(-left)) hari", "\(frame.count(-left, "", "day", "days")) late")
        case .valid, .due:
            left == 0
                ? frame.say("berakhir hari ini", "ends today")
                : frame.say("\(frame.number(left)) hari lagi", "\(frame.count(left, "", "day", "days")) left")
        }
    }

    /// The box under the title of an innovation's page.
    ///
    /// - Parameter sources: what the record rests on while nobody validated it.
    package static func box(
        _ validity: Validity, at now: Instant, sources: [SourceLine], record: Innovation, _ frame: Frame
    ) -> HTML {
        guard let validation = validity.validation else { return unvalidated(validity, sources, frame) }
        let say = frame.language.say(_:_:)
        let state = validity.state(at: now)
        let look: HTML
        switch state {
        case .due: look = " due"
        case .overdue: look = " late"
        case .stopped: look = " none"
        case .never, .valid: look = ""
        }
        return """
            <section class="vouch\(look)" aria-labelledby="validasi">\
            <h2 class="sr" id="validasi">\(say("Siapa yang memvalidasi", "Who validated it"))</h2>
            <p>\(headline(validity, validation, at: now, frame))</p>
            <p class="who">\(who(state, validation, frame))</p>
            \(html(validation.instead) { "<p>\(instead($0, frame))</p>" })\
            \(state == .stopped ? reason(record, frame) : line(validity, validation, at: now, frame))
            \(clarifying(validity, frame))</section>
            """
    }

    private static func headline(
        _ validity: Validity, _ validation: Validity.Validation, at now: Instant, _ frame: Frame
    ) -> HTML {
        guard validity.state(at: now) == .stopped else { return state(validity, at: now, frame) }
        return "<span class=\"state late\">\(frame.say("Inovasi ini berhenti", "This innovation stopped"))</span>"
    }

    private static func who(_ state: Validity.State, _ validation: Validity.Validation, _ frame: Frame) -> String {
        switch state {
        case .stopped:
            frame.say("Dinyatakan berhenti oleh \(validation.by).", "Registered as stopped by \(validation.by).")
        default: frame.say("Divalidasi oleh \(validation.by).", "Validated by \(validation.by).")
        }
    }

    private static func instead(_ instead: Validity.Instead, _ frame: Frame) -> String {
        switch instead {
        case .leader:
            frame.say(
                "Pimpinan yang memvalidasi, karena unit penulisnya punya satu petugas.",
                "The head validated it, because the unit that wrote it has a single officer.")
        case .hub:
            frame.say(
                "Hub yang memvalidasi, karena unit penulisnya punya satu petugas.",
                "The Hub validated it, because the unit that wrote it has a single officer.")
        }
    }

    private static func reason(_ record: Innovation, _ frame: Frame) -> HTML {
        html(record.continuityReason) { reason in
            "<p>\(frame.say("Alasan:", "Reason:")) <span\(frame.record)>\(reason)</span></p>"
        }
    }

    /// The line of time: how much of the term is gone, how much is left.
    private static func line(
        _ validity: Validity, _ validation: Validity.Validation, at now: Instant, _ frame: Frame
    ) -> HTML {
        let whole = max(1, validation.until.milliseconds - validation.at.milliseconds)
        let gone = min(max(0, now.milliseconds - validation.at.milliseconds), whole)
        // Between the knots at 1 and 99 percent, in tenths.
        let tenths = 10 + Int(gone * 980 / whole)
        let place: HTML = "\(tenths / 10).\(tenths % 10)%"
        let since = validation.at.day().long(frame.language)
        let overdue = validity.state(at: now) == .overdue
        let explained: HTML =
            overdue
            ? """
            <p>\(frame.say("Instansinya belum memperbarui data ini sejak itu; isinya mungkin sudah berubah.", "The institution has not renewed these data since; they may have changed."))</p>
            """ : .empty
        return """
            <svg class="span" aria-hidden="true" focusable="false"><line class="past" x1="1%" x2="\(place)" y1="12" y2="12"/>\
            <line class="left" x1="\(place)" x2="99%" y1="12" y2="12"/><circle cx="1%" cy="12" r="6"/>\
            <line class="now" x1="\(place)" x2="\(place)" y1="2" y2="22"/><circle class="end" cx="99%" cy="12" r="5"/></svg>
            <p class="row push soft"><span>\(frame.say("Divalidasi \(since)", "Validated on \(since)"))</span>\
            <span>\(daysText(validity.state(at: now), validity.daysLeft(at: now) ?? 0, frame))</span></p>
            \(explained)
            """
    }

    private static func clarifying(_ validity: Validity, _ frame: Frame) -> HTML {
        html(validity.clarifyingSince) { since in
            let day = since.day().long(frame.language)
            // The state itself is short: it does not wrap, and phones are narrow.
            let state = frame.say("Sedang diklarifikasi", "Being clarified")
            let text = frame.say(
                "sejak \(day): satu isinya ditanyakan kepada instansinya.",
                "since \(day): the institution was asked about one of its claims.")
            return "<p><span class=\"state due\">\(state)</span> \(text)</p>"
        }
    }

    private static func unvalidated(_ validity: Validity, _ sources: [SourceLine], _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let count = frame.count(sources.count, "sumber", "source", "sources")
        return """
            <section class="vouch none" aria-labelledby="validasi">\
            <h2 class="sr" id="validasi">\(say("Siapa yang memvalidasi", "Who validated it"))</h2>
            <p class="state never">\(say("Belum divalidasi", "Not validated yet"))</p>
            <p class="who">\(say("Belum ada instansi yang memvalidasi data ini.", "No institution has validated these data yet."))</p>
            <p>\(say("Isinya seperti yang tertulis di \(count):", "They are as written in \(count):"))</p>
            <ul class="bare">\(sources.html { source($0, frame) })</ul>
            <p><a href="#asal">\(say("Dari mana tiap nilai", "Where each value comes from"))</a></p>
            \(clarifying(validity, frame))</section>
            """
    }

    private static func source(_ source: SourceLine, _ frame: Frame) -> HTML {
        let day = source.read.day().long(frame.language)
        return """
            <li class="from">\(source.name), \(source.externalID)\(html(source.origin) { ", \($0)" }), \
            \(frame.say("dimuat", "loaded")) \(day)</li>
            """
    }
}
