/// A province's place on the tile map: 19 columns by 7 rows from the top left, near the archipelago's true proportion.
package struct Tile: Sendable, Hashable {
    package let province: String
    package let short: String
    package let column: Int
    package let row: Int

    private init(_ province: String, _ short: String, _ column: Int, _ row: Int) {
        self.province = province
        self.short = short
        self.column = column
        self.row = row
    }

    package static let all: [Tile] = [
        Tile("11", "Aceh", 1, 1), Tile("12", "Sumut", 2, 2), Tile("13", "Sumbar", 2, 3), Tile("14", "Riau", 3, 2),
        Tile("15", "Jambi", 3, 3), Tile("16", "Sumsel", 4, 4), Tile("17", "Bengkulu", 3, 4),
        Tile("18", "Lampung", 4, 5),
        Tile("19", "Babel", 5, 4), Tile("21", "Kepri", 4, 2), Tile("31", "DKI", 6, 6), Tile("32", "Jabar", 6, 7),
        Tile("33", "Jateng", 7, 6), Tile("34", "DIY", 7, 7), Tile("35", "Jatim", 8, 6), Tile("36", "Banten", 5, 6),
        Tile("51", "Bali", 9, 7), Tile("52", "NTB", 10, 7), Tile("53", "NTT", 11, 7), Tile("61", "Kalbar", 7, 3),
        Tile("62", "Kalteng", 8, 3), Tile("63", "Kalsel", 8, 4), Tile("64", "Kaltim", 9, 3),
        Tile("65", "Kaltara", 9, 2),
        Tile("71", "Sulut", 13, 2), Tile("72", "Sulteng", 11, 2), Tile("73", "Sulsel", 11, 4),
        Tile("74", "Sultra", 12, 4),
        Tile("75", "Gorontalo", 12, 2), Tile("76", "Sulbar", 11, 3), Tile("81", "Maluku", 15, 4),
        Tile("82", "Malut", 15, 2), Tile("91", "Papua", 19, 3), Tile("92", "PaBar", 17, 3), Tile("93", "PaSel", 19, 5),
        Tile("94", "PaTeng", 18, 4), Tile("95", "PaPeg", 19, 4), Tile("96", "PBD", 16, 3),
    ]
}
