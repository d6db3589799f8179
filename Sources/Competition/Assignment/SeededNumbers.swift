import Foundation
import Kernel

/// Numbers that depend on nothing but their seed, even and normal.
package struct SeededNumbers: RandomNumberGenerator, Sendable {
    private var random: SeededRandom
    private var spare: Double?

    package init(seed: UInt64) { random = SeededRandom(seed) }

    package mutating func next() -> UInt64 { random.next() }

    /// Evenly from 0 up to, not including, 1.
    package mutating func unit() -> Double { random.unit() }

    /// From the standard normal distribution (polar method).
    package mutating func normal() -> Double {
        if let value = spare {
            spare = nil
            return value
        }
        while true {
            let x = 2 * unit() - 1, y = 2 * unit() - 1
            let s = x * x + y * y
            guard s > 0, s < 1 else { continue }
            let scale = (-2 * log(s) / s).squareRoot()
            spare = y * scale
            return x * scale
        }
    }
}
