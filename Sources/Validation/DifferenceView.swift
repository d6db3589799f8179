import Directory
import Kernel
import Web

/// One side of a comparison: what was taken out on the left, what came in on the right, word by word.
enum DifferenceView {
    static func side(_ difference: WordDifference, _ whole: String?, removed: Bool, _ frame: Frame) -> HTML {
        guard let whole, !whole.isEmpty else { return "<p class=\"soft\">\(frame.say("Kosong", "Empty"))</p>" }
        return ComparisonView.words(difference, removed: removed, frame)
    }
}
