import Kernel

/// Why no timetable fits, and what would make one fit.
package enum TimetableShortage: Error, Sendable, Hashable {
    /// No room, day, panelist, or no presentation that takes time.
    case empty(Phrase)
    /// Fewer panelists without a conflict than a presentation needs.
    case panelists(proposal: Int, free: Int, seats: Int)
    /// No moment of the day lies within this presenter's office hours.
    case hours(proposal: Int, Zone)
    /// Everything together does not fit: `places` moments times rooms for `presentations`. `rooms` and `days` are how
    /// many of each would do with all else unchanged; nil where no number of them helps.
    case together(presentations: Int, places: Int, rooms: Int?, days: Int?)

    /// What binds one proposal alone; nil when each could be placed.
    static func alone(_ question: Timetable.Question) -> TimetableShortage? {
        if question.rooms.isEmpty { return .empty(Phrase("Belum ada ruang.", "There is no room yet.")) }
        if question.days.isEmpty { return .empty(Phrase("Belum ada hari.", "There is no day yet.")) }
        if question.minutes <= 0 {
            return .empty(
                Phrase(
                    "Lama presentasi belum ditetapkan. Isi menitnya pada aturan edisi, bagian Presentasi.",
                    "No length is set for presentations. Give the minutes in the edition's rules, part Presentation."))
        }
        let starts = question.starts
        if starts.isEmpty {
            return .empty(
                Phrase(
                    "Satu hari tidak memuat satu presentasi pun. Perpanjang jamnya atau kurangi jeda.",
                    "A day does not hold a single presentation. Lengthen its hours or shorten the breaks."))
        }
        for presenter in question.presenters.sorted(by: { $0.proposal < $1.proposal }) {
            let free = question.free(presenter).count
            if free < question.seats {
                return .panelists(proposal: presenter.proposal, free: free, seats: question.seats)
            }
            if !starts.contains(where: { question.suits($0.minute, presenter) }) {
                return .hours(proposal: presenter.proposal, presenter.zone)
            }
        }
        return nil
    }

    /// What would make room for all: found by trying, so that what it says is so.
    static func together(_ question: Timetable.Question) -> TimetableShortage {
        func fits(_ changed: Timetable.Question) -> Bool {
            var arrangement = TimetableArrangement(changed)
            return arrangement.fill()
        }
        let rooms = (1...most).lazy.map { more in
            var changed = question
            changed.rooms += (1...more).map { "+\($0)" }
            return changed
        }.first { $0.width == $0.rooms.count && fits($0) }?.rooms.count
        let days = (1...most).lazy.map { more in
            var changed = question
            let last = question.days.max()?.daysSince1970 ?? 0
            changed.days += (1...more).map { Day(daysSince1970: last + $0) }
            return changed
        }.first(where: fits)?.days.count
        return .together(
            presentations: question.presenters.count, places: question.starts.count * question.width, rooms: rooms,
            days: days)
    }

    /// The most rooms or days that are tried beyond those there are.
    private static let most = 30
}

extension TimetableShortage {
    /// What binds and what to do.
    ///
    /// - Parameter title: names a proposal by its number.
    package func message(rooms: Int, days: Int, _ title: (Int) -> String) -> Phrase {
        switch self {
        case .empty(let words): return words
        case .panelists(let proposal, let free, let seats):
            return Phrase(
                "“\(title(proposal))” hanya dapat didengar \(free) panelis tanpa benturan kepentingan, perlu \(seats). Tambah panelis atau kurangi kursi.",
                "Only \(free) panelists have no conflict with “\(title(proposal))”; \(seats) are needed. Invite panelists or lower the number of seats."
            )
        case .hours(let proposal, let zone):
            return Phrase(
                "Tidak ada jam yang masih jam kantor bagi “\(title(proposal))” (\(zone.rawValue)). Mulai lebih pagi atau longgarkan jam kantor.",
                "No hour of the day lies within the office hours of “\(title(proposal))” (\(zone.rawValue)). Begin earlier or widen the office hours."
            )
        case .together(let presentations, let places, let needed, let lasting):
            let ways = [
                needed.map { Phrase("\($0) ruang (bukan \(rooms))", "\($0) rooms (not \(rooms))") },
                lasting.map { Phrase("\($0) hari (bukan \(days))", "\($0) days (not \(days))") },
            ].compactMap { $0 }
            let why = Phrase(
                "\(presentations) presentasi tidak muat dalam \(places) tempat yang ada.",
                "\(presentations) presentations do not fit into the \(places) places there are.")
            guard !ways.isEmpty else {
                return Phrase(
                    "\(why.indonesian) Menambah ruang atau hari saja tidak cukup: panelis tanpa benturan atau jam kantor yang mengikat.",
                    "\(why.english) More rooms or days alone do not help: panelists without conflicts or office hours bind."
                )
            }
            return Phrase(
                "\(why.indonesian) Perlu \(ways.map(\.indonesian).joined(separator: " atau ")).",
                "\(why.english) It takes \(ways.map(\.english).joined(separator: " or ")).")
        }
    }
}
