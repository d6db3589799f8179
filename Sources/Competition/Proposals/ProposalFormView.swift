import Files
import Kernel
import Web

/// The form of a proposal: the edition's groups, categories, sections and documents.
enum ProposalFormView {
    /// What the form shows besides what is stored.
    struct Model: Sendable {
        let sheet: Proposals.Sheet
        /// What was typed and not taken, by field.
        var typed: [String: String] = [:]
        /// What a colleague stored in fields that were typed too.
        var theirs: [String: String] = [:]
        var problems = FormProblems.none
        let account: Int
        let isAdmin: Bool
        let now: Instant
    }

    /// The fields in the order of the form.
    static func fields(_ proposal: Proposal, _ edition: Edition) -> [String] {
        [Proposal.titleField, Proposal.groupField, Proposal.categoryField, Proposal.originalField]
            + edition.form(of: proposal.group).map(Proposal.field)
    }

    static func names(_ proposal: Proposal, _ edition: Edition, _ frame: Frame) -> [String: String] {
        var names = [
            Proposal.titleField: frame.say("Judul", "Title"), Proposal.groupField: frame.say("Kelompok", "Group"),
            Proposal.categoryField: frame.say("Kategori", "Category"),
            Proposal.originalField: frame.say(
                "Nomor inovasi yang direplikasi", "Number of the innovation it replicates"),
        ]
        for section in edition.form(of: proposal.group) {
            names[Proposal.field(section)] = frame.language.say(section.name)
        }
        return names
    }

    /// Names a field's stored text, so that what a person did not touch is told from what they changed back.
    static func origin(_ stored: String?) -> String {
        // FNV-1a, 64 bits: only to recognise the same text, never to protect it.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in (stored ?? "").utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return String(hash, radix: 36)
    }

    static func autosave(_ model: Model) -> FormView.Autosave {
        let proposal = model.sheet.proposal
        return FormView.Autosave(
            key: "usulan-\(proposal.id)-\(model.account)", version: proposal.version, saved: proposal.updatedAt.clock())
    }

    static func form(_ model: Model, _ frame: Frame) -> HTML {
        let (proposal, edition) = (model.sheet.proposal, model.sheet.edition)
        let form = FormView(frame, model.problems)
        let names = names(proposal, edition, frame)
        let next =
            proposal.state == .draft
            ? form.button(
                frame.say("Simpan dan daftarkan", "Save and register"), .second, name: "lanjut", value: "daftar")
            : form.button(frame.say("Simpan dan kirim", "Save and submit"), .second, name: "lanjut", value: "kirim")
        return form.form(
            to: .path("kerja", "usulan", String(proposal.id), "simpan"), autosave: autosave(model),
            """
            \(fields(proposal, edition).html { entry($0, names[$0] ?? $0, model, form) })\
            \(form.actions(form.button(frame.say("Simpan", "Save")), next))
            """)
    }

    private static func entry(_ field: String, _ label: String, _ model: Model, _ form: FormView) -> HTML {
        let (proposal, edition, frame) = (model.sheet.proposal, model.sheet.edition, form.frame)
        let stored = proposal.content[field]
        let value = model.typed[field] ?? stored ?? ""
        let control: HTML
        switch field {
        case Proposal.titleField: control = form.text(field, label: label, value: value, required: true)
        case Proposal.groupField: control = choice(field, label, edition.groups, value, form)
        case Proposal.categoryField: control = choice(field, label, edition.categories, value, form)
        case Proposal.originalField:
            guard edition.rules(of: proposal.group).contains(where: { $0.kind == .replicates }) else { return .empty }
            control = form.number(
                field, label: label, value: value,
                hint: frame.say("Nomor pada alamat halaman inovasi itu.", "The number in that innovation's address."))
        default:
            let section = edition.sections.first { Proposal.field($0) == field }
            control = form.area(
                field, label: label, value: value, limit: section?.words.map { FormView.Limit.words($0) })
        }
        guard control.text != "" else { return .empty }
        let before = html(model.theirs[field]) { theirs($0, frame) }
        return "\(before)\(form.hidden("asal.\(field)", origin(stored)))\(control)"
    }

    private static func choice(
        _ field: String, _ label: String, _ choices: [EditionChoice], _ value: String, _ form: FormView
    ) -> HTML {
        guard !choices.isEmpty else { return .empty }
        return form.select(
            field, label: label, choices: choices.map { Choice($0.code, form.frame.language.say($0.name)) },
            value: value, empty: form.frame.say("Belum dipilih", "Not chosen yet"))
    }

    private static func theirs(_ text: String, _ frame: Frame) -> HTML {
        """
        <div class="notice soon"><p><strong>\(frame.say("Tersimpan dari rekan Anda:", "Stored by your colleague:"))</strong></p>\
        \(paragraphs(text, frame))<p>\(frame.say("Tulisan Anda ada di kotak di bawah ini.", "What you wrote is in the box below."))</p></div>
        """
    }

    /// What was submitted, to be read.
    static func fixed(_ proposal: Proposal, _ edition: Edition, _ frame: Frame) -> HTML {
        let choices = [
            (frame.say("Kelompok", "Group"), edition.groups.first { $0.code == proposal.group }?.name),
            (frame.say("Kategori", "Category"), edition.categories.first { $0.code == proposal.category }?.name),
        ]
        return """
            <dl class="facts">\(choices.html { label, name in
                html(name) { "<dt>\(label)</dt><dd>\(frame.language.say($0))</dd>" }
            })\(html(proposal.original) {
                "<dt>\(frame.say("Mereplikasi", "Replicates"))</dt><dd><a href=\"\(frame.to(.path("inovasi", String($0))))\">\(frame.say("inovasi", "innovation")) \($0)</a></dd>"
            })</dl>
            \(edition.form(of: proposal.group).html { section in
                let text = proposal.text(section)
                return """
                    <section><h2>\(frame.language.say(section.name))</h2>\(paragraphs(text, frame))\
                    <p class="soft">\(frame.count(Proposal.words(text), "kata", "word", "words"))</p></section>
                    """
            })
            """
    }

    private static func paragraphs(_ text: String, _ frame: Frame) -> HTML {
        let parts = text.split(whereSeparator: \.isNewline).map(String.init)
        return parts.isEmpty
            ? "<p class=\"missing\">\(frame.say("Kosong", "Empty"))</p>" : parts.html { "<p\(frame.record)>\($0)</p>" }
    }

    // MARK: documents

    static func documents(_ model: Model, isOpen: Bool, _ frame: Frame) -> HTML {
        let (proposal, edition) = (model.sheet.proposal, model.sheet.edition)
        let asked = edition.documents(of: proposal.group)
        guard !asked.isEmpty else { return .empty }
        let form = FormView(frame, model.problems)
        return """
            <section aria-labelledby="dokumen"><h2 id="dokumen">\(frame.say("Dokumen", "Documents"))</h2>
            \(isOpen ? letter(.covering, proposal, frame) : .empty)
            \(asked.html { document in
                """
                <h3>\(frame.language.say(document.name))\(document.isNeeded
                    ? .empty : "<span class=\"soft\"> (\(frame.say("bila ada", "if there is one")))</span>")</h3>
                \(given(document, proposal, frame))\
                \(isOpen ? html(ProposalLetter.Kind(document: document.code)) { letter($0, proposal, frame) } : .empty)\
                \(isOpen ? upload(document, proposal, form) : .empty)
                """
            })</section>
            """
    }

    /// The letter filled in as far as it is known, to be signed and uploaded.
    private static func letter(_ kind: ProposalLetter.Kind, _ proposal: Proposal, _ frame: Frame) -> HTML {
        func place(_ ending: String) -> Address {
            frame.to(.path("kerja", "usulan", String(proposal.id), "surat", "\(kind.rawValue).\(ending)"))
        }
        let name = frame.language.say(kind.name)
        return """
            <p>\(name), \(frame.say("sudah terisi", "filled in")): \
            <a href="\(place("docx"))">DOCX<span class="sr"> \(name)</span></a>, \
            <a href="\(place("pdf"))">PDF<span class="sr"> \(name)</span></a></p>
            """
    }

    static func given(_ document: EditionDocument, _ proposal: Proposal, _ frame: Frame) -> HTML {
        guard let file = proposal.documents.first(where: { $0.code == document.code }) else {
            return "<p class=\"missing\">\(frame.say("Belum diunggah", "Not handed in yet"))</p>"
        }
        let address = Address.path("kerja", "usulan", String(proposal.id), "dokumen", document.code)
        let kind = FileType(rawValue: file.type)?.label ?? frame.say("berkas", "file")
        return """
            <p><a href="\(frame.to(address))">\(file.name)</a> <span class="soft">(\(kind), \
            \(frame.language.say(FileRefusal.megabytes(file.size))))</span></p>
            """
    }

    private static func upload(_ document: EditionDocument, _ proposal: Proposal, _ form: FormView) -> HTML {
        let frame = form.frame
        let field = "berkas-" + document.code
        let most = document.megabytes.map { min($0 << 20, FileKind.letter.mostBytes) } ?? FileKind.letter.mostBytes
        return form.form(
            to: .path("kerja", "usulan", String(proposal.id), "dokumen", document.code), files: true,
            form.file(
                field, label: frame.say("Unggah berkasnya", "Upload the file"),
                hint: frame.language.say(FileKind.letter.hint), accept: [FileKind.letter.accept], most: most)
                + "<p>\(form.button(frame.say("Unggah", "Upload"), .second, small: true, about: frame.language.say(document.name)))</p>"
        )
    }
}
