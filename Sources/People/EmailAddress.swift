import Foundation
import Kernel

/// An e-mail address as accounts are found by: trimmed and in lower case.
package struct EmailAddress: Sendable, Hashable {
    package let text: String

    /// Nil unless it has the shape NAME@HOST.DOMAIN, at most 254 bytes (RFC 5321), without spaces or control characters.
    package init?(_ given: String) {
        let text = EmailAddress.folded(given)
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard text.utf8.count <= 254, parts.count == 2, let name = parts.first, let host = parts.last,
            (1...64).contains(name.utf8.count), EmailAddress.isHost(host),
            text.unicodeScalars.allSatisfy({
                $0.value > 0x20 && $0.value != 0x7F && !"<>(),;:\\\"[]".unicodeScalars.contains($0)
            })
        else { return nil }
        self.text = text
    }

    /// What is compared when someone signs in; also of what is no address at all.
    static func folded(_ given: String) -> String {
        given.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
    }

    private static func isHost(_ host: Substring) -> Bool {
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2
            && labels.allSatisfy { label in
                !label.isEmpty && label.first != "-" && label.last != "-"
                    && label.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
            }
    }
}
