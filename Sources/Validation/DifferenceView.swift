import Directory
import Kernel
import Web

/// One side of a comparison: what was taken out on the left, what came in on the right, word by word.
enum DifferenceView {
    static func side(_ difference: WordDifference, _ whole: String?, removed: Bool, _ frame: Frame) -> HTML {
        guard let whole, !whole.isEmpty else { return "<p class=\"soft\">\(frame.say("Kosong", "Empty"))</p>" }
        let words = difference.runs.html { run -> HTML in
            switch run {
            case .same(let text): "\(text) "
            case .removed(let text): removed ? "<del>\(text)</del> " : ""
            case .added(let text): removed ? "" : "<ins>\(text)</ins> "
            }
        }
        return "<p\(frame.record)>\(words)</p>"
    }
}
