import Kernel
import Web

/// The 17 goals with how many innovations name each; nil where nothing has been loaded.
package struct GoalsPage: Sendable {
    package let goals: [(goal: Goal, count: Int)]
    /// Innovations that name at least one goal, and all.
    package let known: Int
    package let total: Int

    package init(goals: [(goal: Goal, count: Int)], known: Int, total: Int) {
        self.goals = goals
        self.known = known
        self.total = total
    }
}

/// One goal and the first of its innovations.
package struct GoalPage: Sendable {
    package let goal: Goal
    package let count: Int
    package let entries: [Entry]
    package let known: Int
    package let total: Int

    package init(goal: Goal, count: Int, entries: [Entry], known: Int, total: Int) {
        self.goal = goal
        self.count = count
        self.entries = entries
        self.known = known
        self.total = total
    }
}

package enum GoalView {
    package static func list(_ model: GoalsPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let title = say("Menurut tujuan pembangunan berkelanjutan (SDG)", "By Sustainable Development Goal")
        let head = PageHead(
            title,
            description: say(
                "Inovasi menurut 17 tujuan pembangunan berkelanjutan.", "Innovations by the 17 goals."),
            place: .innovations, crumbs: crumbs(frame))
        return Layout.page(
            frame, head,
            """
            <h1>\(title)</h1>
            <p class="lead">\(coverage(model.known, model.total, frame))</p>
            <ol class="goals bare">\(model.goals.html { item($0.goal, $0.count, frame) })</ol>
            """)
    }

    private static func item(_ goal: Goal, _ count: Int, _ frame: Frame) -> HTML {
        let amount = count == 0 ? frame.say("belum ada", "none yet") : frame.number(count)
        return """
            <li><a href="\(frame.to(.path("sdg", String(goal.number))))"><span class="n">\(goal.number)</span>\
            <span>\(frame.language.say(goal.title))</span> <span class="soft">\(amount)</span></a></li>

            """
    }

    package static func page(_ model: GoalPage, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let name = frame.language.say(model.goal.title)
        let head = PageHead(
            "SDG \(model.goal.number): \(name)",
            description: say(
                "Inovasi yang menyebut SDG \(model.goal.number).", "Innovations that name SDG \(model.goal.number)."),
            place: .innovations, crumbs: crumbs(frame) + [Crumb("SDG", frame.to(.path("sdg")))])
        let all = Address.path("inovasi", query: [("sdg", String(model.goal.number))])
        let count = frame.count(model.count, "inovasi", "innovation", "innovations")
        let body: HTML =
            model.entries.isEmpty
            ? "<p>\(say("Belum ada inovasi di portal ini yang sumbernya menyebut tujuan ini.", "No source of an innovation here names this goal yet."))</p>"
            : """
            \(EntryView.list(model.entries, frame))
            <p><a class="button second" href="\(frame.to(all))">\(say("Lihat semua, \(count)", "See all, \(count)"))</a></p>
            """
        return Layout.page(
            frame, head,
            """
            <p class="eyebrow">SDG \(model.goal.number)</p>
            <h1>\(name)</h1>
            <p class="lead">\(coverage(model.known, model.total, frame))</p>
            \(body)
            """)
    }

    private static func crumbs(_ frame: Frame) -> [Crumb] {
        [Crumb(frame.say("Inovasi", "Innovations"), frame.to(.path("inovasi")))]
    }

    private static func coverage(_ known: Int, _ total: Int, _ frame: Frame) -> String {
        let all = frame.number(total)
        if known == 0 {
            return frame.say(
                "Belum ada sumber yang menyebut SDG dari \(all) inovasi di sini; itu tidak berarti tidak ada kaitannya.",
                "No source names the goals of the \(all) innovations here yet; that does not mean they serve none.")
        }
        return frame.say(
            "Diketahui untuk \(frame.number(known)) dari \(all) inovasi; selebihnya belum diketahui.",
            "Known for \(frame.number(known)) of \(all) innovations; not known yet for the rest.")
    }
}
