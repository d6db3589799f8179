import Kernel

/// The first entry at which the audit trail is not what it was.
package enum AuditBreak: Sendable, Hashable {
    /// The entry is gone.
    case removed(Int)
    /// What the entry says, or its hash, is not what was written.
    case changed(Int)
    /// At the entry's place stands what was written as another.
    case moved(Int, from: Int)
    /// The day's last entry is not the published one: everything up to it may have been written anew.
    case anchor(Day, entry: Int?)

    /// The number of the entry; nil for a day without one.
    package var entry: Int? {
        switch self {
        case .removed(let id), .changed(let id), .moved(let id, _): id
        case .anchor(_, let id): id
        }
    }

    package var message: Phrase {
        switch self {
        case .removed(let id):
            Phrase("Catatan \(id) tidak ada: dihapus.", "Entry \(id) is not there: it was removed.")
        case .changed(let id):
            Phrase(
                "Catatan \(id) tidak sesuai dengan sidiknya: diubah atau disisipkan.",
                "Entry \(id) does not match its hash: it was changed or put in.")
        case .moved(let id, let from):
            Phrase(
                "Catatan \(id) aslinya catatan \(from): urutannya ditukar.",
                "Entry \(id) was written as entry \(from): they were reordered.")
        case .anchor(let day, let id?):
            Phrase(
                "Catatan \(id), yang terakhir pada \(day.iso), bukan yang diumumkan: jejak audit sampai hari itu ditulis ulang.",
                "Entry \(id), the last of \(day.iso), is not the published one: the trail up to that day was written anew."
            )
        case .anchor(let day, nil):
            Phrase(
                "Tidak ada catatan pada \(day.iso), padahal ada yang diumumkan: dihapus.",
                "There is no entry of \(day.iso), although one was published: it was removed.")
        }
    }
}

/// The last entry of a day, published so that the chain has an anchor outside.
package struct AuditHead: Sendable, Hashable {
    /// In western Indonesian time.
    package let day: Day
    /// The number of the day's last entry.
    package let entry: Int
    /// The entries of the day.
    package let count: Int
    package let hash: String
}
