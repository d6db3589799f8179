import Kernel

/// One merge as it stands in the ledger, undone or not.
package struct Lineage: Sendable, Hashable {
    /// What took a merge back.
    package struct Undoing: Sendable, Hashable {
        package let at: Instant
        package let actor: String
        package let reason: String
    }

    /// The number of the merge.
    package let id: Int
    /// The record that was joined, and the one that it was joined with.
    package let innovation: Int
    package let survivor: Int
    package let at: Instant
    /// The office, or the import.
    package let actor: String
    package let reason: String
    /// How sure the machine was that they are the same, 0 to 1; nil where it was not asked.
    package let probability: Double?
    package let undone: Undoing?
}

extension Lineage {
    /// What the history of a record says that was joined with another.
    static func joined(into root: Int, _ reason: String) -> String { "Digabungkan ke inovasi nomor \(root): \(reason)" }

    /// What the history of the record says that took others in.
    static func took(_ ids: [Int], _ reason: String) -> String {
        "Menerima gabungan inovasi nomor \(ids.map(String.init).joined(separator: ", ")): \(reason)"
    }

    static func parted(from root: Int, _ reason: String) -> String {
        "Dipisahkan lagi dari inovasi nomor \(root): \(reason)"
    }

    static func gave(_ id: Int, _ reason: String) -> String { "Inovasi nomor \(id) dipisahkan lagi: \(reason)" }

    /// Which record each of some innovations belongs to, when each standing merge is followed to its end.
    ///
    /// - Parameter merges: innovation → survivor, standing ones only.
    static func roots(_ merges: [Int: Int]) -> [Int: Int] {
        var roots: [Int: Int] = [:]
        for start in merges.keys {
            var end = start
            var seen: Set<Int> = []
            while let next = merges[end], seen.insert(end).inserted { end = next }
            roots[start] = end
        }
        return roots
    }
}
