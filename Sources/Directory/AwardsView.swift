import Kernel
import Web

/// Awards, what the ministry did for it, links and the source's own remarks.
enum AwardsView {
    static func body(_ record: Innovation, _ frame: Frame) -> HTML {
        awards(record.awards, frame) + activities(record.activities, frame) + links(record.links, frame)
            + notes(record.notes, frame)
    }

    private static func awards(_ awards: [Innovation.Award], _ frame: Frame) -> HTML {
        guard !awards.isEmpty else { return .empty }
        return """
            <h2 id="penghargaan">\(frame.say("Penghargaan", "Awards"))</h2>
            <ul>\(awards.html { award($0, frame) })</ul>

            """
    }

    private static func award(_ award: Innovation.Award, _ frame: Frame) -> HTML {
        let year = award.year.map(String.init) ?? frame.say("tahun belum diketahui", "year not known yet")
        return """
            <li><span\(frame.record)><strong>\(award.rank ?? award.programme)</strong>\
            \(award.rank == nil ? "" : ", \(award.programme)")</span>, \(year)\
            \(html(award.decree) { ". <span class=\"from\">\($0)</span>" })</li>
            """
    }

    private static func activities(_ activities: [Innovation.Activity], _ frame: Frame) -> HTML {
        guard !activities.isEmpty else { return .empty }
        let items = activities.html { activity in
            """
            <li class="tied"><h3>\(frame.language.say(activity.kind.name))\
            \(html(activity.on) { ", \($0.long(frame.language))" })</h3><p\(frame.record)>\(activity.note)</p></li>
            """
        }
        return """
            <h2 id="pembinaan">\(frame.say("Pembinaan", "Guidance by the ministry"))</h2>
            <ol class="thread tight">\(items)</ol>

            """
    }

    private static func links(_ links: [Innovation.Link], _ frame: Frame) -> HTML {
        let items = links.html { link in
            html(Address(link.address)) { address in
                """
                <li><a href="\(address)" rel="nofollow noopener">\(link.label ?? host(link.address))</a>\
                \(link.kind == .video ? " (\(frame.say("video", "video")))" : "")</li>
                """
            }
        }
        guard !items.text.isEmpty else { return .empty }
        return "<h2 id=\"tautan\">\(frame.say("Tautan", "Links"))</h2>\n<ul>\(items)</ul>\n"
    }

    private static func host(_ address: String) -> String {
        let rest = address.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first
        return rest.map(String.init) ?? address
    }

    private static func notes(_ notes: [String], _ frame: Frame) -> HTML {
        guard !notes.isEmpty else { return .empty }
        return """
            <h2 id="catatan">\(frame.say("Catatan dari sumber", "Remarks of the source"))</h2>
            <ul>\(notes.html { "<li\(frame.record)>\($0)</li>" })</ul>

            """
    }
}
