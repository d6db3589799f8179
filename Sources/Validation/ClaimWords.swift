import Kernel

extension ClaimContent {
    /// Values that were read before, e.g. as they were handed in at a round.
    init(_ kind: ClaimKind, values: [String: String]) {
        self.kind = kind
        self.values = values
    }

    /// What the claim says in one line.
    func title(_ language: Language) -> String {
        let own: String? =
            switch kind {
            case .legal: self["about"] ?? self["number"]
            case .indicator: self["indicator"]
            case .testimony: self["who"]
            case .photo, .video: self["caption"]
            case .budget: budget(language)
            case .procedure: self["title"]
            }
        let name = language.say(kind.name)
        guard let own else { return name }
        return kind == .indicator ? own : "\(name): \(own)"
    }

    private func budget(_ language: Language) -> String? {
        guard let amount = whole("amount") else { return self["year"] }
        let rupiah = "Rp" + language.number(amount)
        return self["year"].map { "\(rupiah) (\($0))" } ?? rupiah
    }

    /// The rest of what it says, field by field; `told` are the fields that the title holds already.
    func lines(_ language: Language) -> [String] {
        if kind == .indicator { return [change(language), population(language)].compactMap(\.self) }
        let told = titled
        return kind.fields.compactMap { field in
            guard !told.contains(field.name), field.name != "consent", let text = shown(field, language) else {
                return nil
            }
            return field.name == "quote" ? "“\(text)”" : "\(language.say(field.label)): \(text)"
        }
    }

    private var titled: Set<String> {
        switch kind {
        case .legal: self["about"] == nil ? ["number"] : ["about"]
        case .indicator: ["indicator"]
        case .testimony: ["who"]
        case .photo, .video: ["caption", "link"]
        case .budget: ["amount", "year"]
        case .procedure: ["title"]
        }
    }

    private func change(_ language: Language) -> String? {
        func end(_ value: String, _ date: String) -> String? {
            measure(value).map { number in
                number.shown(language) + (day(date).map { " (\($0.long(language)))" } ?? "")
            }
        }
        let unit = self["unit"].map { " " + $0 } ?? ""
        switch (end("before", "beforeDate"), end("after", "afterDate")) {
        case (let a?, let b?): return language.say("dari \(a) menjadi \(b)\(unit)", "from \(a) to \(b)\(unit)")
        case (let a?, nil): return language.say("sebelum: \(a)\(unit)", "before: \(a)\(unit)")
        case (nil, let b?): return language.say("sesudah: \(b)\(unit)", "after: \(b)\(unit)")
        case (nil, nil): return nil
        }
    }

    private func population(_ language: Language) -> String? {
        self["population"].map { language.say("Penduduk yang dilayani: \($0)", "Population served: \($0)") }
    }

    /// All of it as one text, for comparing two states of a claim.
    func text(_ language: Language) -> String { ([title(language)] + lines(language)).joined(separator: "; ") }
}
