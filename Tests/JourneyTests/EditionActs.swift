import Competition
import Foundation
import Kernel
import People
import Support
import Testing

/// What people do in an edition, each through the pages that they have for it.
extension NationalEdition {
    var desk: String { "/kerja/kompetisi/\(Self.code)" }

    /// The administrative check of one proposal.
    func pass(_ proposal: Int) async throws {
        let place = "\(desk)/usulan/\(proposal)"
        try Self.led(await secretariat.send(place, from: place, [("hasil", "lulus"), ("alasan", "")]))
    }

    /// Somebody is given a seat and declares that nothing ties them; who they are.
    func seat(_ seat: Evaluator.Seat, office: String, expertise: [String], most: Int = 40) async throws -> Signed {
        let role: Role = seat == .evaluator ? .evaluator : .panelist
        let person = try await Signed(site, Grant(role, edition: Self.code), office: office)
        let fields =
            [
                ("email", "orang\(person.account)@contoh.test"), ("name", "Orang \(person.account)"),
                ("kursi", seat.rawValue), ("bahasa", "id"), ("paling-sedikit", "0"), ("paling-banyak", String(most)),
            ] + expertise.enumerated().map { ("keahlian-\($0 + 1)", $1) }
        try Self.led(await secretariat.send("\(desk)/penilai", from: "\(desk)/penilai", fields))
        let own = "/kerja/benturan/\(Self.code)"
        try Self.led(await person.send("\(own)/nyatakan", from: own, []))
        return person
    }

    /// Makes a plan and releases it.
    func assign(seed: Int) async throws {
        let plan = try Self.led(
            await secretariat.send(
                "\(desk)/penugasan", from: "\(desk)/penugasan", [("tujuan", "floor"), ("benih", String(seed))]))
        let shown = try await secretariat.get(plan)
        #expect(shown.status == 200)
        try Self.led(await secretariat.send("\(plan)/lepas", from: plan, []))
    }

    /// The readings that somebody has to do, in the order of their queue.
    func queue(_ person: Signed) async throws -> [Int] {
        let page = try await person.get("/kerja/penilaian").text
        var seen: [Int] = []
        for link in page.matches(of: /href="\/kerja\/penilaian\/(\d+)"/) {
            if let id = Int(link.1), !seen.contains(id) { seen.append(id) }
        }
        return seen
    }

    /// Scores one reading at the desk and finishes it.
    func score(_ reading: Int, by person: Signed, _ value: (_ section: String) -> Int) async throws {
        let place = "/kerja/penilaian/\(reading)"
        var fields = [("lanjut", "selesai")]
        for section in ["kebaruan", "signifikansi"] {
            fields += [
                ("nilai.\(section)", String(value(section))), ("asal.nilai.\(section)", "-"),
                ("catatan.\(section)", "Bukti pada bagian \(section) dibaca."), ("asal.catatan.\(section)", "-"),
            ]
        }
        try Self.led(await person.send("\(place)/simpan", from: place, fields))
    }
}

/// An evaluation as it is imagined: each proposal has a quality, each evaluator a severity, each read its noise.
struct ImaginedScores {
    private var numbers: SeededNumbers
    let quality: [Double]
    let severity: [Double]

    init(seed: UInt64, proposals: Int, evaluators: Int) {
        var numbers = SeededNumbers(seed: seed)
        quality = (0..<proposals).map { _ in 68 + 9 * numbers.normal() }
        severity = (0..<evaluators).map { _ in 5 * numbers.normal() }
        self.numbers = numbers
    }

    /// A score from 0 to 100.
    mutating func draw(_ proposal: Int, _ evaluator: Int) -> Int {
        let value = quality[proposal] + severity[evaluator] + 4 * numbers.normal()
        return min(100, max(0, Int(value.rounded())))
    }
}
