/// A QR code of bytes with error correction M (ISO/IEC 18004), versions 1 to 10: up to 213 bytes.
package struct QRCode: Sendable, Hashable {
    /// Modules on a side.
    package let size: Int
    /// Which of the eight masks was chosen.
    package let mask: Int
    private var dark: [Bool]

    /// Whether the module in a column and row is dark.
    package subscript(x: Int, y: Int) -> Bool { dark[y * size + x] }

    // By version: all codewords, error-correction codewords of a block, blocks.
    private static let shapes = [
        (26, 10, 1), (44, 16, 1), (70, 26, 1), (100, 18, 2), (134, 24, 2), (172, 16, 4), (196, 18, 4), (242, 22, 4),
        (292, 22, 5), (346, 26, 5),
    ]

    /// Nil for a text that is too long.
    ///
    /// - Parameter mask: 0 to 7; nil takes the one that reads best.
    package init?(_ text: String, mask: Int? = nil) {
        let bytes = Array(text.utf8)
        guard
            let place = Self.shapes.indices.first(where: { place in
                let (all, check, blocks) = Self.shapes[place]
                return bytes.count * 8 + 4 + (place < 9 ? 8 : 16) <= (all - check * blocks) * 8
            })
        else { return nil }
        let version = place + 1
        let codewords = Self.codewords(bytes, version, Self.shapes[place])
        let candidates = (0..<8).filter { mask == nil || $0 == mask }.map { QRCode(codewords, version, mask: $0) }
        guard let best = candidates.min(by: { $0.penalty < $1.penalty }) else { return nil }
        self = best
    }

    private init(_ codewords: [UInt8], _ version: Int, mask: Int) {
        var drawing = QRDrawing(version: version)
        drawing.fill(codewords, mask: mask)
        drawing.format(mask: mask)
        (size, self.mask, dark) = (drawing.size, mask, drawing.dark)
    }

    /// The bits of the text, padded, in blocks with their check codewords, interleaved.
    private static func codewords(_ bytes: [UInt8], _ version: Int, _ shape: (Int, Int, Int)) -> [UInt8] {
        let (all, check, blocks) = shape
        var bits: [Bool] = []
        func add(_ value: Int, _ count: Int) {
            for bit in stride(from: count - 1, through: 0, by: -1) { bits.append(value >> bit & 1 == 1) }
        }
        add(0b0100, 4)
        add(bytes.count, version < 10 ? 8 : 16)
        for byte in bytes { add(Int(byte), 8) }
        let capacity = (all - check * blocks) * 8
        add(0, min(4, capacity - bits.count))
        add(0, (8 - bits.count % 8) % 8)
        var padding = 0xEC
        while bits.count < capacity {
            add(padding, 8)
            padding = padding == 0xEC ? 0x11 : 0xEC
        }
        let data = stride(from: 0, to: bits.count, by: 8).map { start in
            bits[start..<start + 8].reduce(UInt8(0)) { $0 << 1 | ($1 ? 1 : 0) }
        }
        let short = data.count / blocks
        let long = data.count % blocks
        var parts: [[UInt8]] = []
        var start = 0
        for block in 0..<blocks {
            let count = short + (block >= blocks - long ? 1 : 0)
            parts.append(Array(data[start..<start + count]))
            start += count
        }
        let checks = parts.map { remainder($0, check) }
        var out: [UInt8] = []
        for place in 0...short { out += parts.compactMap { place < $0.count ? $0[place] : nil } }
        for place in 0..<check { out += checks.map { $0[place] } }
        return out
    }

    /// Reed-Solomon over GF(256) with the polynomial 0x11D.
    private static func remainder(_ data: [UInt8], _ count: Int) -> [UInt8] {
        var divisor = [UInt8](repeating: 0, count: count - 1) + [1]
        var root: UInt8 = 1
        for _ in 0..<count {
            for place in divisor.indices {
                divisor[place] = product(divisor[place], root)
                if place + 1 < count { divisor[place] ^= divisor[place + 1] }
            }
            root = product(root, 2)
        }
        var rest = [UInt8](repeating: 0, count: count)
        for byte in data {
            let factor = byte ^ rest.removeFirst()
            rest.append(0)
            for place in rest.indices { rest[place] ^= product(divisor[place], factor) }
        }
        return rest
    }

    private static func product(_ a: UInt8, _ b: UInt8) -> UInt8 {
        var out = 0
        for bit in stride(from: 7, through: 0, by: -1) {
            out = (out << 1) ^ ((out >> 7) * 0x11D)
            out ^= (Int(b) >> bit & 1) * Int(a)
        }
        return UInt8(out & 255)
    }

    // The four rules of the standard: runs, squares, what looks like a finder, and the balance of dark and light.
    private var penalty: Int {
        var sum = 0
        let finders = [
            [true, false, true, true, true, false, true, false, false, false, false],
            [false, false, false, false, true, false, true, true, true, false, true],
        ]
        for along in [true, false] {
            for line in 0..<size {
                let row = (0..<size).map { along ? self[$0, line] : self[line, $0] }
                var run = 1
                for place in 1..<size {
                    run = row[place] == row[place - 1] ? run + 1 : 1
                    if run == 5 { sum += 3 } else if run > 5 { sum += 1 }
                }
                for start in 0...(size - 11) where finders.contains(Array(row[start..<start + 11])) { sum += 40 }
            }
        }
        for y in 0..<size - 1 {
            for x in 0..<size - 1
            where self[x, y] == self[x + 1, y] && self[x, y] == self[x, y + 1] && self[x, y] == self[x + 1, y + 1] {
                sum += 3
            }
        }
        let share = dark.count { $0 } * 20 - dark.count * 10
        return sum + ((abs(share) + dark.count - 1) / dark.count - 1) * 10
    }
}
