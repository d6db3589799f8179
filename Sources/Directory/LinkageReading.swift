import Institutions
import Kernel
import Linkage

extension LinkageRecords {
    /// The record of an innovation that was read already: the same columns as a raw row's, with the institution that
    /// reading found. The list it stands in is what was read of its awards.
    ///
    /// - Parameter agency: the institution's name where no source spelled it.
    package static func record(of innovation: Innovation, id: String, agency: String? = nil) -> LinkageRecord {
        var row = ["id": id, "title": innovation.title]
        row["agency"] = innovation.institutionAsGiven ?? agency ?? innovation.institution
        row["unit"] = innovation.unit
        row["region"] = innovation.regionAsGiven ?? innovation.region
        row["year"] = (innovation.yearStated ?? innovation.year).map(String.init)
        row["award"] = innovation[.awards]
        row["category"] = innovation.category
        row["description"] = innovation.texts[.summary]
        return record(row) { _, _, _ in innovation.institution }
    }
}
