import Foundation
import Kernel

extension Standing {
    /// A proposal that needs another read, and why.
    package struct Reread: Sendable, Hashable {
        package enum Cause: Sendable, Hashable {
            /// Fewer reads than the edition asks for.
            case few(reads: Int, least: Int)
            /// Its calibrated score lies within the edition's band around the passing grade, or the last finalist's.
            case nearPassing(distance: Double)
            case nearFinalists(distance: Double)
            /// Its reads differ by more than the edition's limit.
            case gap(Double)

            package var phrase: Phrase {
                switch self {
                case .few(let reads, let least):
                    Phrase(
                        "Baru \(reads) dari \(least) penilaian selesai.", "Only \(reads) of \(least) reads are done.")
                case .nearPassing(let distance):
                    Phrase(
                        "Berjarak \(Language.indonesian.number(distance, places: 1)) dari ambang lulus.",
                        "Within \(Language.english.number(distance, places: 1)) of the passing grade.")
                case .nearFinalists(let distance):
                    Phrase(
                        "Berjarak \(Language.indonesian.number(distance, places: 1)) dari finalis terakhir.",
                        "Within \(Language.english.number(distance, places: 1)) of the last finalist.")
                case .gap(let gap):
                    Phrase(
                        "Nilainya berselisih \(Language.indonesian.number(gap, places: 1)).",
                        "Its scores differ by \(Language.english.number(gap, places: 1)).")
                }
            }
        }

        package let proposal: Int
        package let causes: [Cause]
    }

    /// The proposals that need another read, by number. What lies near a cut or differs gets one read more than the
    /// edition asks for, not one after the other without end; an edition that names no number of reads asks for two.
    package func rereads(_ edition: Edition) -> [Reread] {
        let least = edition.reads ?? 2
        let scored = lines.filter { $0.calibrated != nil }
        var last: Double?
        if let places = edition.finalists, places > 0, scored.count > places { last = scored[places - 1].calibrated }
        return lines.compactMap { line -> Reread? in
            var causes: [Reread.Cause] = []
            if line.reads < least { causes.append(.few(reads: line.reads, least: least)) }
            if line.reads <= least, let calibrated = line.calibrated {
                if let band = edition.band {
                    if let passing = edition.passing, abs(calibrated - Double(passing)) <= Double(band) {
                        causes.append(.nearPassing(distance: abs(calibrated - Double(passing))))
                    }
                    if let last, abs(calibrated - last) <= Double(band) {
                        causes.append(.nearFinalists(distance: abs(calibrated - last)))
                    }
                }
                if let limit = edition.gap, let gap = line.gap, gap > Double(limit) { causes.append(.gap(gap)) }
            }
            return causes.isEmpty ? nil : Reread(proposal: line.proposal, causes: causes)
        }
        .sorted { $0.proposal < $1.proposal }
    }
}
