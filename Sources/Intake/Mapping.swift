import Directory
import Foundation
import Kernel
import Text

/// Which column of a source's files means what, as data: kept as JSON, in versions.
///
///     {"columns":{"Judul Inovasi":"title","No":"id"},"constants":{"award":"KIPP"},"header":["No","Judul Inovasi"]}
///
/// Where a file has no column that identifies a row, `"id":"@derived"` takes a digest of title, institution and year.
package struct Mapping: Sendable, Hashable {
    /// The meaning of a file's columns by their names.
    package var columns: [String: ImportColumn]
    /// What every row says, whatever the file says.
    package var constants: [ImportColumn: String]
    package var derivesID: Bool
    /// The columns of the file for which it was made, in order; empty when it was made without one.
    package var header: [String]

    package init(
        columns: [String: ImportColumn], constants: [ImportColumn: String] = [:], derivesID: Bool = false,
        header: [String] = []
    ) {
        self.columns = columns
        self.constants = constants
        self.derivesID = derivesID
        self.header = header
    }

    /// Every name, folded, by which an import knows a column.
    static let knownNames = ImportColumn.allCases.flatMap { $0.names.map { fold($0) } }

    /// A mapping by the names that an import knows; columns with other names stay without a meaning.
    package static func suggest(_ header: [String]) -> Mapping {
        var columns: [String: ImportColumn] = [:]
        var taken: Set<ImportColumn> = []
        for name in header {
            let folded = fold(name)
            guard
                let column = ImportColumn.allCases.first(where: { column in
                    !taken.contains(column) && column.names.contains { fold($0) == folded }
                })
            else { continue }
            columns[name] = column
            taken.insert(column)
        }
        return Mapping(columns: columns, derivesID: !taken.contains(.id), header: header)
    }

    /// Everything that keeps it from reading files with these columns, each beside its column (empty for the whole).
    package func problems(for header: [String]) -> [Problem] {
        var found: [Problem] = []
        for column in ImportColumn.allCases {
            let names = columns.filter { $0.value == column }.map(\.key).sorted()
            if names.count > 1 {
                found += names.map {
                    Problem(
                        $0,
                        Phrase(
                            "Kolom \(names.joined(separator: ", ")) memakai isian yang sama. Pilih satu saja.",
                            "The columns \(names.joined(separator: ", ")) mean the same field. Choose one."))
                }
            }
            if let first = names.first, constants[column] != nil {
                found.append(
                    Problem(
                        first,
                        Phrase(
                            "Isian ini sudah diberi nilai tetap. Hapus nilai tetapnya atau kolomnya.",
                            "This field has a fixed value already. Remove the value or the column.")))
            }
        }
        if !derivesID, !columns.values.contains(.id) {
            found.append(
                Problem(
                    "",
                    Phrase(
                        "Pilih kolom nomor data, atau pilih nomor yang dibentuk dari judul, instansi, dan tahun.",
                        "Choose the column that identifies a row, or have the id made of title, institution and year.")
                ))
        }
        if derivesID, columns.values.contains(.id) {
            found.append(
                Problem(
                    "",
                    Phrase(
                        "Pilih salah satu: kolom nomor data atau nomor yang dibentuk.",
                        "Choose one: a column with the id, or an id that is made.")))
        }
        if !columns.values.contains(.title) {
            found.append(
                Problem("", Phrase("Pilih kolom judul inovasi.", "Choose the column with the innovation's title.")))
        }
        if constants[.id] != nil || constants[.title] != nil {
            found.append(
                Problem(
                    "",
                    Phrase(
                        "Nomor dan judul tidak boleh sama untuk semua baris.",
                        "Id and title cannot be the same in every row.")))
        }
        let present = Set(header)
        for name in columns.keys.sorted() where !present.contains(name) {
            found.append(
                Problem(
                    name,
                    Phrase("Kolom \(name) tidak ada dalam berkas ini.", "This file has no column \(name).")))
        }
        return found
    }

    /// How a file's columns differ from those it was made for; nil when nothing that matters does. The order of
    /// columns does not matter.
    package func change(in header: [String]) -> Change? {
        let present = Set(header)
        let known = Set(self.header)
        let missing = columns.keys.filter { !present.contains($0) }.sorted()
        let new = known.isEmpty ? [] : header.filter { !known.contains($0) }
        return missing.isEmpty && new.isEmpty ? nil : Change(missing: missing, new: new)
    }

    /// Columns that a file lacks although they have a meaning, and columns that it had never before.
    package struct Change: Sendable, Hashable {
        package let missing: [String]
        package let new: [String]

        package var message: Phrase {
            var indonesian = ["Kolom berkas ini berubah."]
            var english = ["The columns of this file changed."]
            if !missing.isEmpty {
                indonesian.append("Yang hilang: \(missing.prefix(20).joined(separator: ", ")).")
                english.append("Missing: \(missing.prefix(20).joined(separator: ", ")).")
            }
            if !new.isEmpty {
                indonesian.append("Yang baru: \(new.prefix(20).joined(separator: ", ")).")
                english.append("New: \(new.prefix(20).joined(separator: ", ")).")
            }
            indonesian.append("Periksa pemetaan kolom, simpan, lalu proses berkas ini lagi.")
            english.append("Check the mapping of columns, save it, and run this file again.")
            return Phrase(indonesian.joined(separator: " "), english.joined(separator: " "))
        }
    }

    /// Throws `MappingRefusal.invalid` when it cannot read files with these columns.
    package func check(for header: [String]) throws {
        let problems = problems(for: header)
        guard problems.isEmpty else { throw MappingRefusal.invalid(problems) }
    }
}

extension Mapping {
    private struct Stored: Codable {
        var columns: [String: String]
        var constants: [String: String]?
        var id: String?
        var header: [String]?
    }

    private static let derived = "@derived"

    /// Reads what `json` wrote, or what a person wrote in that form. Throws `MappingRefusal`.
    package init(json: String) throws {
        guard let stored = try? JSONDecoder().decode(Stored.self, from: Data(json.utf8)) else {
            throw MappingRefusal.unreadable
        }
        func column(_ name: String) throws -> ImportColumn {
            guard let column = ImportColumn(rawValue: name) else { throw MappingRefusal.unknownField(name) }
            return column
        }
        guard stored.id == nil || stored.id == Self.derived else { throw MappingRefusal.unreadable }
        var constants: [ImportColumn: String] = [:]
        for (name, value) in stored.constants ?? [:] { constants[try column(name)] = value }
        self.init(
            columns: try stored.columns.mapValues(column), constants: constants, derivesID: stored.id == Self.derived,
            header: stored.header ?? [])
    }

    /// As it is kept: members sorted, so that equal mappings are equal texts.
    package var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let fixed = Dictionary(uniqueKeysWithValues: constants.map { ($0.key.rawValue, $0.value) })
        let stored = Stored(
            columns: columns.mapValues(\.rawValue), constants: fixed.isEmpty ? nil : fixed,
            id: derivesID ? Self.derived : nil, header: header.isEmpty ? nil : header)
        return (try? encoder.encode(stored)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}

/// Why columns are not mapped this way.
package enum MappingRefusal: Refusal, Hashable {
    case unreadable
    case unknownField(String)
    case invalid([Problem])
    /// The source has none yet.
    case none
    case changed(Mapping.Change)

    package var kind: RefusalKind { .invalid }

    package var message: Phrase {
        switch self {
        case .unreadable:
            Phrase(
                "Pemetaan kolom tidak terbaca sebagai JSON dengan columns, constants, id, dan header.",
                "The mapping is not JSON with columns, constants, id and header.")
        case .unknownField(let name):
            Phrase("Isian \(name) tidak dikenal.", "There is no field \(name).")
        case .invalid(let problems):
            problems.first.map(\.message) ?? Phrase("Perbaiki pemetaan kolom.", "Correct the mapping of columns.")
        case .none:
            Phrase(
                "Kolom sumber ini belum dipetakan. Petakan kolomnya, lalu proses berkas ini lagi.",
                "The columns of this source are not mapped yet. Map them, and run this file again.")
        case .changed(let change): change.message
        }
    }

    package var problems: [Problem] {
        if case .invalid(let problems) = self { return problems }
        return []
    }
}
