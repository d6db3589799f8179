import Kernel

/// Proposals put on moments one after another; where one finds no moment, others are moved along (augmenting paths, as
/// Kuhn's matching does), and a moment takes only what its panelists can staff.
struct TimetableArrangement {
    private let question: Timetable.Question
    private let starts: [(at: Instant, minute: Int)]
    /// The presenters in the order they are placed: those with the fewest moments and panelists first, chance among equals.
    private let presenters: [Timetable.Presenter]
    /// For each presenter the moments within their hours.
    private let suited: [[Int]]
    /// The presenters of each moment.
    private var columns: [[Int]]

    init(_ question: Timetable.Question) {
        self.question = question
        let starts = question.starts
        self.starts = starts
        var random = SeededNumbers(seed: question.seed)
        let drawn = question.presenters.sorted { $0.proposal < $1.proposal }.shuffled(using: &random)
        let moments = drawn.map { one in starts.indices.filter { question.suits(starts[$0].minute, one) } }
        let order = drawn.indices.sorted {
            (moments[$0].count, question.free(drawn[$0]).count, $0)
                < (moments[$1].count, question.free(drawn[$1]).count, $1)
        }
        presenters = order.map { drawn[$0] }
        suited = order.map { moments[$0] }
        columns = Array(repeating: [], count: starts.count)
    }

    /// Places everybody; false when somebody found no moment.
    mutating func fill() -> Bool {
        for one in presenters.indices {
            var visited: Set<Int> = []
            guard place(one, &visited) else { return false }
        }
        return true
    }

    private mutating func place(_ one: Int, _ visited: inout Set<Int>) -> Bool {
        for moment in suited[one] where columns[moment].count < question.width {
            guard staff(columns[moment] + [one], load: [:]) != nil else { continue }
            columns[moment].append(one)
            return true
        }
        for moment in suited[one] where visited.insert(moment).inserted {
            let before = columns[moment]
            for other in before {
                let after = before.filter { $0 != other } + [one]
                guard staff(after, load: [:]) != nil else { continue }
                columns[moment] = after
                if place(other, &visited) { return true }
                columns[moment] = before
            }
        }
        return false
    }

    /// Who sits before each presenter of one moment, everybody once; nil when they do not suffice. Those with the least
    /// load are asked first.
    private func staff(_ group: [Int], load: [Int: Int]) -> [[Int]]? {
        let asked = question.panelists.sorted { (load[$0] ?? 0, $0) < (load[$1] ?? 0, $1) }
        var seatOf: [Int: Int] = [:]
        func seat(_ one: Int, _ visited: inout Set<Int>) -> Bool {
            for panelist in asked where !presenters[one].conflicts.contains(panelist) {
                guard seatOf[panelist] != one, visited.insert(panelist).inserted else { continue }
                if let other = seatOf[panelist], !seat(other, &visited) { continue }
                seatOf[panelist] = one
                return true
            }
            return false
        }
        for _ in 0..<question.seats {
            for one in group {
                var visited: Set<Int> = []
                guard seat(one, &visited) else { return nil }
            }
        }
        return group.map { one in seatOf.filter { $0.value == one }.map(\.key).sorted() }
    }

    /// The finished timetable. A group takes the room in which most of its panelists sat last.
    func places() -> [Timetable.Place] {
        var (load, last): ([Int: Int], [Int: String]) = ([:], [:])
        var found: [Timetable.Place] = []
        for (moment, group) in columns.enumerated() where !group.isEmpty {
            let sorted = group.sorted { presenters[$0].proposal < presenters[$1].proposal }
            let staffed = Array(zip(sorted, staff(sorted, load: load) ?? []))
            var rooms = question.rooms
            var held: [Timetable.Place] = []
            for (one, panelists) in staffed {
                let stays = rooms.indices.max { a, b in
                    let (x, y) = (panelists.count { last[$0] == rooms[a] }, panelists.count { last[$0] == rooms[b] })
                    return (x, b) < (y, a)
                }
                guard let stays else { continue }
                let (room, starts) = (rooms.remove(at: stays), starts[moment].at)
                for panelist in panelists {
                    load[panelist, default: 0] += 1
                    last[panelist] = room
                }
                held.append(
                    Timetable.Place(
                        proposal: presenters[one].proposal, room: room, starts: starts,
                        ends: Instant(milliseconds: starts.milliseconds + Int64(question.minutes) * 60_000),
                        panelists: panelists))
            }
            let order = question.rooms
            found += held.sorted { (order.firstIndex(of: $0.room) ?? 0) < (order.firstIndex(of: $1.room) ?? 0) }
        }
        return found
    }
}
