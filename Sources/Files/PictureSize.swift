/// Width and height as a picture's header tells them; no pixel is decoded.
struct PictureSize: Hashable {
    let width: Int
    let height: Int

    /// Nil when the header is damaged or of a form that is not known.
    static func read(_ file: OpenFile, _ type: FileType) throws -> PictureSize? {
        switch type {
        case .jpeg: try jpeg(file)
        case .png: try png(file)
        case .webp: try webp(file)
        default: nil
        }
    }

    private static func png(_ file: OpenFile) throws -> PictureSize? {
        let head = try file.read(at: 0, count: 24)
        guard head.count == 24, head[12..<16].elementsEqual("IHDR".utf8) else { return nil }
        return PictureSize(width: big(head[16..<20]), height: big(head[20..<24]))
    }

    /// Walks the segments to the first frame header.
    private static func jpeg(_ file: OpenFile) throws -> PictureSize? {
        var place = 2
        for _ in 0..<10_000 {
            let head = try file.read(at: place, count: 9)
            guard head.count == 9, head[0] == 0xFF else { return nil }
            let marker = head[1]
            if marker == 0xFF {
                place += 1
            } else if (0xC0...0xCF).contains(marker), ![0xC4, 0xC8, 0xCC].contains(marker) {
                return PictureSize(width: big(head[7..<9]), height: big(head[5..<7]))
            } else {
                place += 2 + max(2, big(head[2..<4]))
            }
        }
        return nil
    }

    private static func webp(_ file: OpenFile) throws -> PictureSize? {
        let head = try file.read(at: 0, count: 30)
        guard head.count == 30, head[8..<12].elementsEqual("WEBP".utf8) else { return nil }
        switch String(decoding: head[12..<16], as: UTF8.self) {
        case "VP8 ":
            return PictureSize(width: little(head[26..<28]) & 0x3FFF, height: little(head[28..<30]) & 0x3FFF)
        case "VP8L":
            let bits = little(head[21..<25])
            return PictureSize(width: (bits & 0x3FFF) + 1, height: (bits >> 14 & 0x3FFF) + 1)
        case "VP8X":
            return PictureSize(width: little(head[24..<27]) + 1, height: little(head[27..<30]) + 1)
        default:
            return nil
        }
    }

    private static func big(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
    private static func little(_ bytes: ArraySlice<UInt8>) -> Int { big(ArraySlice(bytes.reversed())) }
}
