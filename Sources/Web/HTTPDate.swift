import Kernel

extension Instant {
    /// The date format of HTTP (RFC 9110, 5.6.7): `Sat, 21 Nov 2026 08:30:00 GMT`.
    package var httpDate: String {
        let second = Int(milliseconds / 1000)
        let date = Day(daysSince1970: second / 86_400)
        let clock = second % 86_400
        let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][(second / 86_400) % 7]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
        return "\(weekday), \(two(date.day)) \(months[date.month - 1]) \(date.year) "
            + "\(two(clock / 3600)):\(two(clock / 60 % 60)):\(two(clock % 60)) GMT"
    }
}
