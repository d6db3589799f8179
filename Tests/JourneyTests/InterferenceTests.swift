import Competition
import Database
import Foundation
import Kernel
import People
import Support
import Testing

@testable import App

/// What must not be seen cannot be inferred: for every role and stage of an edition, every address answers those who must
/// not know the same bytes with and without the secret. Nothing is listed by hand: each door that the portal has is asked.
@Suite(.serialized) struct InterferenceTests {
    @Test(arguments: Engine.tested)
    func `what must not be known leaves no trace at any stage for those who must not know`(
        engine: Engine
    ) async throws {
        try await Served.with(engine, csv: try NationalEdition.csv(8), checked: false) { site in
            let scene = try await InterferenceScene(site)
            var asked = 0
            try await scene.edition.move(to: .evaluation)
            asked += try await evaluation(scene, engine)
            try await scene.edition.move(to: .plenary)
            asked += try await plenary(scene)
            asked += try await finals(scene)
            try await scene.edition.move(to: .award)
            asked += try await award(scene)
            #expect(asked > 3_000)
            print("interference: \(asked) answers equal with and without the secrets on \(engine)")
        }
    }

    private func evaluation(_ scene: InterferenceScene, _ engine: Engine) async throws -> Int {
        let narrow = scene.narrow()
        // What the pages ask is the same on both engines; every door of the portal is tried on one.
        let wide = engine == .sqlite ? scene.wide(1) + scene.narrow(3) : narrow
        var seen = try await scene.answers(wide, everywhere: true)
        let own = Array(scene.own.prefix(2))
        var reads: [Int: Int] = [:]
        var asked = try await scene.hide("reads of an institution", wide, from: &seen, everywhere: true) {
            reads = try await scene.read(own)
        }
        seen = try await scene.answers(narrow)
        let others = (1...scene.edition.records.count).filter { !scene.own.contains($0) }
        let organiser = [InterferenceScene.walled]
        asked += try await scene.hide("reads, plans, comments, redactions", narrow, from: &seen, knowing: organiser) {
            reads.merge(try await scene.read(Array(others.prefix(3)))) { $1 }
            try await scene.evaluate(reads, clearing: own[0], redacting: others[0])
        }
        return asked
    }

    private func plenary(_ scene: InterferenceScene) async throws -> Int {
        let narrow = scene.narrow()
        var seen = try await scene.answers(narrow)
        return try await scene.hide(
            "a decided sitting", narrow, from: &seen, knowing: [InterferenceScene.walled]
        ) {
            let sitting = try await scene.decide(.finalists) { id in
                Decision(proposal: id, verdict: id <= 4 ? .chosen : .not, why: "Rahasia sidang.")
            }
            try await scene.announce(.finalists, sitting, at: Instant.now().adding(days: 1))
            try await scene.serve()
        }
    }

    private func finals(_ scene: InterferenceScene) async throws -> Int {
        try await scene.publishFinalists()
        try await scene.openFinals()
        try await scene.schedule()
        let narrow = scene.narrow()
        var seen = try await scene.answers(narrow)
        let asked = try await scene.hide("a finalist's secrets", narrow, from: &seen) {
            try await scene.object(to: 1)
            try await scene.hear(1)
            try await scene.visit(1)
        }
        let other = try #require((2...4).first { !scene.own.contains($0) })
        return try await asked
            + scene.hide(
                "votes and another's secrets", narrow, from: &seen,
                // Who sits in a slot reads its minutes.
                knowing: [InterferenceScene.walled, "a panelist /kerja/panel/"]
            ) {
                try await scene.vote(for: 1)
                try await scene.object(to: other)
                try await scene.hear(other)
            }
    }

    private func award(_ scene: InterferenceScene) async throws -> Int {
        try await folder { keys in
            try await scene.sign(with: keys)
            let serials = ["kipp-2027-0001", "KIPP-2027-0001"].map { "/penghargaan/\($0)" }
            let narrow = scene.narrow() + serials
            var seen = try await scene.answers(narrow)
            let records = try await scene.records()
            let asked = try await scene.hide(
                "awards that wait", narrow, from: &seen, knowing: [InterferenceScene.walled]
            ) {
                let given = try await scene.award(1, keys: keys)
                #expect(given.count == 1)
                try await scene.serve()
                for serial in given {
                    let one = try await scene.site.client.get("/penghargaan/\(serial)")
                    let none = try await scene.site.client.get("/penghargaan/\(String(serial.dropLast()))9")
                    #expect(one.status == 404)
                    #expect(none.text.replacing("9", with: "1").count == one.text.replacing("9", with: "1").count)
                }
            }
            #expect(try await scene.records() == records)
            return asked
        }
    }
}
