import Kernel
import Web

/// The dates that agencies set for their units, with how far each unit is.
package enum CollectionView {
    /// What was typed into the form that sets a date.
    package struct Typed: Sendable, Hashable {
        package var title = ""
        package var dueOn = ""
        package var institution = ""

        package init(title: String = "", dueOn: String = "", institution: String = "") {
            self.title = title
            self.dueOn = dueOn
            self.institution = institution
        }
    }

    /// - Parameter owners: the institutions for which the person sets dates, with their names.
    package static func list(
        _ collections: [Collection], at now: Instant, name: (String) -> String, owners: [(code: String, name: String)],
        _ typed: Typed = Typed(), problems: FormProblems = .none, _ frame: Frame
    ) -> HTML {
        let say = frame.language.say(_:_:)
        let form = FormView(frame, problems)
        let title = say("Batas isian untuk unit", "Dates set for units")
        let several = Set(collections.map(\.institution)).count > 1
        let columns = [
            say("Batas isian", "What is awaited"), say("Instansi", "Institution"), say("Sampai", "Until"),
            say("Keadaan", "State"),
        ]
        let rows = collections.map { collection in
            StackView.Row(
                "<a href=\"\(frame.to(.path("kerja", "batas", String(collection.id))))\">\(collection.title)</a>",
                (several ? ["\(name(collection.institution))"] : []) + [
                    "\(collection.dueOn.long(frame.language))", state(collection, at: now, frame),
                ])
        }
        return Layout.page(
            frame, PageHead(form.title(title), description: title, indexed: false),
            """
            \(form.summary())
            <h1 id="batas">\(title)</h1>
            <p class="lead">\(say("Siapa di antara unit sudah mengisi apa, sampai kapan. Unit yang belum mengirim diingatkan 30, 7, dan 1 hari sebelumnya.", "Which unit has filled in what, until when. Units that sent nothing are reminded 30, 7 and 1 days before."))</p>
            \(collections.isEmpty
                ? "<p>\(say("Belum ada batas isian.", "No dates are set yet."))</p>"
                : StackView.table(labelled: "batas", columns: several ? columns : [columns[0], columns[2], columns[3]], rows))
            \(owners.isEmpty ? .empty : new(owners, typed, form, frame))
            """)
    }

    private static func new(
        _ owners: [(code: String, name: String)], _ typed: Typed, _ form: FormView, _ frame: Frame
    ) -> HTML {
        let say = frame.language.say(_:_:)
        let owner: HTML =
            owners.count == 1
            ? form.hidden("instansi", owners[0].code)
            : form.select(
                "instansi", label: say("Instansi", "Institution"), choices: owners.map { Choice($0.code, $0.name) },
                value: typed.institution)
        return """
            <h2>\(say("Tetapkan batas baru", "Set a new date"))</h2>
            \(form.form(to: .path("kerja", "batas"), """
            \(owner)\(form.text("judul", label: say("Untuk apa", "For what"), value: typed.title, hint: say("Misalnya: Pemutakhiran data semester 2", "For instance: Update of the second half-year"), limit: .characters(120)))\
            \(form.date("batas", label: say("Hari terakhir, sampai 24.00 WIB", "Last day, until 24.00 WIB"), value: typed.dueOn))\
            \(form.button(say("Tetapkan batas", "Set the date")))
            """))
            """
    }

    private static func state(_ collection: Collection, at now: Instant, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let left = collection.daysLeft(at: now)
        if let closed = collection.closedAt {
            let day = closed.day().long(frame.language)
            return StateView.state(.never, say("ditutup \(day)", "closed on \(day)"))
        }
        if left < 0 { return StateView.state(.late, say("lewat \(-left) hari", "\(-left) days past")) }
        if left == 0 { return StateView.state(.due, say("hari ini", "today")) }
        return StateView.state(
            left <= 7 ? .due : .valid, say("\(left) hari lagi", frame.count(left, "", "day left", "days left")))
    }

    /// One date with its units, a text for their chat, and what one can take away.
    package static func page(
        _ collection: Collection, _ units: [UnitProgress], institution: String, mayClose: Bool, at now: Instant,
        _ frame: Frame
    ) -> HTML {
        let say = frame.language.say(_:_:)
        let missing = units.count(where: \.isMissing)
        let form = FormView(frame)
        let id = String(collection.id)
        let chat = ChatReminder(collection, units, publicURL: frame.publicURL, at: now)
        let title =
            missing == 0
            ? say("Semua unit sudah mengirim", "All units have sent theirs")
            : say(
                "\(missing) dari \(units.count) unit belum mengirim",
                "\(missing) of \(units.count) units have sent nothing")
        let close =
            mayClose && collection.closedAt == nil
            ? form.form(
                to: .path("kerja", "batas", id, "tutup"),
                form.button(say("Tutup batas ini", "Close this date"), .second))
            : .empty
        return Layout.page(
            frame,
            PageHead(
                "\(collection.title): \(title)", description: title,
                crumbs: [Crumb(say("Batas isian", "Dates set"), frame.to(.path("kerja", "batas")))], indexed: false),
            """
            <h1 id="unit">\(title)</h1>
            <p class="meta"><span>\(collection.title)</span><span>\(institution)</span>\
            <span>\(say("sampai", "until")) \(collection.dueOn.long(frame.language))</span>\(state(collection, at: now, frame))</p>
            \(table(collection, units, frame))
            <p class="row screen"><a href="\(frame.to(.path("kerja", "batas", id, "lembar")))">\(say("Satu lembar untuk pimpinan", "One sheet for the head"))</a>\
            <a href="\(frame.to(.path("kerja", "batas", id, "unit.xlsx")))">Excel (XLSX)</a></p>
            <h2>\(say("Pengingat untuk grup pesan", "A reminder for the units' chat"))</h2>
            <div class="field"><label for="f-pesan">\(say("Salin teks ini", "Copy this text"))</label>\
            <textarea id="f-pesan" readonly>
            \(frame.language.say(chat.text))</textarea></div>
            \(close)
            """)
    }

    /// The sheet that is printed for the head of the region or institution.
    package static func sheet(
        _ collection: Collection, _ units: [UnitProgress], institution: String, at now: Instant, _ frame: Frame
    ) -> HTML {
        let say = frame.language.say(_:_:)
        let sent = units.count { !$0.isMissing }
        let title = say(
            "\(sent) dari \(units.count) unit sudah mengirim", "\(sent) of \(units.count) units have sent theirs")
        let when = "\(now.day().long(frame.language)), \(now.clock()) WIB"
        return Layout.page(
            frame,
            PageHead(
                "\(collection.title), \(institution)", description: title,
                crumbs: [
                    Crumb(collection.title, frame.to(.path("kerja", "batas", String(collection.id))))
                ], indexed: false),
            """
            <h1 id="unit">\(institution): \(title)</h1>
            <p class="lead">\(collection.title), \(say("ditunggu sampai", "awaited until")) \(collection.dueOn.long(frame.language)), 24.00 WIB.</p>
            \(table(collection, units, frame))
            <p class="from">\(say("Keadaan \(when). Sumber: Simpul.", "As of \(when). Source: Simpul."))</p>
            """)
    }

    private static func table(_ collection: Collection, _ units: [UnitProgress], _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        guard !units.isEmpty else {
            return """
                <p>\(say("Belum ada unit yang mengisi. Tambahkan unit dahulu.", "There are no units that write yet. Add units first."))</p>
                """
        }
        let columns = [
            "Unit", say("Keadaan", "State"), say("Ditulis", "Being written"),
            say("Menunggu", "Waiting"),
            say("Divalidasi", "Validated"), say("Terakhir diubah", "Last changed"),
        ]
        return StackView.table(
            labelled: "unit", columns: columns,
            units.map { unit in
                StackView.Row(
                    "\(unit.unit)", words(unit, collection, frame), "\(unit.writing)", "\(unit.waiting)",
                    "\(unit.published)", "\(unit.touchedAt?.day().long(frame.language) ?? "–")")
            })
    }

    private static func words(_ unit: UnitProgress, _ collection: Collection, _ frame: Frame) -> HTML {
        let words = frame.language.say(phrase(unit, collection))
        switch unit.state(for: collection) {
        case .sent: return StateView.state(.valid, words)
        case .sentLate, .writing: return StateView.state(.due, words)
        case .nothing: return StateView.state(.never, words)
        }
    }

    /// How far a unit is, in words.
    package static func phrase(_ unit: UnitProgress, _ collection: Collection) -> Phrase {
        let day = unit.sentAt?.day()
        let (id, en) = (day?.long(.indonesian) ?? "", day?.long(.english) ?? "")
        switch unit.state(for: collection) {
        case .sent: return Phrase("mengirim \(id)", "sent on \(en)")
        case .sentLate: return Phrase("terlambat, \(id)", "late, \(en)")
        case .writing: return Phrase("sedang mengisi", "writing")
        case .nothing: return Phrase("belum mulai", "not begun")
        }
    }
}
