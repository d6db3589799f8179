import Kernel

/// A browser as people call it, from the way it names itself.
enum Browser {
    static func name(_ agent: String, _ language: Language) -> String {
        let kinds = [
            ("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"),
        ]
        let systems = [
            ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
            ("Linux", "Linux"),
        ]
        let kind = kinds.first { agent.contains($0.0) }?.1
        let system = systems.first { agent.contains($0.0) }?.1
        guard let kind else {
            return agent.isEmpty ? language.say("Tidak dikenal", "Unknown") : String(agent.prefix(60))
        }
        return system.map { "\(kind), \($0)" } ?? kind
    }
}
