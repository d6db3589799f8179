import Institutions
import Kernel
import Web

/// A parameter of an address for programs. What the document says about it and what the server takes are read from
/// the same description.
struct APIParameter: Sendable {
    enum Kind: Sendable {
        /// Any text of at most so many characters.
        case text(limit: Int)
        case integer(ClosedRange<Int>)
        case choice(@Sendable (Catalogue) -> [String])
        case filter(Filter)
        /// The `next` of the page before.
        case marker(pattern: String)
        /// A part of the path; one that does not exist is answered 404.
        case code(pattern: String)
        /// The same, a whole number from 1.
        case number
    }

    let name: String
    let kind: Kind
    /// Whether it may be given several times, meaning *or*.
    var repeated = false
    let meaning: Phrase
    /// What its absence means, where that is one value.
    var fallback: String?
    var example: String?

    var isInPath: Bool {
        switch kind {
        case .code, .number: true
        default: false
        }
    }

    /// How many values one parameter may have.
    static let mostValues = 20

    /// Refuses what the description does not allow; filter values are left to `Inquiry`.
    static func check(_ query: Query, against parameters: [APIParameter], _ catalogue: Catalogue) throws {
        let parameters = parameters.filter { !$0.isInPath }
        try query.allow(only: parameters.map(\.name))
        for parameter in parameters {
            let values = query.parameters.filter { $0.name == parameter.name }.map(\.value)
            if values.isEmpty { continue }
            guard parameter.repeated || values.count == 1 else { throw QueryRefusal.repeated(name: parameter.name) }
            guard values.count <= mostValues else { throw QueryRefusal.tooMany(limit: mostValues) }
            for value in values { try parameter.check(value, catalogue) }
        }
    }

    private func check(_ value: String, _ catalogue: Catalogue) throws {
        switch kind {
        case .text(let limit):
            guard value.unicodeScalars.count <= limit else { throw QueryRefusal.tooLong(name: name, limit: limit) }
        case .integer(let range):
            guard let number = plainNumber(value), range.contains(number) else {
                throw QueryRefusal.notInRange(name: name, range: range)
            }
        case .choice(let values):
            let values = values(catalogue)
            guard values.contains(value) else { throw QueryRefusal.unknownValue(name: name, allowed: values) }
        case .filter(let filter):
            guard !value.isEmpty else {
                throw InquiryRefusal.unknownValue(filter, "", existing: Array(catalogue.known(filter).prefix(40)))
            }
        case .marker(let pattern):
            guard try value.utf8.count <= 60 && value.wholeMatch(of: Regex(pattern)) != nil else {
                throw InquiryRefusal.cursor
            }
        case .code, .number: break
        }
    }
}

/// A whole number from 0 as one writes it: digits only, no leading zero, at most 15 of them.
func plainNumber(_ text: some StringProtocol) -> Int? {
    let digits = text.utf8
    guard (1...15).contains(digits.count), digits.allSatisfy({ (48...57).contains($0) }),
        digits.count == 1 || digits.first != 48
    else { return nil }
    return Int(text)
}
