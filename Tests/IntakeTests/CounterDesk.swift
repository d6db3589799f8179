import Database
import Foundation
import Institutions
import Kernel
import People
import Support
import Testing
import Web

@testable import Intake

/// The counter's pages with a secretary and an auditor before them; `sesi=NAME` as a cookie signs in.
struct CounterDesk {
    let counter: Counter
    let feed: ProgressFeed
    private let people: [String: Person]
    private let register: Register

    static func with(
        _ engine: Engine, longest: Duration = .seconds(20), _ body: (CounterDesk, HTTPClient) async throws -> Void
    ) async throws {
        try await Counter.with(engine) { counter in
            let people = try await staff(counter.database)
            let desk = CounterDesk(
                counter: counter, feed: ProgressFeed(counter.runs, pace: .milliseconds(20), longest: longest),
                people: people, register: try await Register.load(counter.database))
            try await desk.served().serving { try await body(desk, $0) }
            #expect(try await counter.database.check() == [])
        }
    }

    private static func staff(_ database: Database) async throws -> [String: Person] {
        try await database.write(at: .now()) { db in
            var people: [String: Person] = [:]
            for (number, (name, role)) in [("sekretariat", Role.secretariat), ("auditor", .auditor)].enumerated() {
                let account = number + 1
                try db.insert(
                    "account", ["id", "email", "name", "office", "language", "state", "created_at"],
                    [
                        [
                            account.sqlValue, "\(name)@contoh.example".sqlValue, name.sqlValue,
                            "Kantor \(name)".sqlValue, "id".sqlValue, "active".sqlValue, db.at.sqlValue,
                        ]
                    ])
                try db.insert(
                    "role_grant", ["id", "account", "role", "from_at", "certified_at"],
                    [[account.sqlValue, account.sqlValue, role.sqlValue, db.at.sqlValue, db.at.sqlValue]])
                people[name] = Person(
                    account: account, session: account, name: name, office: "Kantor \(name)",
                    email: "\(name)@contoh.example", language: .indonesian, grants: [Grant(role)],
                    formToken: "token-\(name)")
            }
            return people
        }
    }

    private func served() throws -> Server {
        let routes = Routes()
        let desk = Desk(routes, publicURL: "https://simpul.example")
        let (database, people, register) = (counter.database, people, register)
        SourcePages(counter.sources, counter.mappings, counter.runs, files: counter.files).add(to: desk)
        MappingPages(counter.sources, counter.mappings, counter.runs, register: { register }).add(to: desk)
        RunPages(counter.runs, counter.rows, counter.mappings, feed: feed).add(to: desk)
        return Server(
            settings: Server.Settings(port: 0, sessionCookie: "sesi"), routes: routes, assets: try Assets(),
            metrics: Metrics(), log: RequestLog { _ in }, isReady: { true },
            dataVersion: { Int64(database.version) }, signedIn: { people[$0] },
            errorPage: { notice, _ in "<title>\(notice.status)</title><p>\(notice.message.indonesian)</p>" })
    }

    /// Works on all that waits.
    func work() async throws { while try await counter.worker().workOnce() {} }

    /// Hands a file in through the page of a source; gives where it leads.
    static func upload(
        _ bytes: [UInt8], name: String, to source: Int, _ client: HTTPClient, as who: String = "sekretariat"
    ) async throws -> HTTPClient.Response {
        let mark = "batas-kiriman"
        var body = Array(
            "--\(mark)\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\ntoken-\(who)\r\n--\(mark)\r\nContent-Disposition: form-data; name=\"berkas\"; filename=\"\(name)\"\r\n\r\n"
                .utf8)
        body += bytes + Array("\r\n--\(mark)--\r\n".utf8)
        return try await client.request(
            "POST", "/kerja/sumber/\(source)/berkas",
            headers: ["Cookie": "sesi=\(who)", "Content-Type": "multipart/form-data; boundary=\(mark)"], body: body)
    }
}

/// The numbers of a delivery's sums as its page shows them: the six outcomes, those on their way, and the sum.
func sums(_ page: String) throws -> (parts: [Int], sum: Int) {
    let table = try #require(page.firstMatch(of: /<table class="chart sums">[\s\S]*?<\/table>/)).output
    let numbers = table.matches(of: /class="num">([0-9.]+)</).map { Int($0.1.replacing(".", with: "")) ?? -1 }
    return (Array(numbers.dropLast()), numbers.last ?? -1)
}
