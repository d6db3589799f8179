import Foundation
import Kernel
import Text

/// Whether two accounts look like one person: the same name without titles and degrees, or the same telephone. An
/// address that was never confirmed hides nothing that way.
package struct SameName: Sendable, Hashable {
    /// Two words or more, folded; nil where that is too little to tell people apart.
    package let name: String?
    /// The last nine digits; nil where there are fewer.
    package let phone: String?

    package init(name: String?, phone: String?) {
        // `Dr. Budi Santoso, M.Si.`: degrees follow a comma, titles end with a full stop.
        let words = (name ?? "").split(separator: ",").first.map { $0.split(whereSeparator: \.isWhitespace) } ?? []
        let kept = words.filter { !$0.hasSuffix(".") && $0.count > 1 }.map { fold(String($0)) }
        self.name = kept.count > 1 ? kept.joined(separator: " ") : nil
        let digits = (phone ?? "").filter { $0.isASCII && $0.isNumber }
        self.phone = digits.count >= 9 ? String(digits.suffix(9)) : nil
    }

    package func matches(_ other: SameName) -> Bool {
        (name != nil && name == other.name) || (phone != nil && phone == other.phone)
    }
}
