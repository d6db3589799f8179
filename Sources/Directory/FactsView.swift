import Kernel
import Web

/// A Sustainable Development Goal, 1 to 17, with its title.
package struct Goal: Sendable, Hashable {
    package let number: Int
    package let title: Phrase

    package init(_ number: Int, _ title: Phrase) {
        self.number = number
        self.title = title
    }
}

/// The short facts beside a record. What no source says is listed as not known yet, in one line.
enum FactsView {
    static func list(_ model: InnovationPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let record = model.record
        let rows: [(name: String, value: HTML?)] = [
            ("NRI", record.nri.map { "\($0)" }),
            (say("Tahun menurut sumber", "Year as stated"), record.yearStated.map { "\($0)" }),
            (say("Tahun gagasan", "Year of the idea"), record.yearOfIdea.map { "\($0)" }),
            (say("Tahun uji coba", "Year of the trial"), record.yearOfTrial.map { "\($0)" }),
            (say("Tahun mulai", "Year of the start"), record.yearOfStart.map { "\($0)" }),
            (say("Tahap", "Stage"), record.stage.map { "\(frame.language.say($0.name))" }),
            (say("Bentuk", "Form"), form(record, frame)),
            (
                say("Kategori", "Category"),
                record.category.map {
                    link(.category, $0, Category.named($0).map(frame.language.say) ?? $0, frame)
                }
            ),
            (say("Urusan", "Affair"), record.affair.map { link(.affair, $0, $0, frame) }),
            ("SDG", model.goals.isEmpty ? nil : goals(model.goals, frame)),
            (
                say("Kelengkapan", "Completeness"),
                model.completeness.map {
                    "\(say("\($0.filled) dari \($0.of) isian", "\($0.filled) of \($0.of) fields"))"
                }
            ),
        ]
        let known = rows.html { name, value in html(value) { "<dt>\(name)</dt><dd>\($0)</dd>" } }
        let unknown = rows.filter { $0.value == nil }.map(\.name)
        let missing: HTML =
            unknown.isEmpty
            ? ""
            : """
            <p class="soft small">\(say("Belum diketahui:", "Not known yet:")) \
            \(unknown.map(lowered).joined(separator: ", ")).</p>
            """
        return "<dl class=\"facts\">\(known)</dl>\(missing)"
    }

    private static func lowered(_ name: String) -> String {
        name.allSatisfy(\.isUppercase) ? name : name.prefix(1).lowercased() + name.dropFirst()
    }

    private static func form(_ record: Innovation, _ frame: Frame) -> HTML? {
        let digital = record.digital.map { $0 ? "digital" : frame.say("nondigital", "not digital") }
        let words = [record.form.map { frame.language.say($0.name) }, digital].compactMap(\.self)
        return words.isEmpty ? nil : "\(words.joined(separator: ", "))"
    }

    private static func link(_ filter: Filter, _ value: String, _ name: String, _ frame: Frame) -> HTML {
        let address = Address.path("inovasi", query: [(filter.rawValue, value)])
        return "<a\(frame.record) href=\"\(frame.to(address))\">\(name)</a>"
    }

    private static func goals(_ goals: [Goal], _ frame: Frame) -> HTML {
        goals.enumerated().html { n, goal in
            """
            \(n == 0 ? "" : "<br>")<a href="\(frame.to(.path("sdg", String(goal.number))))">\(goal.number) \
            \(frame.language.say(goal.title))</a>
            """
        }
    }
}
