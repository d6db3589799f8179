import Competition
import Testing

@Suite struct CalibrationTests {
    /// Every proposal read by `reads` of the evaluators in turn; value by quality and severity.
    private func scores(
        _ qualities: [Double], _ severities: [Double], reads: Int, noise: Double = 0, seed: UInt64 = 1
    ) -> [Calibration.Score] {
        var numbers = SeededNumbers(seed: seed)
        return qualities.indices.flatMap { p in
            (0..<reads).map { turn -> Calibration.Score in
                let apart = turn == 0 ? 0 : turn + (p / severities.count) % (severities.count - reads + 1)
                let e = (p + apart) % severities.count
                return .init(proposal: p, evaluator: e, value: qualities[p] + severities[e] + noise * numbers.normal())
            }
        }
    }

    private func sample(_ count: Int, _ spread: Double, seed: UInt64) -> [Double] {
        var numbers = SeededNumbers(seed: seed)
        return (0..<count).map { _ in spread * numbers.normal() }
    }

    @Test func `severities are recovered from linear data without noise, and the ranking is that of the truth`() {
        let qualities = sample(70, 8, seed: 3).map { $0 + 75 }, severities = sample(7, 5, seed: 4)
        let found = Calibration(scores(qualities, severities, reads: 2), proposals: 70, evaluators: 7)
        let (middle, truth) = (
            found.evaluators.reduce(0) { $0 + $1.value } / 7, severities.reduce(0, +) / 7
        )
        for (estimate, severity) in zip(found.evaluators, severities) {
            #expect(abs((estimate.value - middle) - (severity - truth)) < 0.05)
        }
        #expect(found.ranking == qualities.indices.sorted { qualities[$0] > qualities[$1] })
        #expect(found.groups.count == 1)
        #expect(found.proposals.allSatisfy { $0.doubt == nil })
    }

    @Test func `the stated uncertainty holds the truth about as often as it says`() {
        var inside = 0, all = 0
        for seed in UInt64(1)...20 {
            let qualities = sample(200, 8, seed: seed).map { $0 + 75 }, severities = sample(12, 4, seed: seed + 100)
            let found = Calibration(
                scores(qualities, severities, reads: 3, noise: 6, seed: seed + 200), proposals: 200, evaluators: 12)
            for (estimate, quality) in zip(found.proposals, qualities) {
                all += 1
                if abs(estimate.quality - quality) < 1.96 * estimate.deviation { inside += 1 }
            }
        }
        let share = Double(inside) / Double(all)
        #expect((0.92...0.98).contains(share), "\(share)")
    }

    @Test func `evaluators whom no proposal links are not compared, and the smaller group says so`() {
        let linked = (0..<6).flatMap { p in
            [
                Calibration.Score(proposal: p, evaluator: p % 3, value: 70 + Double(p)),
                Calibration.Score(proposal: p, evaluator: (p + 1) % 3, value: 71 + Double(p)),
            ]
        }
        let apart = [3, 4].map { Calibration.Score(proposal: 6, evaluator: $0, value: 95) }
        let alone = [Calibration.Score(proposal: 7, evaluator: 0, value: 80)]
        let found = Calibration(linked + apart + alone, proposals: 9, evaluators: 5)
        #expect(found.groups == [[3, 4], [0, 1, 2]])
        let doubts: [Calibration.Doubt?] = [nil, nil, nil, nil, nil, nil, .unconnected, .oneRead, .noReads]
        #expect(found.proposals.map(\.doubt) == doubts)
        #expect(found.chances(passing: 72, top: 2, seed: 1).suffix(3).map(\.passing) == [nil, nil, nil])
        #expect(found.ranking.last == 8)
    }

    @Test func `equal scores give no ranking, and no chance is invented`() {
        let same = (0..<10).flatMap { p in (0..<2).map { Calibration.Score(proposal: p, evaluator: $0, value: 80) } }
        let found = Calibration(same, proposals: 10, evaluators: 2)
        #expect(found.proposals.allSatisfy { $0.quality == 80 && $0.doubt == .allEqual })
        #expect(found.evaluators.map(\.value) == [0, 0])
        #expect(found.chances(passing: 85, top: 3, seed: 1).allSatisfy { $0.passing == nil && $0.top == nil })
        #expect(found.ranking == Array(0..<10))
    }

    @Test func `an evaluator who gives everything 100 is named, and leaves less than half the disorder of plain means`()
    {
        let qualities = (0..<30).map { 60 + Double($0) }
        let others = scores(qualities, [1, -2, 3, -4], reads: 2)
        let flat = (0..<30).filter { $0 % 3 == 0 }.map { Calibration.Score(proposal: $0, evaluator: 4, value: 100) }
        let found = Calibration(others + flat, proposals: 30, evaluators: 5)
        #expect(found.evaluators.map(\.constant) == [false, false, false, false, true])
        #expect(found.evaluators[4].value > 10)
        // Quality rises with the number, so a pair is out of order where the better one comes later.
        func disorder(_ value: (Int) -> Double) -> Int {
            (0..<30).reduce(0) { sum, low in sum + (low + 1..<30).count { value($0) < value(low) } }
        }
        let calibrated = disorder { found.proposals[$0].quality }
        let plain = disorder { found.proposals[$0].rawMean ?? 0 }
        #expect(calibrated * 2 < plain, "\(calibrated) of \(plain)")
    }

    @Test func `chances come from the seed, sum to the places, and follow the estimates`() {
        let qualities = sample(60, 8, seed: 9).map { $0 + 75 }
        let found = Calibration(
            scores(qualities, sample(6, 3, seed: 10), reads: 3, noise: 4), proposals: 60, evaluators: 6)
        let chances = found.chances(passing: 80, top: 10, seed: 5)
        #expect(chances == found.chances(passing: 80, top: 10, seed: 5))
        #expect(chances != found.chances(passing: 80, top: 10, seed: 6))
        #expect(abs(chances.reduce(0) { $0 + ($1.top ?? 0) } - 10) < 1e-9)
        let best = found.ranking[0], worst = found.ranking[59]
        #expect((chances[best].top ?? 0) > 0.8)
        #expect((chances[worst].top ?? 1) < 0.05)
        #expect((chances[best].passing ?? 0) > (chances[worst].passing ?? 1))
    }

    @Test func `no scores, and scores out of range, are left out without harm`() {
        #expect(Calibration([], proposals: 2, evaluators: 1).proposals.map(\.doubt) == [.noReads, .noReads])
        let odd = [
            Calibration.Score(proposal: 5, evaluator: 0, value: 1), .init(proposal: 0, evaluator: 0, value: .nan),
            .init(proposal: -1, evaluator: 0, value: 2),
        ]
        #expect(Calibration(odd, proposals: 2, evaluators: 1).proposals.map(\.reads) == [0, 0])
    }

    @Test func `calibration finds more of the best where severities differ, and about the same where they do not`() {
        let differ = CalibrationTrial(proposals: 600, evaluators: 20, reads: 2, severity: 8, noise: 4, top: 50)
            .run(times: 8, seed: 1)
        #expect(differ.helps)
        #expect(differ.gain > 0.05)
        let same = CalibrationTrial(proposals: 600, evaluators: 20, reads: 2, severity: 0, noise: 4, top: 50)
            .run(times: 8, seed: 1)
        #expect(abs(same.gain) < 0.02)
    }

    @Test func `the noise measured at NeurIPS makes two committees disagree on 23 percent`() {
        let variance = CalibrationTrial.readVariance()
        var numbers = SeededNumbers(seed: 11)
        let count = 40_000
        let committees = (0..<count).map { _ -> (Double, Double) in
            let quality = CalibrationTrial.qualitySpread * numbers.normal(), spread = (variance / 3).squareRoot()
            return (quality + spread * numbers.normal(), quality + spread * numbers.normal())
        }
        let cuts = (
            committees.map(\.0).sorted()[count * 3 / 4], committees.map(\.1).sorted()[count * 3 / 4]
        )
        let disagreed = committees.count { ($0.0 >= cuts.0) != ($0.1 >= cuts.1) }
        #expect(abs(Double(disagreed) / Double(count) - 0.23) < 0.01)
    }
}
