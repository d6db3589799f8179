import Database
import Files
import Hummingbird
import Kernel
import People
import Web

/// Evidence given out: to those who may see its draft, and of what is published to everybody.
package struct EvidencePages: Sendable {
    /// The folder of addresses for people at their desk.
    static let desk = ["kerja", "bukti"]

    let claims: Claims
    let files: FileStore

    package init(_ database: Database, files: FileStore) {
        claims = Claims(database)
        self.files = files
    }

    package func add(to desk: Desk) {
        desk.page("/kerja/bukti/{evidence}", .enterDesk) { _, context, person, _ in
            try await give(try await claims.evidence(try context.number("evidence"), for: person, at: .now()))
        }
        desk.routes.page("/inovasi/{id}/bukti/{evidence}") { _, context in
            let (innovation, evidence) = (try context.number("id"), try context.number("evidence"))
            let root = try await claims.root(of: innovation)
            guard root == innovation else {
                return .moved(.path("inovasi", String(root), "bukti", String(evidence)))
            }
            return try await give(try await claims.publishedEvidence(evidence, of: innovation))
        }
    }

    /// What an innovation's public page shows of its claims; empty for one that was never validated here.
    package func panel(_ innovation: Int, _ frame: Frame) async throws -> HTML {
        let published = try await claims.published(of: innovation)
        return ClaimsPanelView.panel(ClaimsPanel(published, of: innovation, frame.language), frame)
    }

    /// A file in pieces, as its own content says it is: what a browser shows safely is shown, all else is saved. It runs
    /// nothing: no script, no form, no plugin of ours reaches it.
    private func give(_ evidence: Evidence) async throws -> Answer {
        let stored = try await files.open(evidence.digest)
        let isShown = stored.type.hasPrefix("image/") || stored.type == FileType.pdf.rawValue
        let files = files
        let answer = Answer.stream(type: stored.type) { chunks in
            try await files.chunks(of: evidence.digest) { try await chunks.write($0) }
        }
        .with("Content-Disposition", FileName.disposition(evidence.name, type: stored.type, inline: isShown))
        // The viewers of PDF that browsers bring along refuse to open in a sandbox; they are one themselves.
        return stored.type == FileType.pdf.rawValue
            ? answer : answer.with("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'")
    }
}

extension ClaimsPanel {
    init(_ published: [Claim], of innovation: Int, _ language: Language) {
        func lines(_ claim: Claim) -> [EvidenceLine] {
            claim.evidence.map { EvidenceLine($0, in: ["inovasi", String(innovation), "bukti"]) }
        }
        self.init(
            claims: published.filter { ![.indicator, .testimony].contains($0.kind) }.map { claim in
                Assertion(
                    title: claim.content.title(language), lines: claim.content.lines(language), evidence: lines(claim),
                    link: claim.content["link"].flatMap { Address($0) }, from: nil)
            },
            indicators: published.filter { $0.kind == .indicator }.map { claim in
                Indicator(
                    name: claim.content.title(language), unit: claim.content["unit"] ?? "",
                    before: claim.content.measure("before").map {
                        .init(value: $0, on: claim.content.day("beforeDate"))
                    },
                    after: claim.content.measure("after").map { .init(value: $0, on: claim.content.day("afterDate")) },
                    population: claim.content["population"], source: claim.content["source"], evidence: lines(claim))
            },
            testimonies: published.filter { $0.kind == .testimony }.compactMap { claim in
                claim.content["quote"].map { Testimony(text: $0, by: claim.content["who"]) }
            })
    }
}
