import Database
import Institutions
import Kernel
import Support
import Testing

@testable import Directory

@Test func `the same seed generates the same rows, another seed others`() async throws {
    try await withRegister(.sqlite) { _, register in
        let one = Generator(seed: 1, register: register)
        #expect(Generator(seed: 1, register: register).row(7) == one.row(7))
        #expect(Generator(seed: 2, register: register).row(7) != one.row(7))
        #expect(one.row(7).count == Generator.header.count)
        #expect(one.row(7)[0] == "G000007")
    }
}

@Test(arguments: Engine.tested)
func `generated rows are all taken, and taking them again changes nothing`(engine: Engine) async throws {
    try await withRegister(engine) { database, register in
        let importer = Importer(Innovations(database), register: register)
        let generator = Generator(seed: 1, register: register)
        let first = try await importer.generate(600, generator, by: Actor(name: "test"))
        #expect(first.json == #"{"read":600,"created":600,"updated":0,"unchanged":0,"rejected":0}"#)
        let again = try await importer.generate(600, generator, by: Actor(name: "test"))
        #expect(again.json == #"{"read":600,"created":0,"updated":0,"unchanged":600,"rejected":0}"#)
    }
}

private func withRegister(_ engine: Engine, _ body: (Database, Register) async throws -> Void) async throws {
    try await TestDatabase.with(engine, [Institutions.schema, Directory.schema]) { database in
        try await ReferenceFiles.load(into: database)
        try await body(database, try await Register.load(database))
    }
}
