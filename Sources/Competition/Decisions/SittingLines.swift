import Kernel
import People
import Web

// What waits for those who attended sittings, on their desk.
extension Sittings {
    /// The minutes that wait for a person's signature; nothing for those who attended none.
    package func lines(_ person: Person, _ language: Language) async throws -> [DeskLine] {
        let attended = try await attended(by: person)
        guard !attended.isEmpty else { return [] }
        let waiting = attended.count { !$0.isSigned }
        guard waiting > 0 else {
            return [
                DeskLine(
                    language.say("Sidang yang Anda hadiri", "Sittings that you attended"), .path("kerja", "sidang"))
            ]
        }
        return [
            DeskLine(
                language.say("Tanda tangani berita acara sidang", "Sign the minutes of sittings"),
                .path("kerja", "sidang"), count: waiting, urgency: .waiting)
        ]
    }
}
