import CStemmer
import Synchronization

/// Snowball's Indonesian stemmer behind a cache from word to stem; safe to call from any thread.
///
/// Source of the algorithm: Tala, "A Study of Stemming Effects on Information Retrieval in Bahasa Indonesia", 2003.
package final class Stemmer: Sendable {
    package static let indonesian = Stemmer()

    private let state: Mutex<State>

    private struct State: ~Copyable {
        let engine: OpaquePointer?
        var known: [String: String] = [:]

        init() { engine = sb_stemmer_new("indonesian", "UTF_8") }

        deinit { sb_stemmer_delete(engine) }
    }

    private init() { state = Mutex(State()) }

    /// The stem of a folded word; the word itself when it has none or libstemmer lacks Indonesian.
    package func stem(_ word: String) -> String {
        state.withLock { state in
            if let stem = state.known[word] { return stem }
            var word = word
            let stem = word.withUTF8 { Stemmer.run(state.engine, $0) }
            // A corpus has some hundred thousand words; strangers' queries must not fill the memory.
            if state.known.count >= 100_000 { state.known.removeAll(keepingCapacity: true) }
            state.known[word] = stem
            return stem
        }
    }

    private static func run(_ engine: OpaquePointer?, _ word: UnsafeBufferPointer<UInt8>) -> String {
        // Numbers and marks such as "pbb2" have no affixes.
        guard let engine, word.count > 3, word.allSatisfy({ (97...122).contains($0) }),
            let stem = sb_stemmer_stem(engine, word.baseAddress, Int32(word.count)), sb_stemmer_length(engine) > 0
        else { return String(decoding: word, as: UTF8.self) }
        let found = UnsafeBufferPointer(start: stem, count: Int(sb_stemmer_length(engine)))
        return String(decoding: found.dropFirst(beginsWithLeftoverNasal(found) ? 1 : 0), as: UTF8.self)
    }

    /// Snowball leaves the nasal of a second prefix behind ("kependudukan" becomes "nduduk"); no Indonesian root
    /// begins with these pairs.
    private static func beginsWithLeftoverNasal(_ stem: UnsafeBufferPointer<UInt8>) -> Bool {
        guard stem.count >= 5 else { return false }
        switch (Unicode.Scalar(stem[0]), Unicode.Scalar(stem[1])) {
        case ("n", "c"), ("n", "d"), ("n", "j"), ("n", "t"), ("m", "b"), ("m", "p"): return true
        default: return false
        }
    }
}
