import Foundation
import Institutions
import Kernel
import Text
import Web

/// Turns rows of a file into records: reads years, awards, categories, institutions and regions from what offices wrote.
/// What it cannot read as a value it keeps as given or rejects with what to do; it never guesses.
package struct RowReader {
    private let header: [String]
    /// The header's names as JSON.
    private let names: [String]
    private let columns: [ImportColumn: Int]
    private let constants: [ImportColumn: String]
    private let resolver: Resolver
    private var seen: [String: Int] = [:]
    private var resolved: [String: (institution: String?, region: String?)] = [:]

    /// Reads what each column means from its name; throws `ImportRefusal`.
    init(header: [String], resolver: Resolver) throws {
        try self.init(header: header, columns: ImportColumn.read(header), constants: [:], resolver: resolver)
    }

    /// Takes what each column means as given; names may be missing or repeated.
    ///
    /// - Parameters:
    ///   - columns: where in a row each is, from 0; a place outside the header is left out.
    ///   - constants: what stands for a column that is not there or is empty in a row.
    /// - Throws: `ImportRefusal.missingColumn` where neither says which number or title a row has.
    package init(
        header: [String], columns: [ImportColumn: Int], constants: [ImportColumn: String], resolver: Resolver
    ) throws {
        self.header = header
        names = Self.distinct(header).map(jsonQuoted)
        self.columns = columns.filter { header.indices.contains($0.value) }
        self.constants = constants
        self.resolver = resolver
        for column in [ImportColumn.id, .title] where self.columns[column] == nil && constants[column] == nil {
            throw ImportRefusal.missingColumn(column.rawValue, found: header)
        }
    }

    /// The names, so that each stands once in the raw row: the second "Nama" is "Nama (2)".
    private static func distinct(_ header: [String]) -> [String] {
        var seen: [String: Int] = [:]
        return header.map { name in
            let count = seen[name, default: 0] + 1
            seen[name] = count
            return count == 1 ? name : "\(name) (\(count))"
        }
    }

    /// The columns that say nothing to the directory; they are kept with the raw row.
    package var unusedColumns: [String] {
        header.enumerated().filter { i, name in !name.isEmpty && !columns.values.contains(i) }.map(\.element)
    }

    /// The row as a record, or why not.
    package mutating func read(_ record: CSVRecord) throws -> Result<SourceRow, RejectedReason> {
        guard record.fields.count == header.count else {
            return .failure(
                RejectedReason([
                    Problem(
                        "",
                        Phrase(
                            "Baris ini punya \(record.fields.count) kolom, baris pertama \(header.count). Periksa pemisah dan tanda kutipnya.",
                            "This row has \(record.fields.count) columns, the header \(header.count). Check separators and quotes."
                        ))
                ]))
        }
        var problems = record.fields.indices.compactMap { control(in: record.fields[$0], column: header[$0]) }
        func cell(_ column: ImportColumn) -> String? {
            let text = columns[column].map { trimmed(record.fields[$0]) } ?? ""
            return text.isEmpty ? constants[column] : text
        }
        func name(_ column: ImportColumn) -> String { columns[column].map { header[$0] } ?? column.rawValue }
        func year(_ column: ImportColumn) -> Int? {
            guard let text = cell(column) else { return nil }
            guard let year = Int(text), (1945...2100).contains(year), text.count == 4 else {
                problems.append(
                    Problem(
                        name(column),
                        Phrase(
                            "Tulis tahun dengan empat angka, misalnya 2019.",
                            "Write the year with four digits, e.g. 2019.")))
                return nil
            }
            return year
        }
        func choice<T: RawRepresentable>(_ column: ImportColumn, _ words: [String: T]) -> T? {
            guard let text = cell(column) else { return nil }
            guard let value = words[fold(text)] else {
                let known = words.keys.sorted().joined(separator: ", ")
                problems.append(
                    Problem(name(column), Phrase("Pilih salah satu: \(known).", "Choose one of: \(known).")))
                return nil
            }
            return value
        }

        let externalID = cell(.id)
        if externalID == nil {
            problems.append(
                Problem(name(.id), Phrase("Isi nomor data di sumbernya.", "Give the row's number in its source.")))
        } else if let externalID, externalID.utf8.count > 200 {
            problems.append(
                Problem(name(.id), Phrase("Nomor paling banyak 200 huruf.", "The number may have 200 letters at most."))
            )
        }
        var i = Innovation()
        i.title = cell(.title) ?? ""
        if i.title.isEmpty {
            problems.append(Problem(name(.title), Phrase("Isi judul inovasi.", "Give the innovation's title.")))
        } else if i.title.utf8.count > 1000, i.title.count > 1000 {
            problems.append(
                Problem(
                    name(.title),
                    Phrase(
                        "Judul \(i.title.count) huruf; paling banyak 1.000. Pindahkan penjelasan ke deskripsi.",
                        "The title has \(i.title.count) letters, 1,000 at most. Move the explanation to the description."
                    )))
        }
        if let short = ShortName.read(fromTitle: i.title) {
            i.shortName = short.short
            i.expansion = short.expansion
        }
        if let given = cell(.shortName) { i.shortName = given }
        if let given = cell(.expansion) { i.expansion = given }
        i.unit = cell(.unit)
        i.yearStated = year(.year)
        i.yearOfIdea = year(.yearOfIdea)
        i.yearOfTrial = year(.yearOfTrial)
        i.yearOfStart = year(.yearOfStart)
        i.nri = cell(.nri)
        i.affair = cell(.affair)
        i.stage = choice(.stage, Self.stages)
        i.form = choice(.form, Self.forms)
        i.continuity = choice(.continuity, Self.continuities)
        i.continuityReason = cell(.continuityReason)
        if let text = cell(.sdgs) { i.sdgs = sdgs(text, name(.sdgs), &problems) }
        for (column, section) in Self.sections { i.texts[section] = cell(column) }
        if let video = cell(.video) {
            if let address = Address(video) {
                i.links = [Innovation.Link(kind: .video, address: address.text)]
            } else {
                problems.append(
                    Problem(
                        name(.video),
                        Phrase("Tulis alamat yang diawali https://.", "Write an address that begins with https://.")))
            }
        }
        readAward(cell(.award), into: &i)
        readCategory(cell(.category), into: &i)
        readNote(cell(.note), into: &i)
        readInstitution(cell(.agency), region: cell(.region), into: &i)

        if let externalID, let first = seen[externalID] {
            problems.append(
                Problem(
                    name(.id),
                    Phrase(
                        "Nomor \(externalID) sudah dipakai pada baris \(first). Beri nomor yang berbeda.",
                        "The number \(externalID) was used on line \(first). Give it another number.")))
        }
        guard problems.isEmpty, let externalID else { return .failure(RejectedReason(problems)) }
        seen[externalID] = record.line
        return .success(
            SourceRow(
                externalID: externalID, reference: cell(.source), content: raw(record.fields), innovation: i))
    }

    private func raw(_ fields: [String]) -> String {
        var out = [UInt8(ascii: "{")]
        out.reserveCapacity(2048)
        for (i, field) in fields.enumerated() where !field.isEmpty {
            if out.count > 1 { out.append(UInt8(ascii: ",")) }
            out += names[i].utf8
            out.append(UInt8(ascii: ":"))
            appendJSON(field, to: &out)
        }
        out.append(UInt8(ascii: "}"))
        return String(decoding: out, as: UTF8.self)
    }

    private func control(in text: String, column: String) -> Problem? {
        // Line breaks and tabs are what offices write; other controls and the marks that turn text round are not.
        // The marks' first byte in UTF-8 is 0xE2, so that most texts need no decoding.
        guard text.utf8.contains(where: { ($0 < 32 && $0 != 10 && $0 != 13 && $0 != 9) || $0 == 127 || $0 == 0xE2 }),
            text.unicodeScalars.contains(where: {
                ($0.value < 32 && $0.value != 9 && $0.value != 10 && $0.value != 13) || $0.value == 127
                    || (0x202A...0x202E).contains($0.value) || (0x2066...0x2069).contains($0.value)
            })
        else { return nil }
        return Problem(
            column, Phrase("Hapus karakter kendali yang tak tampak.", "Remove the invisible control characters."))
    }

    private func sdgs(_ text: String, _ column: String, _ problems: inout [Problem]) -> [Int] {
        let numbers = text.split { !$0.isNumber }.map { Int($0) }
        guard !numbers.isEmpty, numbers.allSatisfy({ $0.map((1...17).contains) ?? false }) else {
            problems.append(
                Problem(
                    column,
                    Phrase("Tulis nomor SDG 1 sampai 17, misalnya 3, 16.", "Write SDG numbers 1 to 17, e.g. 3, 16.")))
            return []
        }
        return Set(numbers.compactMap(\.self)).sorted()
    }

    private func readNote(_ text: String?, into i: inout Innovation) {
        guard let text else { return }
        if i.nri == nil, let match = text.firstMatch(of: /\bNRI (\d{6})\b/) { i.nri = String(match.1) }
        i.notes.append(text)
    }

    private func readAward(_ text: String?, into i: inout Innovation) {
        guard let text else { return }
        let reading = AwardPatterns.read(text)
        i.awards = reading.awards
        i.notes += reading.notes
        if i.stage == nil { i.stage = reading.stage }
    }

    private func readCategory(_ text: String?, into i: inout Innovation) {
        switch text.map(Categories.shipped.category) ?? .none {
        case .none: break
        case .category(let code): i.category = code
        case .unlisted(let words): i.category = words
        case .form(let form): i.form = i.form ?? form
        case .digital: i.digital = true
        case .note(let note): i.notes.append(note)
        }
    }

    /// The institution and region by the resolver, each spelling once; what it cannot resolve stays as given.
    private mutating func readInstitution(_ agency: String?, region: String?, into i: inout Innovation) {
        i.institutionAsGiven = agency
        i.regionAsGiven = region
        let citizens = i.form == .citizen
        let key = "\(agency ?? "")\u{0}\(region ?? "")\u{0}\(i.yearStated ?? 0)\u{0}\(citizens)"
        if let known = resolved[key] {
            i.institution = known.institution
            i.region = known.region
            return
        }
        // A citizen's invention has no institution; the agency named is where it was shown.
        i.institution =
            citizens ? nil : agency.flatMap { resolver.resolve($0, region: region, year: i.yearStated).code }
        i.region = region.flatMap { resolver.resolveRegion($0) }
        if resolved.count < 100_000 { resolved[key] = (i.institution, i.region) }
    }

    private static let stages: [String: Innovation.Stage] = [
        "inisiatif": .initiative, "uji coba": .trial, "penerapan": .implementation,
    ]
    private static let forms: [String: Innovation.Form] = [
        "pelayanan publik": .service, "tata kelola": .governance, "inovasi masyarakat": .citizen, "lainnya": .other,
    ]
    private static let continuities: [String: Innovation.Continuity] = [
        "berlanjut dengan pengembangan": .developing, "berlanjut": .continuing, "berhenti": .stopped,
    ]
    private static let sections: [(ImportColumn, Innovation.Section)] = [
        (.description, .summary), (.background, .background), (.purpose, .purpose), (.novelty, .novelty),
        (.impact, .impact), (.adaptability, .adaptability), (.resources, .resources),
        (.sustainability, .sustainability),
    ]
}

/// Why a row is not taken.
package struct RejectedReason: Error {
    package let problems: [Problem]

    package init(_ problems: [Problem]) { self.problems = problems }
}
