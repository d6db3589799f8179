import Kernel

/// What an organiser says of an evaluator or panelist, as typed.
package struct EvaluatorDraft: Sendable, Hashable {
    package var email: String
    package var name: String
    package var seat: Evaluator.Seat
    /// Categories of the edition, the one known best first.
    package var expertise: [String]
    package var languages: String
    package var region: String
    package var least: String
    package var most: String

    package init(
        email: String = "", name: String = "", seat: Evaluator.Seat = .evaluator, expertise: [String] = [],
        languages: String = "id", region: String = "", least: String = "0", most: String = ""
    ) {
        (self.email, self.name, self.seat, self.expertise) = (email, name, seat, expertise)
        (self.languages, self.region, self.least, self.most) = (languages, region, least, most)
    }

    /// An evaluator as they are listed.
    package init(_ evaluator: Evaluator) {
        self.init(
            name: evaluator.name, seat: evaluator.seat, expertise: evaluator.expertise,
            languages: evaluator.languages.joined(separator: ", "), region: evaluator.region ?? "",
            least: String(evaluator.least), most: String(evaluator.most))
    }

    /// What is stored of it.
    package struct Checked: Sendable, Hashable {
        package let expertise: [String]
        package let languages: [String]
        package let region: String?
        package let least: Int
        package let most: Int
    }

    /// The most reads that one person may be given; far above 17 a day for a whole stage.
    static let mostReads = 2_000

    /// Throws `EvaluatorRefusal.invalid` with everything that has to be mended.
    package func checked(in edition: Edition) throws(EvaluatorRefusal) -> Checked {
        var problems: [Problem] = []
        var seen: [String] = []
        for code in expertise where !code.isEmpty {
            if !edition.categories.contains(where: { $0.code == code }) {
                problems.append(
                    Problem("keahlian-1", Phrase("Pilih dari daftar kategori.", "Choose from the categories.")))
            }
            // The same category chosen twice counts where it stands first.
            if !seen.contains(code) { seen.append(code) }
        }
        let codes = languages.split { $0 == "," || $0.isWhitespace }.map { $0.lowercased() }
        let fit = codes.allSatisfy { (2...3).contains($0.count) && $0.utf8.allSatisfy { (97...122).contains($0) } }
        if codes.isEmpty || !fit || codes.count > 10 {
            problems.append(
                Problem(
                    "bahasa",
                    Phrase(
                        "Tulis kode bahasa dipisah koma, misalnya id, en.",
                        "Write the codes of languages separated by commas, e.g. id, en.")))
        }
        // Panelists read by the timetable, so no number of reads is asked of them.
        let none = seat == .panelist ? 0 : nil
        let fewest = least.isEmpty ? none : number(least)
        let greatest = most.isEmpty ? none.map { max($0, fewest ?? 0) } : number(most)
        if fewest == nil { problems.append(Problem("paling-sedikit", Self.range)) }
        if greatest == nil { problems.append(Problem("paling-banyak", Self.range)) }
        if let fewest, let greatest, fewest > greatest {
            problems.append(
                Problem(
                    "paling-banyak",
                    Phrase(
                        "Paling sedikit \(fewest), sama dengan batas bawahnya.", "At least \(fewest), its lower limit.")
                ))
        }
        guard problems.isEmpty, let fewest, let greatest else { throw .invalid(problems) }
        return Checked(
            expertise: seen, languages: codes, region: region.isEmpty ? nil : region, least: fewest, most: greatest)
    }

    private func number(_ text: String) -> Int? {
        Int(text.filter { !$0.isWhitespace }).flatMap { (0...Self.mostReads).contains($0) ? $0 : nil }
    }

    private static let range = Phrase(
        "Tulis bilangan dari 0 sampai \(mostReads).", "Write a number from 0 to \(mostReads).")
}
