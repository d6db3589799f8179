import Kernel

/// The time zone of each province, by its code: Presidential Decree (Keppres) 41 of 1987 on the division of the country
/// into three zones. Provinces made later keep the zone of the one they were split from.
package enum ProvinceZone {
    private static let western: Set<String> = [
        "11", "12", "13", "14", "15", "16", "17", "18", "19", "21", "31", "32", "33", "34", "35", "36", "61", "62",
    ]
    private static let central: Set<String> = [
        "51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76",
    ]
    private static let eastern: Set<String> = ["81", "82", "91", "92", "93", "94", "95", "96"]

    /// Nil for a code that no province has.
    package static func zone(of province: String) -> Zone? {
        if western.contains(province) { return .wib }
        if central.contains(province) { return .wita }
        return eastern.contains(province) ? .wit : nil
    }

    /// Where an institution keeps its hours: by its region, else by a government's own code (`P91`, `R91.01`); nil where
    /// neither says.
    package static func zone(ofInstitution code: String, region: String?) -> Zone? {
        if let region { return zone(of: String(region.prefix(2))) }
        guard code.hasPrefix("P") || code.hasPrefix("R") else { return nil }
        return zone(of: String(code.dropFirst().prefix(2)))
    }
}
