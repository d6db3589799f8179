import Files
import Kernel
import Web

/// A file that proves a claim, as a page names it.
struct EvidenceLine: Sendable, Hashable {
    let id: Int
    /// The name it was handed in under.
    let name: String
    /// The media type found in its content.
    let type: String
    /// In bytes.
    let size: Int
    let scan: ScanState
    let address: Address
}

enum EvidenceView {
    /// `Bukti: Keputusan.pdf (PDF, 340 KB)`; a file that a scanner found harmful is named and not linked.
    static func link(_ line: EvidenceLine, scans: Bool, _ frame: Frame) -> HTML {
        let note = [kind(line.type, frame.language), frame.language.size(line.size)].joined(separator: ", ")
        let name: HTML =
            line.scan == .infected ? "<span>\(line.name)</span>" : "<a href=\"\(line.address)\">\(line.name)</a>"
        return """
            \(name) <span class="soft">(\(note))</span>\(scans || line.scan == .infected ? scan(line.scan, frame) : "")
            """
    }

    static func scan(_ scan: ScanState, _ frame: Frame) -> HTML {
        switch scan {
        case .waiting: " <span class=\"tag\">\(frame.say("belum dipindai", "not scanned yet"))</span>"
        case .clean: " <span class=\"tag\">\(frame.say("dipindai, bersih", "scanned, clean"))</span>"
        case .infected:
            " <strong class=\"problem\">\(frame.say("ditahan: berisi kode berbahaya", "held back: contains harmful code"))</strong>"
        }
    }

    /// The word people use for a media type.
    static func kind(_ type: String, _ language: Language) -> String {
        FileType(rawValue: type)?.label ?? language.say("berkas", "file")
    }
}

extension EvidenceLine {
    /// - Parameter folder: below which the file is served, e.g. `/kerja/bukti`.
    init(_ evidence: Evidence, in folder: [String]) {
        self.init(
            id: evidence.id, name: evidence.name, type: evidence.type, size: evidence.size, scan: evidence.scan,
            address: Address("/" + (folder + [String(evidence.id)]).joined(separator: "/")) ?? .path())
    }
}

extension Language {
    /// A size as people read it: `340 KB`, `2,1 MB`.
    func size(_ bytes: Int) -> String {
        if bytes < 1000 { return "\(bytes) B" }
        if bytes < 1_000_000 { return "\((bytes + 500) / 1000) KB" }
        let tenths = (bytes + 50_000) / 100_000
        let point = self == .indonesian ? "," : "."
        return tenths % 10 == 0 ? "\(number(tenths / 10)) MB" : "\(number(tenths / 10))\(point)\(tenths % 10) MB"
    }

    /// How long ago a moment was, in whole days: `hari ini`, `2 hari lalu`.
    func since(_ then: Instant, _ now: Instant) -> String {
        let days = now.day().daysSince1970 - then.day().daysSince1970
        switch days {
        case ...0: return say("hari ini", "today")
        case 1: return say("kemarin", "yesterday")
        default: return say("\(number(days)) hari lalu", "\(number(days)) days ago")
        }
    }
}
