import Foundation
import Search
import Testing

private let queries = ["", "sehat", "kopi", "guru banjir pasar", "\"desa pasar\"", "jalan air", "sehatt"]

/// Everything one can see of an index.
private func view(_ index: Index) -> [String] {
    queries.flatMap { text in
        [Query.Sort.relevance, .newest].map { sort in
            let answer = index.search(
                Query(text, filters: [:], sort: sort, limit: 50, counting: ["year", "province", "sdg"]))
            let facets = answer.facets.sorted { $0.key < $1.key }
            return "\(answer.total) \(answer.rows) \(facets) \(answer.suggestion ?? "") \(answer.unknown)"
        }
    } + index.completions(of: "s")
}

@Suite struct ChangeTests {
    @Test func `an index fed bit by bit equals one built at once`() {
        let all = crowd(1500)
        let fed = Index(schema)
        var dice = Dice(7)
        var place = 0
        // First with wrong texts, then with the right ones, in another order.
        let wrong = crowd(1500, seed: 3)
        fed.apply(Array(wrong[..<700]))
        for part in stride(from: 0, to: 700, by: 35) { fed.apply([], deleting: wrong[part..<part + 3].map(\.id)) }
        let shuffled = all.enumerated().sorted { ($0.offset * 7919) % 1499 < ($1.offset * 7919) % 1499 }.map(\.element)
        while place < shuffled.count {
            let size = min(1 + dice.roll(90), shuffled.count - place)
            fed.apply(Array(shuffled[place..<place + size]), change: Int64(place + size))
            place += size
        }
        #expect(fed.count == 1500)
        #expect(fed.change == 1500)
        #expect(view(fed) == view(index(all)))
    }

    @Test func `large merges beside the writer lose no change`() {
        let all = crowd(60_000)
        let fed = Index(schema)
        for start in stride(from: 0, to: all.count, by: 12_000) {
            fed.apply(Array(all[start..<start + 12_000]))
            fed.apply(Array(all[start..<start + 5]), deleting: [all[start + 7].id])
        }
        fed.compact()
        let gone = Set(stride(from: 0, to: all.count, by: 12_000).map { all[$0 + 7].id })
        #expect(view(fed) == view(index(all.filter { !gone.contains($0.id) })))
    }

    @Test func `a deleted document is gone from rows, counts and words, and can come back`() {
        let index = index([document(1, "Karantina ikan"), document(2, "Ikan")])
        index.apply([], deleting: [1, 77])
        #expect(index.ids("ikan") == [2])
        #expect(index.search(Query("karantina")).unknown == ["karantina"])
        #expect(!index.contains(1))
        index.apply([document(1, "Karantina")])
        #expect(index.ids("karantina") == [1])
        #expect(index.count == 2)
    }

    @Test func `the last of several documents of one id counts`() {
        let index = index([document(5, "lama"), document(2, "lain"), document(5, "kini")])
        #expect(index.count == 2)
        #expect(index.ids("lama") == [])
        #expect(index.ids("kini") == [5])
        index.apply([document(5, "esok"), document(5, "lusa")])
        #expect(index.ids("kini esok lusa") == [5])
        #expect(index.ids("kini") == [])
    }

    @Test func `readers see a change whole while it is made`() async {
        let index = index([document(0, "pasar")])
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for round in 1...100 { index.apply([document(0, "pasar"), document(Int64(round % 7 + 1), "pasar")]) }
            }
            group.addTask {
                for _ in 1...300 {
                    let answer = index.search(Query("pasar", counting: ["year"]))
                    #expect(answer.rows.filter { $0.id == 0 }.count == 1)
                    #expect(answer.facets["year"]?.first?.count == answer.total)
                }
            }
        }
    }

    @Test func `more documents than one chunk holds are found, filtered, counted and deleted alike`() {
        let all = (1...70_000).map { document(Int64($0), $0 % 3 == 0 ? "guru" : "desa", year: 2000 + $0 % 5) }
        let index = index(all)
        index.apply([], deleting: [69_999])
        let answer = index.search(Query("guru", filters: ["year": ["2001"]], sort: .newest, counting: ["year"]))
        #expect(answer.total == 4667)
        #expect(answer.rows.first?.id == 69_996)
        #expect(answer.facets["year"]?.reduce(0) { $0 + $1.count } == 70_000 / 3 - 1)
    }
}

@Suite struct FileTests {
    private let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path

    @Test func `a saved index answers as before, with its masks and its change number`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let index = index(crowd(800))
        index.apply(Array(crowd(20, seed: 5)), deleting: [30, 31], change: 42)
        try index.save(to: path)
        let loaded = try #require(Index.load(from: path, schema: schema))
        #expect(loaded.change == 42)
        #expect(view(loaded) == view(index))
        loaded.apply([document(9000, "sehat")], deleting: [1])
        index.apply([document(9000, "sehat")], deleting: [1])
        #expect(view(loaded) == view(index))
        try loaded.save(to: path)
        #expect(view(try #require(Index.load(from: path, schema: schema))) == view(index))
    }

    @Test func `an empty index can be saved`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Index(schema).save(to: path)
        #expect(Index.load(from: path, schema: schema)?.count == 0)
    }

    @Test func `a damaged, cut, foreign or missing file is no index`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(Index.load(from: path, schema: schema) == nil)
        #expect(Index.load(from: "/", schema: schema) == nil)
        try index(crowd(300)).save(to: path)
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        var damages = [Data(), Data("simpul".utf8), whole.dropLast(), whole + [0], Data(repeating: 0, count: 5000)]
        for place in [0, 9, 17, 25, 33, 41, 49, 80, 500, whole.count / 2, whole.count - 1] where place != 25 {
            var copy = whole
            copy[place] ^= 0x40
            damages.append(copy)
        }
        for (number, damage) in damages.enumerated() {
            try damage.write(to: URL(fileURLWithPath: path))
            #expect(Index.load(from: path, schema: schema) == nil, "damage \(number)")
        }
    }

    @Test func `an index of another schema is rebuilt`() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        try index(crowd(10)).save(to: path)
        let other = Schema(fields: schema.fields, facets: schema.facets, keys: schema.keys, version: 2)
        #expect(Index.load(from: path, schema: other) == nil)
    }

    @Test func `a file that cannot be written is refused and leaves the old one`() throws {
        #expect(throws: (any Error).self) { try index(crowd(5)).save(to: "/nowhere/at/all/index") }
    }
}
