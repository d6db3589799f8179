import Foundation
import Text

/// Jaro–Winkler on bytes; the same figures as `Text.jaroWinkler` for ASCII without making an array for each pair.
func jaroWinkler(_ a: [UInt8], _ b: [UInt8]) -> Double {
    if a == b { return a.isEmpty ? 0 : 1 }
    guard !a.isEmpty, !b.isEmpty else { return 0 }
    guard a.count <= 64, b.count <= 64 else {
        return Text.jaroWinkler(String(decoding: a, as: UTF8.self), String(decoding: b, as: UTF8.self))
    }
    let reach = max(0, max(a.count, b.count) / 2 - 1)
    var (takenA, takenB): (UInt64, UInt64) = (0, 0)
    var matches = 0
    for i in 0..<a.count {
        var j = max(0, i - reach)
        let high = min(b.count, i + reach + 1)
        while j < high {
            if takenB & (1 << UInt64(j)) == 0, a[i] == b[j] {
                takenA |= 1 << UInt64(i)
                takenB |= 1 << UInt64(j)
                matches += 1
                break
            }
            j += 1
        }
    }
    guard matches > 0 else { return 0 }
    var swapped = 0
    while takenA != 0 {
        let (i, j) = (takenA.trailingZeroBitCount, takenB.trailingZeroBitCount)
        if a[i] != b[j] { swapped += 1 }
        takenA &= takenA - 1
        takenB &= takenB - 1
    }
    let m = Double(matches)
    let jaro = (m / Double(a.count) + m / Double(b.count) + (m - Double(swapped) / 2) / m) / 3
    var common = 0
    while common < 4, common < a.count, common < b.count, a[common] == b[common] { common += 1 }
    return jaro + Double(common) * 0.1 * (1 - jaro)
}

/// Whether two sorted lists hold a number in common.
func shares(_ a: [Int32], _ b: [Int32]) -> Bool {
    var (i, j) = (0, 0)
    while i < a.count, j < b.count {
        if a[i] == b[j] { return true }
        if a[i] < b[j] { i += 1 } else { j += 1 }
    }
    return false
}

/// The share of two sorted sets that they have in common, 0 to 1.
func jaccard(_ a: [Int32], _ b: [Int32]) -> Double {
    var (i, j, shared) = (0, 0, 0)
    while i < a.count, j < b.count {
        if a[i] == b[j] {
            shared += 1
            i += 1
            j += 1
        } else if a[i] < b[j] {
            i += 1
        } else {
            j += 1
        }
    }
    let all = a.count + b.count - shared
    return all == 0 ? 0 : Double(shared) / Double(all)
}

/// Whether a short name is made of the initials of a run of words: three letters or more, or all initials.
func isAcronym(_ short: [UInt8], of initials: [UInt8]) -> Bool {
    let letters = short.filter { $0 != 32 }
    guard letters.count >= 2, letters.count <= initials.count else { return false }
    if letters == initials { return true }
    guard letters.count >= 3 else { return false }
    return (0...(initials.count - letters.count)).contains {
        initials[$0..<($0 + letters.count)].elementsEqual(letters)
    }
}

/// Kilometres between two points in degrees, on a sphere of 6,371 km.
func kilometres(_ a: (latitude: Double, longitude: Double), _ b: (latitude: Double, longitude: Double)) -> Double {
    let degree = Double.pi / 180
    let latitudes = sin((b.latitude - a.latitude) * degree / 2)
    let longitudes = sin((b.longitude - a.longitude) * degree / 2)
    let share =
        latitudes * latitudes + cos(a.latitude * degree) * cos(b.latitude * degree) * longitudes
        * longitudes
    return 2 * 6371 * asin(min(1, share.squareRoot()))
}
