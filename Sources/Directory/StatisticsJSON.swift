import Institutions
import Kernel
import Web

/// Writes the numbers of what is held here. They are own counts: none is a published figure of someone else.
struct StatisticsJSON: Sendable {
    let catalogue: Catalogue
    let sources: [(name: String, records: Int, latest: Instant)]

    func write(into json: inout JSON) {
        let register = catalogue.register
        let total = catalogue.count
        let counts = Dictionary(uniqueKeysWithValues: Filter.allCases.map { ($0, catalogue.counts($0)) })
        json.object { json in
            json.set("innovations", total)
            json.object("participation") { participation(counts, register, into: &$0) }
            json.object("unknown") { json in
                // A record has one value of each of these or none.
                for filter in [Filter.year, .province, .institution, .category, .affair, .status] {
                    json.set(filter.rawValue, total - (counts[filter] ?? [:]).values.reduce(0, +))
                }
            }
            json.object("counts") { json in
                for filter in [Filter.year, .province, .kind, .category, .sdg, .award, .status] {
                    let counts = counts[filter] ?? [:]
                    json.list(filter.rawValue, values(filter, counts, register)) { json, value in
                        json.object {
                            $0.set("value", value)
                            $0.set("name", filter == .province ? register.region(value)?.name : nil)
                            $0.set("count", counts[value] ?? 0)
                        }
                    }
                }
            }
            json.list("sources", sources) { json, source in
                json.object {
                    $0.set("name", source.name)
                    $0.set("records", source.records)
                }
            }
            json.set(
                "note",
                "Own counts of the records held by this portal; they say nothing about innovations it does not hold. "
                    + "Denominators: the provinces, and the regencies and cities with a government of their own "
                    + "(the six Administrasi units of DKI Jakarta have none).")
        }
    }

    private func participation(_ counts: [Filter: [String: Int]], _ register: Register, into json: inout JSON) {
        let owners = (counts[.institution] ?? [:]).keys.compactMap { register.institution($0) }
        let provinces = owners.count { $0.kind == .province }
        let local = owners.count {
            ($0.kind == .regency || $0.kind == .city) && register.region($0.region)?.autonomous == true
        }
        func share(_ name: String, _ count: Int, of all: Int) {
            json.object(name) {
                $0.set("count", count)
                $0.set("of", all)
            }
        }
        share("provinces_with_innovations", (counts[.province] ?? [:]).count, of: register.provinces.count)
        share("provincial_governments", provinces, of: register.provinces.count)
        share("autonomous_regencies_and_cities", local, of: register.autonomousRegions.count)
    }

    /// Closed lists whole, with their zeros and in their order; the others by frequency, then by value.
    private func values(_ filter: Filter, _ counts: [String: Int], _ register: Register) -> [String] {
        switch filter {
        case .province, .kind, .sdg, .status: catalogue.known(filter)
        case .year: counts.keys.sorted()
        default: counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
        }
    }
}
