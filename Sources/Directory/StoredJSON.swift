import Kernel
import Web

/// The stored form of a record: JSON with only what is known, keys in order, so that equal records have equal bytes.
extension Innovation {
    package func json() -> String {
        var out = JSON(capacity: 2048)
        out.object {
            $0.known("activities", activities) { out, activity in
                out.object {
                    $0.known("kind", activity.kind.rawValue)
                    $0.known("note", activity.note)
                    $0.known("on", activity.on?.iso)
                }
            }
            $0.known("affair", affair)
            $0.known("awards", awards) { out, award in
                out.object {
                    $0.known("decree", award.decree)
                    $0.known("programme", award.programme)
                    $0.known("rank", award.rank)
                    $0.known("year", award.year)
                }
            }
            $0.known("category", category)
            $0.known("continuity", continuity?.rawValue)
            $0.known("continuityOn", continuityOn?.iso)
            $0.known("continuityReason", continuityReason)
            $0.known("criteria", Innovation.orderedCriteria) { criteria[$0] }
            $0.known("digital", digital)
            $0.known("expansion", expansion)
            $0.known("form", form?.rawValue)
            $0.known("institution", institution)
            $0.known("institutionAsGiven", institutionAsGiven)
            $0.known("links", links) { out, link in
                out.object {
                    $0.known("address", link.address)
                    $0.known("kind", link.kind.rawValue)
                    $0.known("label", link.label)
                }
            }
            $0.known("notes", notes) { $0.add($1) }
            $0.known("nri", nri)
            $0.known("region", region)
            $0.known("regionAsGiven", regionAsGiven)
            $0.known("sdgs", sdgs) { $0.add($1) }
            $0.known("shortName", shortName)
            $0.known("stage", stage?.rawValue)
            $0.known("texts", Innovation.orderedSections) { texts[$0] }
            $0.known("title", title)
            $0.known("unit", unit)
            $0.known("yearOfIdea", yearOfIdea)
            $0.known("yearOfStart", yearOfStart)
            $0.known("yearOfTrial", yearOfTrial)
            $0.known("yearStated", yearStated)
        }
        return out.text
    }

    private static let orderedCriteria = Criterion.allCases.sorted { $0.rawValue < $1.rawValue }
    private static let orderedSections = Section.allCases.sorted { $0.rawValue < $1.rawValue }
}

/// Members that are left out when they are unknown or empty.
extension JSON {
    fileprivate mutating func known(_ name: String, _ value: String?) {
        if let value { set(name, value) }
    }

    fileprivate mutating func known(_ name: String, _ value: Int?) {
        if let value { set(name, value) }
    }

    fileprivate mutating func known(_ name: String, _ value: Bool?) {
        if let value { set(name, value) }
    }

    fileprivate mutating func known<T>(_ name: String, _ items: [T], _ body: (inout JSON, T) -> Void) {
        if !items.isEmpty { list(name, items, body) }
    }

    fileprivate mutating func known<T: RawRepresentable<String>>(
        _ name: String, _ keys: [T], _ text: (T) -> String?
    ) {
        guard keys.contains(where: { text($0) != nil }) else { return }
        object(name) { for key in keys { $0.known(key.rawValue, text(key)) } }
    }
}
