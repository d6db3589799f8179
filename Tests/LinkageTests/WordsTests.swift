import Kernel
import Testing

@testable import Directory
@testable import Linkage

struct WordsTests {
    @Test func `every comparison and level of the shipped model has words in both languages`() throws {
        let model = try LinkageRecords.model()
        var said: [Phrase] = []
        for comparison in model.comparisons {
            for level in comparison.levels.map(\.name) + ["missing"] {
                let step = WaterfallStep(name: comparison.name, level: level, weight: 1)
                said.append(try #require(LinkageWords.known(step), "\(comparison.name): \(level)"))
            }
        }
        said.append(LinkageWords.phrase(WaterfallStep(name: "prior", level: "", weight: -8)))
        #expect(Set(said).count == said.count)
    }

    @Test func `a step of another model is shown by its names`() {
        let step = WaterfallStep(name: "surname", level: "alike", weight: 2)
        #expect(LinkageWords.phrase(step) == Phrase("surname: alike", "surname: alike"))
    }

    @Test func `weights are shown with their sign, a comma in Indonesian`() {
        let step = WaterfallStep(name: "title", level: "same title", weight: 6.21)
        #expect(LinkageWords.weight(step) == Phrase("+6,2", "+6.2"))
    }
}
