import Kernel
import Web

/// What to do today, on one page.
package struct DeskPage: Sendable {
    package let lines: [DeskLine]
    package let person: Person
    /// The person's roles in words.
    package let roles: [String]
}

package enum DeskView {
    package static func page(_ model: DeskPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let (busy, places) = (model.lines.filter { $0.urgency != .quiet }, model.lines.filter { $0.urgency == .quiet })
        let title = say("Meja kerja", "Desk")
        return Layout.page(
            frame, PageHead(title, description: title, indexed: false),
            """
            <h1>\(finding(busy, frame))</h1>
            <p class="lead">\(model.roles.joined(separator: "; "))</p>
            \(busy.isEmpty ? .empty : "<ul class=\"bare\">\(busy.html { urgent($0, frame) })</ul>")
            <section aria-labelledby="tempat"><h2 id="tempat">\(say("Tempat kerja", "Places of work"))</h2>
            <ul class="bare">\(places.html { place($0, frame) })\
            \(place(DeskLine(say("Akun Anda", "Your account"), .path("akun"), note: say("profil, kata sandi, perangkat", "profile, password, devices")), frame))</ul></section>
            """)
    }

    private static func finding(_ busy: [DeskLine], _ frame: Frame) -> String {
        guard !busy.isEmpty else { return frame.say("Tidak ada yang menunggu Anda", "Nothing waits for you") }
        let count = frame.count(busy.count, "hal menunggu Anda", "thing waits for you", "things wait for you")
        return count
    }

    private static func urgent(_ line: DeskLine, _ frame: Frame) -> HTML {
        let look: StateView.Look =
            switch line.urgency {
            case .late: .late
            case .soon: .due
            case .waiting, .quiet: .never
            }
        return """
            <li class="row"><a class="name" href="\(frame.to(line.address))">\(line.words)\
            \(html(line.count) { " (\(frame.number($0)))" })</a>\(html(line.note) { StateView.state(look, $0) })</li>

            """
    }

    private static func place(_ line: DeskLine, _ frame: Frame) -> HTML {
        """
        <li><a href="\(frame.to(line.address))">\(line.words)\(html(line.count) { " (\(frame.number($0)))" })</a>\
        \(html(line.note) { " <span class=\"soft\">\($0)</span>" })</li>

        """
    }
}
