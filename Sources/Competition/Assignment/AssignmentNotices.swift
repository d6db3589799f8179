import Database
import Kernel
import Messages
import People

/// What evaluators are told: what they were given, and that they are late. Never what others do.
struct AssignmentNotices: Sendable {
    /// Scheme and host of the portal; empty leaves the link out.
    let publicURL: String

    /// - Parameter counts: how many proposals each evaluator was given.
    func given(_ counts: [Int: Int], _ stored: Editions.Stored, fact: String, _ db: Writer) throws {
        let edition = stored.edition.name
        let until = stored.edition.stage(.evaluation)?.closes.map { $0.moment(in: stored.edition.zone) }
        try tell(Array(counts.keys), fact, db) { evaluator in
            let count = counts[evaluator] ?? 0
            return (
                Phrase(
                    "\(count) usulan untuk Anda nilai: \(edition.indonesian)",
                    "\(count) \(count == 1 ? "proposal" : "proposals") to evaluate: \(edition.english)"),
                Phrase(
                    "Anda mendapat \(count) usulan untuk dinilai\(until.map { " sampai " + $0.indonesian } ?? "").",
                    "You were given \(count) \(count == 1 ? "proposal" : "proposals") to evaluate\(until.map { " until " + $0.english } ?? "")."
                )
            )
        }
    }

    /// - Parameter left: how many each evaluator has still to do.
    func late(_ left: [Int: Int], _ stored: Editions.Stored, fact: String, _ db: Writer) throws {
        let edition = stored.edition.name
        let until = stored.edition.stage(.evaluation)?.closes.map { $0.moment(in: stored.edition.zone) }
        try tell(Array(left.keys), fact, db) { evaluator in
            let count = left[evaluator] ?? 0
            return (
                Phrase("Pengingat penilaian: \(edition.indonesian)", "A reminder to evaluate: \(edition.english)"),
                Phrase(
                    "\(count) usulan masih menunggu nilai Anda\(until.map { ", paling lambat " + $0.indonesian } ?? ""). Bila berhalangan, tulis kepada penyelenggara supaya dapat dialihkan.",
                    "\(count) \(count == 1 ? "proposal still waits" : "proposals still wait") for your scores\(until.map { ", until " + $0.english } ?? ""). If you cannot, write to the organiser, so that others can take them."
                )
            )
        }
    }

    private func tell(
        _ evaluators: [Int], _ fact: String, _ db: Writer, _ words: (Int) -> (subject: Phrase, body: Phrase)
    ) throws {
        let found = try Evaluators.read("v.id IN \(evaluators.sorted())", db)
        var messages: [Message] = []
        for evaluator in found {
            guard let recipient = try Recipients.account(evaluator.account, db) else { continue }
            let (subject, body) = words(evaluator.id)
            func link(_ language: Language) -> String {
                publicURL.isEmpty ? "" : "\n\(publicURL)\(language.prefix)/kerja/penilaian\n"
            }
            messages.append(
                Message(
                    fact: fact, account: recipient.account, address: recipient.email, language: recipient.language,
                    subject: subject,
                    body: Phrase(
                        "\(body.indonesian)\n\(link(.indonesian))",
                        "\(body.english)\n\(link(.english))")))
        }
        try Messages.add(messages, db)
    }
}
