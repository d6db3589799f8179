import Foundation
import Kernel

extension Language {
    /// A number with a fixed count of decimals as this language writes it: `27,5` or `27.5`; never `−0,0`.
    func number(_ value: Double, places: Int = 1) -> String {
        let scale = pow(10, Double(places))
        let whole = Int((abs(value) * scale).rounded())
        let digits = String(whole % Int(scale))
        let rest = String(repeating: "0", count: max(0, places - digits.count)) + digits
        let sign = value < 0 && whole != 0 ? "−" : ""
        return sign + number(whole / Int(scale)) + (places == 0 ? "" : say(",", ".") + rest)
    }

    /// A chance from 0 to 1 in percent; the ends are said as bounds, since they come from a limited number of draws.
    func chance(_ value: Double) -> String {
        if value < 0.01 { return say("kurang dari 1%", "below 1%") }
        if value > 0.99 { return say("lebih dari 99%", "above 99%") }
        return number(Int((value * 100).rounded())) + "%"
    }
}
