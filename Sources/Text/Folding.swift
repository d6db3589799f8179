import Foundation

/// Folds a text for comparison: lower case, no diacritics, every run of anything but letters and digits one space.
///
/// `"Pemerintah  Kota—MAKASSAR (Sulsel)"` becomes `"pemerintah kota makassar sulsel"`.
package func fold(_ text: String) -> String {
    var out: [UInt8] = []
    out.reserveCapacity(text.utf8.count)
    var gap = false
    func put(_ byte: UInt8) {
        if gap, !out.isEmpty { out.append(32) }
        gap = false
        out.append(byte)
    }
    var ascii = true
    for byte in text.utf8 where byte >= 128 {
        ascii = false
        break
    }
    let plain = ascii ? text : text.folding(options: [.diacriticInsensitive, .widthInsensitive], locale: nil).lowercased()
    for byte in plain.utf8 {
        switch byte {
        case 65...90: put(byte | 32)
        case 97...122, 48...57: put(byte)
        case 128...: put(byte)
        default: gap = true
        }
    }
    return String(decoding: out, as: UTF8.self)
}
