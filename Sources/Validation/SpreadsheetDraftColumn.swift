import Directory
import Kernel
import Text

/// What the headings of a table mean, and how its cells are read: as offices write them, not as the form sends them.
enum SpreadsheetColumn {
    /// Why a cell is left out.
    struct Wrong: Error, Hashable {
        let message: Phrase

        init(_ indonesian: String, _ english: String) { message = Phrase(indonesian, english) }
    }

    /// The columns of the directory's export and import that hold these fields.
    private static let imported: [Innovation.Field: ImportColumn] = [
        .title: .title, .shortName: .shortName, .expansion: .expansion, .unit: .unit, .yearOfIdea: .yearOfIdea,
        .yearOfTrial: .yearOfTrial, .yearOfStart: .yearOfStart, .stage: .stage, .form: .form, .category: .category,
        .affair: .affair, .sdgs: .sdgs, .summary: .description, .background: .background, .purpose: .purpose,
        .novelty: .novelty, .impact: .impact, .adaptability: .adaptability, .resources: .resources,
        .sustainability: .sustainability, .continuity: .continuity, .continuityReason: .continuityReason,
    ]

    private static let more: [Innovation.Field: [String]] = [
        .digital: ["digital"], .continuityOn: ["continuity_on"],
    ]

    /// The field of a heading: by the export's name, by Indonesian words for it, or by the form's label.
    static func field(_ heading: String) -> Innovation.Field? { fields[fold(heading)] }

    private static let fields: [String: Innovation.Field] = {
        var found: [String: Innovation.Field] = [:]
        for field in Innovation.Field.written {
            let label = FieldGuide.guide(to: field)?.label
            let names =
                (imported[field]?.names ?? []) + (more[field] ?? [])
                + [label?.indonesian, label?.english].compactMap(\.self)
            for name in names where found[fold(name)] == nil { found[fold(name)] = field }
        }
        return found
    }()

    /// The template's columns: heading, and one line of help.
    static let template: [(heading: String, help: String)] = Innovation.Field.written.map { field in
        let guide = FieldGuide.guide(to: field)
        return (guide?.label.indonesian ?? field.rawValue, field == .title ? titleHelp : help(field, guide))
    }

    /// By which the template's line of help is told from data.
    static let titleHelp = "Wajib diisi. Hapus baris petunjuk ini bila perlu; baris ini tidak dibaca."

    private static func help(_ field: Innovation.Field, _ guide: FieldGuide?) -> String {
        func list(_ names: [Phrase]) -> String { names.map(\.indonesian).joined(separator: " / ") }
        switch field {
        case .stage: return list(Innovation.Stage.allCases.map(\.name))
        case .form: return list(Innovation.Form.allCases.map(\.name))
        case .continuity: return list(Innovation.Continuity.allCases.map(\.name))
        case .digital: return "ya / tidak"
        case .category: return "Misalnya: " + Category.shipped.prefix(4).map(\.indonesian).joined(separator: " / ")
        case .sdgs: return "Nomor 1 sampai 17, misalnya 3, 16"
        case .continuityOn: return "Misalnya 21-11-2026"
        default: return guide?.help.indonesian ?? ""
        }
    }

    /// A cell as the form would send it.
    static func read(_ cell: String, as field: Innovation.Field) -> Result<String, Wrong> {
        switch field {
        case .stage: return choice(cell, Innovation.Stage.allCases.map { ($0.rawValue, [$0.name]) })
        case .continuity: return choice(cell, Innovation.Continuity.allCases.map { ($0.rawValue, [$0.name]) })
        case .form:
            return choice(
                cell,
                Innovation.Form.allCases.map { form in
                    let other: [Phrase] =
                        switch form {
                        case .citizen:
                            [Phrase("Inovasi masyarakat", "Citizen"), Phrase("Gagasan masyarakat", "Citizen")]
                        case .other: [Phrase("Lainnya", "Others")]
                        default: []
                        }
                    return (form.rawValue, [form.name] + other)
                })
        case .digital:
            return choice(
                cell, [("true", [Phrase("ya", "yes")]), ("false", [Phrase("tidak", "no")])])
        case .category:
            guard case .category(let code) = Categories.shipped.category(for: cell) else {
                return .failure(
                    Wrong(
                        "Kategori ini tidak ada dalam daftar; pilih di dalam draf.",
                        "This category is not in the list; choose one in the draft."))
            }
            return .success(code)
        default: return .success(cell)
        }
    }

    private static func choice(_ cell: String, _ choices: [(value: String, names: [Phrase])]) -> Result<String, Wrong> {
        let typed = fold(cell)
        for choice in choices {
            let names = [choice.value] + choice.names.flatMap { [$0.indonesian, $0.english] }
            if names.contains(where: { fold($0) == typed }) { return .success(choice.value) }
        }
        let indonesian = choices.map { $0.names[0].indonesian }.joined(separator: ", ")
        let english = choices.map { $0.names[0].english }.joined(separator: ", ")
        return .failure(Wrong("Pilih salah satu: \(indonesian).", "Choose one of: \(english)."))
    }
}
