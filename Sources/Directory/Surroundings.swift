import Institutions
import Kernel

/// What the register knows around a record: names to find it by, and the values by which lists filter it.
struct Surroundings {
    let fields: SearchFields.Surroundings

    init(_ innovation: Innovation, _ register: Register, updatedAt: Instant) {
        var fields = SearchFields.Surroundings()
        let institution = register.institution(innovation.institution)
        let region = register.region(innovation.region) ?? register.region(institution?.region)
        let province = register.province(of: region?.code)
        if let institution {
            fields.institutionNames = [institution.name] + register.names(of: institution.code).map(\.name)
        }
        fields.regionNames = [region?.name, province?.name].compactMap(\.self)
        fields.facets = [
            Filter.year.rawValue: [innovation.year.map(String.init)].compactMap(\.self),
            Filter.province.rawValue: [province?.code].compactMap(\.self),
            Filter.institution.rawValue: [institution?.code].compactMap(\.self),
            Filter.kind.rawValue: [institution?.kind.rawValue].compactMap(\.self),
            Filter.category.rawValue: [innovation.category].compactMap(\.self),
            Filter.affair.rawValue: [innovation.affair].compactMap(\.self),
            Filter.sdg.rawValue: innovation.sdgs.map(String.init),
            Filter.award.rawValue: Array(Set(innovation.awards.map(\.programme))).sorted(),
            Filter.status.rawValue: [innovation.continuity?.rawValue].compactMap(\.self),
        ]
        fields.newest = updatedAt.milliseconds
        fields.year = Int64(innovation.year ?? 0)
        self.fields = fields
    }
}
