import Kernel
import Web

/// What the form of a letter begins with.
struct LetterForm: Sendable {
    let kind: LetterKind
    /// The institution's code, or what was typed for it.
    let institution: String
    /// The institutions to choose from.
    let choices: [Choice]
    /// Whether it can be any institution.
    let isNational: Bool
    /// The people whom someone may replace.
    let officials: [Choice]
    let values: [LetterField: String]
    let problems: FormProblems
}

/// The form from which a letter is prepared.
enum LetterFormView {
    static func page(_ model: LetterForm, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let form = FormView(frame, model.problems)
        let title = frame.language.say(model.kind.name)
        return Layout.page(
            frame,
            PageHead(
                form.title(title), description: frame.language.say(model.kind.purpose),
                crumbs: [Crumb(say("Surat", "Letters"), frame.to(.path("kerja", "surat")))], indexed: false),
            """
            \(form.summary(names: names(model.kind, frame)))
            <h1>\(title)</h1>
            <p class="lead">\(frame.language.say(model.kind.purpose)) \(say("Yang belum diketahui boleh kosong; di surat menjadi “…” untuk diisi tangan.", "What is not known may stay empty; in the letter it becomes “…”, to be filled in by hand."))</p>
            \(form.form(to: .path("kerja", "surat", "baru", model.kind.path), fields(model, form)))
            """)
    }

    private static func fields(_ model: LetterForm, _ form: FormView) -> HTML {
        let say = form.frame.language.say(_:_:)
        return owner(model, form) + model.kind.fields.html { control($0, model, form) }
            + form.actions(form.button(say("Siapkan surat", "Prepare the letter")))
    }

    private static func owner(_ model: LetterForm, _ form: FormView) -> HTML {
        let say = form.frame.language.say(_:_:)
        if model.isNational {
            return form.text(
                "instansi", label: say("Instansi", "Institution"), value: model.institution,
                hint: say("Kode atau nama resmi, misalnya R33.72.", "Its code or official name, e.g. R33.72."),
                required: true)
        }
        if model.choices.count == 1 { return form.hidden("instansi", model.choices[0].value) }
        return form.select(
            "instansi", label: say("Instansi", "Institution"), choices: model.choices, value: model.institution,
            required: true)
    }

    private static func control(_ field: LetterField, _ model: LetterForm, _ form: FormView) -> HTML {
        let say = form.frame.language.say(_:_:)
        let language = form.frame.language
        let label = language.say(field.label)
        let value = model.values[field] ?? ""
        switch field {
        case .role:
            return form.select(
                field.rawValue, label: label,
                choices: LetterRole.allCases.map { Choice($0.rawValue, language.say($0.name)) }, value: value,
                empty: say("Diisi tangan", "Filled in by hand"))
        case .replaced where !model.officials.isEmpty:
            return form.select(
                field.rawValue, label: label, choices: model.officials, value: value,
                empty: say("Diisi tangan", "Filled in by hand"))
        case _ where field.isDate:
            return form.date(
                field.rawValue, label: label, value: value, required: field == .from || field == .until)
        case .email: return form.text(field.rawValue, label: label, value: value, kind: .text)
        case .number:
            return form.text(
                field.rawValue, label: label, value: value,
                hint: say("Boleh diisi saat surat dinomori.", "May be filled in when the letter is numbered."))
        case .signerOffice:
            return form.text(
                field.rawValue, label: label, value: value,
                hint: say(
                    "Misalnya Sekretaris Daerah, atau Kepala Bagian Organisasi.", "For instance Sekretaris Daerah."))
        default: return form.text(field.rawValue, label: label, value: value)
        }
    }

    private static func names(_ kind: LetterKind, _ frame: Frame) -> [String: String] {
        Dictionary(uniqueKeysWithValues: kind.fields.map { ($0.rawValue, frame.language.say($0.label)) })
    }
}
