import Foundation
import Kernel

/// An institution's data that come in again and again: who owns them, on what terms, how much they are believed, and how
/// they arrive.
package struct Source: Sendable, Hashable {
    /// How deliveries arrive.
    package enum Kind: String, Sendable, CaseIterable {
        /// Somebody uploads a file.
        case file
        /// The portal fetches an address.
        case address
        /// Harvested by OAI-PMH.
        case oai
    }

    /// What a person states of a source.
    package struct Terms: Sendable, Hashable {
        /// At most 100 bytes; rows are known by it and their id, e.g. `lan`.
        package var name: String
        /// The institution that answers for the data.
        package var owner: String?
        /// The licence under which they may be shown, e.g. `CC BY 4.0`.
        package var licence: String?
        /// 1 to 999: where sources disagree, the lower one is believed.
        package var trust: Int
        package var kind: Kind
        /// http or https, for kinds that are fetched.
        package var address: String?
        /// Whether the address may lie on this machine or in a private network.
        package var isLocal: Bool
        /// Fetched every so many hours, 1 to 8,784 (a leap year); nil only by hand.
        package var hours: Int?
        /// Whether each delivery is the whole list, so that a row it lacks is gone at the source.
        package var isComplete: Bool
        /// Whether nothing is fetched by schedule for now.
        package var isPaused: Bool

        package init(
            name: String, owner: String? = nil, licence: String? = nil, trust: Int = 100, kind: Kind = .file,
            address: String? = nil, isLocal: Bool = false, hours: Int? = nil, isComplete: Bool = false,
            isPaused: Bool = false
        ) {
            self.name = name
            self.owner = owner
            self.licence = licence
            self.trust = trust
            self.kind = kind
            self.address = address
            self.isLocal = isLocal
            self.hours = hours
            self.isComplete = isComplete
            self.isPaused = isPaused
        }
    }

    package let id: Int
    package let terms: Terms
    /// When it is fetched next by itself.
    package let nextAt: Instant?
    package let since: Instant

    package var name: String { terms.name }
}

extension Source.Terms {
    /// Everything wrong with them, each beside its field; empty when they can be kept.
    package var problems: [Problem] {
        var found: [Problem] = []
        func add(_ field: String, _ indonesian: String, _ english: String) {
            found.append(Problem(field, Phrase(indonesian, english)))
        }
        if name.trimmingCharacters(in: .whitespaces).isEmpty {
            add("name", "Isi nama sumber, misalnya Sinovik.", "Give the source a name, e.g. Sinovik.")
        } else if name.utf8.count > 100 {
            add("name", "Nama sumber paling banyak 100 huruf.", "The name may have 100 letters at most.")
        }
        if name.lowercased() == "simpul" {
            add(
                "name", "Nama Simpul dipakai untuk isian di portal ini. Pilih nama lain.",
                "The name Simpul stands for what is written in this portal. Choose another one.")
        }
        for (field, text) in [("owner", owner), ("licence", licence)] where (text?.utf8.count ?? 0) > 300 {
            add(field, "Paling banyak 300 huruf.", "300 letters at most.")
        }
        if !(1...999).contains(trust) {
            add("trust", "Tulis urutan kepercayaan dari 1 sampai 999.", "Give the order of trust from 1 to 999.")
        }
        if let hours, !(1...8784).contains(hours) {
            add("hours", "Tulis jarak pengambilan dari 1 sampai 8.784 jam.", "Give 1 to 8,784 hours.")
        }
        if kind != .file, !Self.isFetchable(address ?? "") {
            add(
                "address", "Tulis alamat lengkap yang diawali https:// atau http://.",
                "Write the whole address, beginning with https:// or http://.")
        }
        return found
    }

    /// Without spaces around, empty texts as nil, and nothing that its kind has no use for.
    package var tidied: Source.Terms {
        func clean(_ text: String?) -> String? {
            let text = text?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
            return text.isEmpty ? nil : text
        }
        var terms = self
        terms.name = clean(name) ?? ""
        terms.owner = clean(owner)
        terms.licence = clean(licence)
        terms.address = kind == .file ? nil : clean(address)
        terms.hours = kind == .file ? nil : hours
        terms.isLocal = kind == .file ? false : isLocal
        return terms
    }

    private static func isFetchable(_ text: String) -> Bool {
        guard text.utf8.count <= 2000, text.utf8.allSatisfy({ $0 > 32 && $0 < 127 }),
            let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty
        else { return false }
        return ["http", "https"].contains(parts.scheme?.lowercased()) && parts.user == nil && parts.password == nil
    }
}

/// Why a source is not kept, or not found.
package enum SourceRefusal: Refusal, Hashable {
    case unknown
    case invalid([Problem])
    case nameTaken(String)
    /// It has no address to fetch.
    case notFetched
    /// Nothing here can fetch this kind yet.
    case noFetcher

    package var kind: RefusalKind {
        switch self {
        case .unknown: .missing
        case .invalid, .nameTaken: .invalid
        case .notFetched, .noFetcher: .conflict
        }
    }

    package var message: Phrase {
        switch self {
        case .unknown: Phrase("Sumber data ini tidak ada.", "There is no such source.")
        case .invalid: Phrase("Perbaiki isian yang ditandai.", "Correct the marked fields.")
        case .nameTaken(let name):
            Phrase(
                "Sumber bernama \(name) sudah ada. Pilih nama lain.", "A source named \(name) exists. Choose another.")
        case .notFetched:
            Phrase(
                "Sumber ini menerima berkas; unggah berkasnya.", "This source takes files; upload one instead.")
        case .noFetcher:
            Phrase(
                "Sumber OAI-PMH belum dapat diambil oleh versi ini. Unggah berkasnya.",
                "This version cannot harvest OAI-PMH yet. Upload a file instead.")
        }
    }

    package var problems: [Problem] {
        switch self {
        case .invalid(let problems): problems
        case .nameTaken: [Problem("name", message)]
        default: []
        }
    }
}
