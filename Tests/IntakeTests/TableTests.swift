import Documents
import Foundation
import Kernel
import Text
import Testing

@testable import Intake

@Suite struct TableTests {
    private func read(_ bytes: [UInt8]) throws -> (TableReader, [TableRow]) {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(bytes).write(to: file)
        var reader = try TableReader(file: file.path)
        var rows: [TableRow] = []
        while let row = try reader.next() { rows.append(row) }
        return (reader, rows)
    }

    private func read(_ text: String) throws -> (TableReader, [TableRow]) { try read(Array(text.utf8)) }

    @Test func `the same rows come out of every form`() async throws {
        let wanted = [["1", "Antar Akta", "2019"], ["2", "Pasar Tani", ""]]
        let csv = try read("no;judul;tahun\n1;Antar Akta;2019\n2;Pasar Tani;\n")
        let xlsx = try read(try await Sheets.xlsx(["no", "judul", "tahun"], wanted))
        let json = try read(
            "[{\"no\":1,\"judul\":\"Antar Akta\",\"tahun\":2019},\n{\"no\":2,\"judul\":\"Pasar Tani\",\"tahun\":null}]")
        let lines = try read(
            "{\"no\":\"1\",\"judul\":\"Antar Akta\",\"tahun\":2019}\n\n{\"no\":\"2\",\"judul\":\"Pasar Tani\"}\n")
        let inside = try read(
            "{\"total\":2,\"data\":[{\"no\":1,\"judul\":\"Antar Akta\",\"tahun\":2019},{\"no\":2,\"judul\":\"Pasar Tani\"}],\"ok\":true}"
        )
        #expect([csv, xlsx, json, lines, inside].map(\.0.form) == [.csv, .xlsx, .json, .jsonLines, .json])
        for (reader, rows) in [csv, xlsx, json, lines, inside] {
            #expect(reader.header == ["no", "judul", "tahun"])
            #expect(rows.map(\.cells) == wanted)
        }
        #expect(csv.1.map(\.line) == [2, 3] && json.1.map(\.line) == [1, 2] && lines.1.map(\.line) == [1, 3])
    }

    @Test func `nested objects and lists become columns and texts`() throws {
        let (reader, rows) = try read(
            #"[{"a":{"b":1,"c":{"d":"x"}},"e":["p","q",3],"f":[{"g":1}],"h":true,"i":1.50,"j":"\u00e9\ud83d\ude00\n"}]"#
        )
        #expect(reader.header == ["a.b", "a.c.d", "e", "f", "h", "i", "j"])
        #expect(rows[0].cells == ["1", "x", "p; q; 3", #"[{"g":1}]"#, "ya", "1.50", "é😀\n"])
    }

    @Test func `a sheet with a title above it is read from the line that names columns`() async throws {
        let bytes = try await Sheets.xlsx(
            ["DAFTAR INOVASI 2023"], [[], ["No Registrasi", "Judul Inovasi", "Tahun"], ["1", "Antar Akta", "2019"]])
        let (reader, rows) = try read(bytes)
        #expect(reader.header == ["No Registrasi", "Judul Inovasi", "Tahun"])
        #expect(rows == [TableRow(line: 4, cells: ["1", "Antar Akta", "2019"])])
    }

    @Test func `objects on one line have lines of their own`() throws {
        #expect(try read("{\"a\":1}{\"a\":2}\n{\"a\":3}").1.map(\.line) == [1, 2, 3])
    }

    @Test func `names of columns are each there once`() throws {
        #expect(try read("Nama,Nama,,Nama\na,b,c,d\n").0.header == ["Nama", "Nama (2)", "kolom 3", "Nama (3)"])
    }

    @Test func `what is no table is refused for what it is`() throws {
        func refusal(_ text: String) -> (any Refusal)? {
            do { _ = try read(text) } catch { return error as? any Refusal }
            return nil
        }
        #expect(refusal("<!DOCTYPE html><html>") as? TableRefusal == .html)
        #expect(refusal(" \n<HTML><body>") as? TableRefusal == .html)
        #expect(refusal("<?xml version=\"1.0\"?><a/>") as? TableRefusal == .markup)
        #expect(refusal("") as? CSVRefusal == .empty)
        #expect(refusal("[]") as? CSVRefusal == .empty)
        #expect(refusal("[{\"a\":1},\n{\"a\":2,]") as? JSONRefusal == .broken(line: 2))
        #expect(refusal("[{\"a\":1}") as? JSONRefusal == .broken(line: 1))
        #expect(refusal("[{\"a\":1}] x") as? JSONRefusal == .broken(line: 1))
        #expect(refusal("{\"a\":1}\n{\"a\":}\n") as? JSONRefusal == .broken(line: 2))
        #expect(refusal("[1,2]") as? JSONRefusal == .notRows)
        #expect(refusal("{\"a\":[{\"x\":1}],\"b\":[{\"x\":1}]}") as? JSONRefusal == .notRows)
        let deep = "[" + String(repeating: "{\"a\":", count: 9) + "1" + String(repeating: "}", count: 9) + "]"
        #expect(refusal(deep) as? JSONRefusal == .tooDeep(line: 1))
        let long = "[{\"a\":\"" + String(repeating: "x", count: 1 << 20) + "\"}]"
        #expect(refusal(long) as? JSONRefusal == .long(line: 1))
        let wide = (0...200).map { "k\($0)" }.joined(separator: ",") + "\n"
        #expect(refusal(wide) as? TableRefusal == .tooManyColumns)
        let many = "a\n" + String(repeating: "1\n", count: TableReader.mostRows + 1)
        #expect(refusal(many) as? TableRefusal == .tooManyRows)
    }
}
