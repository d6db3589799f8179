import Kernel
import Web

/// One revision of a record: when, who and why.
package struct RevisionLine: Sendable {
    package let number: Int
    package let at: Instant
    /// The office or the source that acted, never a person.
    package let by: String
    package let why: String
    /// The keys of the fields that changed, see `Innovation.fieldName`.
    package let fields: [String]

    package init(number: Int, at: Instant, by: String, why: String, fields: [String] = []) {
        self.number = number
        self.at = at
        self.by = by
        self.why = why
        self.fields = fields
    }
}

/// Every revision of one innovation, newest first.
package struct HistoryPage: Sendable {
    package let id: String
    package let name: String
    package let lines: [RevisionLine]

    package init(id: String, name: String, lines: [RevisionLine]) {
        self.id = id
        self.name = name
        self.lines = lines
    }
}

package enum HistoryView {
    package static func page(_ model: HistoryPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let head = PageHead(
            say("Riwayat \(model.name)", "History of \(model.name)"),
            description: say("Setiap perubahan data inovasi ini.", "Every change to this record."),
            place: .innovations, crumbs: crumbs(model.id, model.name, frame), indexed: false)
        let finding =
            model.lines.count == 1
            ? say("Data ini belum pernah berubah sejak dimuat", "These data have not changed since they were loaded")
            : say("Data ini \(model.lines.count) kali dicatat", "These data were recorded \(model.lines.count) times")
        return Layout.page(
            frame, head,
            """
            <h1>\(say("Riwayat", "History of")) <span\(frame.record)>\(model.name)</span></h1>
            <p class="lead">\(finding). \(say("Tidak ada yang ditimpa tanpa jejak.", "Nothing is overwritten without a trace."))</p>
            <ol class="thread">\(model.lines.html { line($0, model.id, frame) })</ol>
            """)
    }

    static func crumbs(_ id: String, _ name: String, _ frame: Frame) -> [Crumb] {
        [
            Crumb(frame.say("Inovasi", "Innovations"), frame.to(.path("inovasi"))),
            Crumb(name, frame.to(.path("inovasi", id))),
        ]
    }

    private static func line(_ line: RevisionLine, _ id: String, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let fields = line.fields.map { frame.language.say(Innovation.fieldName($0)).lowercased() }
        return """
            <li class="tied"><h2 class="knot">\(say("Revisi", "Revision")) \(line.number), \
            \(line.at.day().long(frame.language)) \(line.at.clock()) WIB</h2>
            <p\(frame.record)>\(line.why)</p><p class="from">\(line.by)</p>\
            \(fields.isEmpty ? "" : "<p>\(say("Berubah:", "Changed:")) \(fields.joined(separator: ", "))</p>")\
            \(line.number > 1 ? "<p>\(compare(line.number, id, frame))</p>" : "")</li>

            """
    }

    private static func compare(_ number: Int, _ id: String, _ frame: Frame) -> HTML {
        let address = Address.path("inovasi", id, "riwayat", String(number))
        return """
            <a href="\(frame.to(address))">\(frame.say(
                "Bandingkan dengan revisi \(number - 1)", "Compare with revision \(number - 1)"))</a>
            """
    }

    /// The last change, on the innovation's own page.
    static func teaser(_ model: InnovationPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let line = model.revision
        let all = Address.path("inovasi", model.id, "riwayat")
        return """
            <h2 id="riwayat">\(say("Riwayat data", "History of the data"))</h2>
            <ol class="thread tight"><li class="tied"><strong>\(line.at.day().long(frame.language))</strong> \
            <span\(frame.record)>\(line.why)</span> <span class="from">\(line.by)</span></li></ol>
            <p class="screen"><a href="\(frame.to(all))">\(say(
                "Lihat riwayat, \(model.revisions) revisi",
                "See the history, \(frame.count(model.revisions, "", "revision", "revisions"))"))</a></p>

            """
    }
}
