import Kernel

/// Where the proposals of an edition stand by their reads: raw beside calibrated, best calibrated first. It advises those
/// who decide and decides nothing.
package struct Standing: Sendable, Hashable, Codable {
    /// One finished reading as it counts.
    package struct Read: Sendable, Hashable, Codable {
        package let proposal: Int
        package let evaluator: Int
        /// The score of each section, 0 to 100.
        package let sections: [String: Int]

        package init(proposal: Int, evaluator: Int, sections: [String: Int]) {
            (self.proposal, self.evaluator, self.sections) = (proposal, evaluator, sections)
        }
    }

    package struct Line: Sendable, Hashable, Codable {
        package let proposal: Int
        package let reads: Int
        /// The mean of its reads' weighted scores, 0 to 100; nil when unread.
        package let raw: Double?
        /// The same with the evaluators' severity taken out; nil when unread.
        package let calibrated: Double?
        /// One standard deviation of `calibrated`.
        package let deviation: Double?
        /// The chance to reach the passing grade, and to be among the finalists; nil where too little is known to say.
        package let passing: Double?
        package let top: Double?
        /// Why nothing more can be said: `Calibration.Doubt` by name.
        package let doubt: String?
        /// The greatest difference between two of its reads; nil below two.
        package let gap: Double?
        /// The mean of each section.
        package let sections: [String: Double]
    }

    package struct Judge: Sendable, Hashable, Codable {
        package let evaluator: Int
        package let reads: Int
        /// How much higher (above zero) or lower than the others this evaluator scores the same proposals.
        package let severity: Double
        package let deviation: Double
        /// Two scores or more, and all the same.
        package let isConstant: Bool
    }

    package let lines: [Line]
    package let judges: [Judge]
    /// The seed of the draws behind the chances.
    package let seed: UInt64
}
