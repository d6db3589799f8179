import Web

/// The newest innovations of an institution or a region, with a link to all of them.
enum ShelfView {
    static func list(_ entries: [Entry], owner: Bool, all: Address?, _ frame: Frame) -> HTML {
        """
        \(EntryView.list(entries, level: 3, owner: owner, frame))
        \(html(all) { "<p><a class=\"button second\" href=\"\(frame.to($0))\">\(frame.say("Lihat dan saring semuanya", "See and filter all"))</a></p>" })
        """
    }
}
