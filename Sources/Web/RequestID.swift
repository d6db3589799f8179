import Synchronization

/// Names each request: a prefix drawn at start and a number that rises.
enum RequestNames {
    private static let start = UInt64.random(in: .min ... .max)
    private static let next = Atomic<UInt64>(0)

    /// 16 hexadecimal digits, different for every request of this process.
    static func make() -> String {
        let number = next.wrappingAdd(1, ordering: .relaxed).newValue
        // An odd multiplier is a bijection, so no two numbers share a name.
        let mixed = (number &+ start) &* 0x9E37_79B9_7F4A_7C15
        return String(unsafeUninitializedCapacity: 16) { out in
            for place in 0..<16 {
                out[place] = hexDigit(UInt8(truncatingIfNeeded: mixed >> UInt64(60 - place * 4)) & 15)
            }
            return 16
        }
    }

    /// A name that a trusted proxy gave, if it is short and plain.
    static func accepted(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 45
            }
    }
}
