import Search

let schema = Schema(
    fields: [Field("title", weight: 4, usualLength: 5), Field("text", weight: 1, usualLength: 20)],
    facets: ["year", "province", "sdg"], keys: ["newest", "year"],
    synonyms: Synonyms(table: "=\tktp\tkartu tanda penduduk\n~\tonline\tdaring\n>\tpajak kendaraan\tsamsat"))

func document(
    _ id: Int64, _ title: String, _ text: String = "", year: Int = 2020, province: String = "Bali", sdg: [String] = []
) -> Document {
    Document(
        id: id, texts: [title, text], facets: [["\(year)"], [province], sdg], keys: [id * 10, Int64(year)])
}

func index(_ documents: [Document]) -> Index {
    let builder = Builder(schema)
    for document in documents { builder.add(document) }
    return Index(builder)
}

extension Index {
    func ids(_ text: String) -> [Int64] { search(Query(text)).rows.map(\.id) }
}

/// The same numbers for the same seed.
struct Dice {
    var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func roll(_ sides: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(sides))
    }
}

/// Documents of twelve words from a small vocabulary, so that every query meets many.
func crowd(_ count: Int, seed: UInt64 = 1) -> [Document] {
    let words = [
        "sehat", "desa", "pasar", "guru", "banjir", "pajak", "izin", "nelayan", "buku", "air", "jalan", "kopi",
    ]
    var dice = Dice(seed)
    return (1...max(1, count)).map { number in
        let text = (0..<12).map { _ in words[min(dice.roll(words.count), dice.roll(words.count))] }
        return document(
            Int64(number), text[..<4].joined(separator: " "), text[4...].joined(separator: " "),
            year: 2015 + dice.roll(8), province: ["Bali", "Riau", "Papua"][dice.roll(3)],
            sdg: (0..<dice.roll(4)).map { _ in "\(1 + dice.roll(17))" })
    }
}
