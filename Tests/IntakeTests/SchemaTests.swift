import Database
import Directory
import Files
import Institutions
import Intake
import Messages
import People
import Support
import Testing

@Suite struct IntakeSchemaTests {
    @Test(arguments: Engine.tested)
    func `two deliveries of one source never run at once`(engine: Engine) async throws {
        try await TestDatabase.with(
            engine,
            [Files.schema, Messages.schema, Institutions.schema, People.schema, Directory.schema, Intake.schema]
        ) { db in
            try await db.write { db in
                try db.execute("INSERT INTO source (id, name, at) VALUES (1, 'lan', 0)")
                try db.execute(
                    "INSERT INTO run (id, source, name, state, at, actor) VALUES (1, 1, 'a', 'waiting', 0, 'x')")
            }
            await #expect(throws: (any Error).self) {
                try await db.write { db in
                    try db.execute(
                        "INSERT INTO run (id, source, name, state, at, actor) VALUES (2, 1, 'b', 'waiting', 0, 'x')")
                }
            }
            #expect(try await db.read { try $0.count("SELECT COUNT(*) FROM run") } == 1)
        }
    }
}
