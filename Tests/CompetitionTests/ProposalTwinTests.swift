import Database
import Directory
import Foundation
import Kernel
import Support
import Testing

@testable import Competition

@Suite struct ProposalTextTests {
    private let story = """
        Warga di pegunungan menempuh empat jam untuk mengurus akta kelahiran. Petugas kini datang setiap pekan dengan
        sepeda motor, membawa pencetak kecil dan jaringan satelit, sehingga akta selesai di teras rumah pada hari itu juga.
        """

    @Test func `filler, keys struck at random and repetition are told from writing`() {
        func kinds(_ text: String) -> [ProposalFlaw.Kind] { ProposalFlaw.find(in: text, section: "a").map(\.kind) }
        #expect(kinds(story) == [])
        #expect(
            kinds("Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor.") == [.filler])
        #expect(kinds("asdf jkl; ghjkl qwerty sdfgh xcvb") == [.mash])
        #expect(kinds("aaaaaaa bbbbbb zzzzz") == [.mash])
        #expect(kinds(String(repeating: "layanan ", count: 40)) == [.repeated])
        #expect(
            kinds(String(repeating: "Kami melayani warga dengan sepenuh hati setiap hari. ", count: 12)) == [.repeated])
        // Abbreviations in capitals are no such keys; nor is one slip in a long text.
        #expect(kinds("DPMPTSP bersama BPJS, DPRD, RSUD dan BPKP menyusun SOP dengan DPPKBPPPA.") == [])
        #expect(kinds(story + " Sdfg.") == [])
        let evidence = ProposalFlaw.find(in: "Lorem ipsum dolor sit amet.", section: "ringkasan")
        #expect(
            evidence.map(\.reason.indonesian) == ["Tampak berisi teks pengisi (lorem, ipsum, dolor, amet)."])
    }

    @Test func `none of the sample innovations is flagged`() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../Sources/Directory/Reference/innovations.csv")
        let lines = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline).dropFirst()
        #expect(lines.count > 100)
        let flagged = lines.filter { line in
            !ProposalFlaw.find(in: line.split(separator: ",").prefix(9).joined(separator: " "), section: "a").isEmpty
        }
        #expect(flagged.map { $0.prefix(80) } == [])
    }

    @Test func `a common passage is found with both its places, a short one is not`() {
        let other = "Kami mulai tahun lalu. " + story.uppercased() + " Sesudah itu semua berubah."
        let found = ProposalPassage.shared(["ringkasan": "Ini cerita kami: " + story], ["kebaruan": other])
        #expect(found.count == 1)
        #expect(found.first?.theirSection == "kebaruan")
        #expect(found.first?.words == 34)
        #expect(found.first?.mine.hasPrefix("Warga di pegunungan") ?? false)
        #expect(found.first?.theirs.hasSuffix("HARI ITU JUGA") ?? false)
        let short = story.split(whereSeparator: \.isWhitespace).prefix(18).joined(separator: " ")
        #expect(ProposalPassage.shared(["a": story], ["a": short + " lalu selesai."]) == [])
    }

    @Test func `texts that share a passage share a print, and so do texts with their words moved`() {
        let one = ProposalPrint(title: "Antar Akta", texts: ["Pembuka yang lain sama sekali. " + story])
        let two = ProposalPrint(title: "Akta Diantar", texts: [story + " Penutup yang lain sama sekali."])
        #expect(!Set(one.passages).isDisjoint(with: two.passages))
        let moved = story.split(whereSeparator: \.isWhitespace).reversed().joined(separator: " ")
        let three = ProposalPrint(title: "Antar Akta", texts: ["Pembuka yang lain sama sekali. " + moved])
        #expect(three.words == one.words)
        #expect(three.title == one.title)
        #expect(Set(one.passages).isDisjoint(with: three.passages))
        let long = ProposalPrint(title: "x", texts: [(0..<20_000).map { "kata\($0)" }.joined(separator: " ")])
        #expect(long.passages.count == 1000)
        #expect(ProposalPrint(title: "", texts: []) == ProposalPrint(title: "dan", texts: ["ya"].filter { _ in false }))
    }
}

@Suite struct ProposalTwinTests {
    private static let now = ProposalOffice.now
    private static let title = "Antar Jemput Dokumen Kependudukan Warga Lanjut Usia"
    private static let moved = "Dokumen Kependudukan Warga Lanjut Usia: Jemput, Antar"
    private static let summary = """
        Warga lanjut usia di lereng gunung tidak lagi turun ke kota untuk mengurus kartu keluarga dan kartu tanda
        penduduk karena petugas kecamatan datang membawa perekam dan pencetak bergerak setiap pekan ketiga.
        """
    private static let movedSummary =
        summary.split(whereSeparator: \.isWhitespace).reversed().joined(separator: " ")

    private static func deliver(_ number: Int, _ title: String, _ summary: String, _ office: ProposalOffice)
        async throws
    {
        try await office.database.write(at: now) { db in
            try ProposalOffice.deliver(number, db) {
                $0.title = title
                $0.texts[.summary] = summary
                $0.texts[.novelty] = "Petugas datang."
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `identical proposals with their words moved are found, of one agency and of two`(_ engine: Engine) async throws
    {
        try await ProposalOffice.with(engine) { office in
            try await Self.deliver(1, Self.title, Self.summary, office)
            try await Self.deliver(2, Self.moved, Self.movedSummary, office)
            try await Self.deliver(4, Self.moved, Self.movedSummary, office)
            let first = try await office.ready(1, to: .submitted)
            let other = try await office.ready(3, to: .submitted)
            let neighbour = try await office.ready(4, by: "tetangga")
            let second = try await office.ready(2)
            #expect(try await office.sheet(other).twins == [])

            let own = try await office.sheet(second).twins
            #expect(own.map(\.proposal) == [first])
            #expect(own[0].isSameOffice && own[0].mayOpen)
            #expect(own[0].probability > 0.9)
            #expect(own[0].words > 0.95)
            #expect(
                own[0].likeness.map(\.indonesian) == [
                    "hampir pasti inovasi yang sama", "isinya memakai kata-kata yang sama",
                ])
            // What the neighbour has not sent is nobody's business; what was sent is seen as one of another institution.
            #expect(try await office.sheet(first).twins.map(\.proposal) == [second])
            let seen = try await office.sheet(neighbour, as: "tetangga").twins
            #expect(seen.map(\.proposal) == [first])
            #expect(!seen[0].isSameOffice && !seen[0].mayOpen)
            try await office.proposals.submit(neighbour, by: office.actor("tetangga"), at: Self.now)
            #expect(Set(try await office.sheet(first).twins.map(\.proposal)) == [second, neighbour])
            let organiser = try await office.proposals.submission(
                first, in: "kipp-2027", for: office.person("sekretariat"), at: Self.now)
            #expect(organiser.twins.map(\.proposal) == [neighbour])
            try await office.proposals.withdraw(first, by: office.actor("admin"), at: Self.now)
            #expect(try await office.sheet(neighbour, as: "tetangga").twins == [])
        }
    }

    @Test(arguments: Engine.tested)
    func `the organiser sees two proposals side by side, the agency not whose the other is`(
        _ engine: Engine
    ) async throws {
        try await ProposalOffice.with(engine) { office in
            try await Self.deliver(1, Self.title, Self.summary, office)
            try await Self.deliver(4, "Layanan Keliling", Self.summary, office)
            let (first, neighbour) = (
                try await office.ready(1, to: .submitted), try await office.ready(4, to: .submitted, by: "tetangga")
            )
            try await office.serve { client in
                let place = "/kerja/kompetisi/kipp-2027/usulan/\(first)"
                let page = try await client.get(place, as: "sekretariat")
                #expect(page.text.contains("\(place)/sanding/\(neighbour)"))
                #expect(page.text.contains("isinya memakai kata-kata yang sama; 31 kata persis sama."))
                let both = try await client.get("\(place)/sanding/\(neighbour)", as: "sekretariat")
                #expect(both.text.contains("1 bagian teks sama"))
                #expect(both.text.contains("Layanan Keliling"))
                #expect(both.text.contains("Provinsi DI Yogyakarta"))
                for name in ["admin", "tetangga"] {
                    #expect(try await client.get("\(place)/sanding/\(neighbour)", as: name).status == 403)
                }
                #expect(try await client.get("\(place)/sanding/99", as: "sekretariat").status == 404)
                #expect(try await client.get("\(place)/sanding/\(first)", as: "sekretariat").status == 404)

                let own = try await client.get("/kerja/usulan/\(first)", as: "admin")
                #expect(own.text.contains("usulan instansi lain yang sudah terkirim"))
                #expect(!own.text.contains("Layanan Keliling"))
                #expect(!own.text.contains("Yogyakarta"))
            }
        }
    }
}
