import Testing

@testable import Linkage

struct ComparisonTests {
    @Test func `equal compares letter by letter, folded without case and marks, compact without spaces`() throws {
        let (a, b, c) = (["x": "Sidora Eman"], ["x": "sidora  eman"], ["x": "Si Dora Eman"])
        #expect(try !holds(condition(.equal, "x"), a, b))
        #expect(try holds(condition(.folded, "x"), a, b))
        #expect(try !holds(condition(.folded, "x"), a, c))
        #expect(try holds(condition(.compact, "x"), a, c))
    }

    @Test func `stems compares words without order, affixes and stop words`() throws {
        #expect(try holds(condition(.stems, "x"), ["x": "Pelayanan Kartu"], ["x": "kartu dan layanan"]))
        #expect(try !holds(condition(.stems, "x"), ["x": "Pelayanan Kartu"], ["x": "pelayanan"]))
    }

    @Test func `an edit is a letter more, less, other, or two neighbours swapped`() throws {
        for other in ["cyber arny", "cyber rmay", "cyber arm", "cyber armyy"] {
            let one = try holds(condition(.editDistance, "x", atMost: 1), ["x": "cyber army"], ["x": other])
            #expect(one == (other != "cyber rmay"))
        }
        #expect(try holds(condition(.editDistance, "x", atMost: 1), ["x": "cyber army"], ["x": "cyber arym"]))
        #expect(try holds(condition(.editShare, "x", atMost: 0.1), ["x": "cyber army"], ["x": "cyber arny"]))
    }

    @Test func `Jaro–Winkler agrees with the published figures`() {
        #expect(abs(jaroWinkler(Array("martha".utf8), Array("marhta".utf8)) - 0.9611) < 0.0001)
        #expect(abs(jaroWinkler(Array("dixon".utf8), Array("dicksonx".utf8)) - 0.8133) < 0.0001)
        #expect(jaroWinkler([], Array("a".utf8)) == 0)
    }

    @Test func `an acronym is found in the initials of the other record's words, either way round`() throws {
        let acronym = condition(.acronym, "short", other: "title")
        let a = ["short": "KIA", "title": "Kartu Identitas Anak"]
        #expect(try holds(acronym, a, ["title": "Kartu Insentif Anak"]))
        #expect(try holds(acronym, ["title": "Kartu Insentif Anak"], a))
        #expect(try !holds(acronym, a, ["title": "Kartu Pelajar"]))
    }

    @Test func `dates, numbers and places are compared by distance`() throws {
        #expect(try holds(condition(.days, "x", atMost: 1), ["x": "2020-02-28"], ["x": "2020-02-29"]))
        #expect(try !holds(condition(.days, "x", atMost: 1), ["x": "2020-02-28"], ["x": "2020-03-01"]))
        #expect(try holds(condition(.number, "x", atMost: 2), ["x": "2015"], ["x": "2017"]))
        #expect(try !holds(condition(.number, "x", atMost: 2), ["x": "2015"], ["x": "dua"]))
        let (jakarta, bandung) = (["lat": "-6.2", "lon": "106.8"], ["lat": "-6.9", "lon": "107.6"])
        #expect(try holds(condition(.kilometres, "lat", other: "lon", atMost: 120), jakarta, bandung))
        #expect(try !holds(condition(.kilometres, "lat", other: "lon", atMost: 110), jakarta, bandung))
    }

    @Test func `token Jaccard is the share of common stems`() throws {
        let (a, b) = (["x": "layanan kartu anak"], ["x": "kartu anak sehat"])
        #expect(try holds(condition(.jaccard, "x", atLeast: 0.5), a, b))
        #expect(try !holds(condition(.jaccard, "x", atLeast: 0.51), a, b))
    }

    @Test func `a word that many of one group share weighs less there than a word that two share`() throws {
        var comparison = equality("x")
        comparison.levels[0].when = [[condition(.rareContained, "x", atLeast: 0.5)]]
        var linkage = model([comparison])
        linkage.rarity = .init(within: "place", alike: 1)
        let titles = ["Lorong Sehat", "Lorong Pintar", "Lorong Hijau", "Lorong Aman", "Lorong Pintar Dua", "Garasi"]
        let table = try LinkageTable(
            records(titles.map { ["x": $0, "place": "Makassar"] }), model: linkage, known: ["x", "place"])
        let comparer = Comparer(linkage, table)
        #expect(comparer.levels(of: comparer.pattern(0, 2)) == [1])
        #expect(comparer.levels(of: comparer.pattern(1, 4)) == [0])
    }

    @Test func `a missing value is neither agreement nor disagreement`() throws {
        let linkage = model([equality("x", m: 0.9, u: 0.1)])
        let table = try LinkageTable(records([["x": "a"], ["x": " "]]), model: linkage)
        #expect(Scorer(linkage, table).waterfall(0, 1).map(\.weight).dropFirst() == [0])
    }

    @Test func `alias compares each text between strokes with each of the other record`() throws {
        let alias = condition(.alias, "x")
        #expect(try holds(alias, ["x": "surabaya single window|SSW"], ["x": "perizinan|s s w"]))
        #expect(try !holds(alias, ["x": "surabaya single window|SSW"], ["x": "surabaya single|window"]))
        #expect(try !holds(alias, ["x": ""], ["x": "|"]))
    }

    @Test func `begins wants whole words and something more on one side`() throws {
        let begins = condition(.begins, "x")
        #expect(try holds(begins, ["x": "kampung tematik"], ["x": "Kampung Tematik Batik"]))
        #expect(try !holds(begins, ["x": "kampung tematik"], ["x": "Kampung Tematika Batik"]))
        #expect(try !holds(begins, ["x": "kampung"], ["x": "kampung"]))
    }

    @Test func `missing holds when either record lacks the field`() throws {
        #expect(try holds(condition(.missing, "x"), ["x": "a"], ["x": " "]))
        #expect(try !holds(condition(.missing, "x"), ["x": "a"], ["x": "b"]))
    }

    @Test func `apart is what the poorer side says alone`() throws {
        func apart(_ a: String, _ b: String, atMost limit: Double) throws -> Bool {
            try holds(condition(.rareApart, "x", atMost: limit), ["x": a], ["x": b])
        }
        #expect(try apart("lumbung pangan", "lumbung pangan sekolah", atMost: 0))
        #expect(try !apart("lumbung pangan desa", "lumbung pangan sekolah", atMost: 0.3))
    }

    @Test func `words known to be common are common in two records as well`() throws {
        func shared(_ common: [String: Double]?) throws -> Bool {
            var comparison = equality("x")
            comparison.levels[0].when = [[condition(.rareShared, "x", atLeast: 4)]]
            var linkage = model([comparison])
            linkage.rarity = .init(within: nil, alike: 1, common: common, background: 700)
            let table = try LinkageTable(records([["x": "sistem"], ["x": "sistem"]]), model: linkage)
            let comparer = Comparer(linkage, table)
            return comparer.levels(of: comparer.pattern(0, 1)) == [0]
        }
        #expect(try shared(nil))
        #expect(try !shared(["sistem": 0.09]))
    }
}
