import Database
import Foundation
import Kernel
import People
import Support
import Testing
import Web

@testable import App

/// Every address × every role, over HTTP with real sessions.
@Suite struct RoleTableTests {
    /// The words with which the gate refuses, before any record is looked at.
    private static let gate = "Peran Anda tidak mencakup halaman ini."

    private static let provider = OpenIDSettings(
        issuer: "http://127.0.0.1:9", client: "simpul", secret: "rahasia", name: "Contoh")

    /// Records that do not exist, so that an allowed request ends at its record.
    private func target(_ path: String) -> String {
        path.replacing(/\{step\}/, with: "nama").replacing(/\{[a-z]+\}/, with: "987654")
    }

    private func people(_ site: Served) async throws -> [(letter: Character, person: Signed)] {
        try await site.database.write(at: .now()) { db in
            try db.insert(
                "unit", ["id", "institution", "name", "custodian", "created_at"],
                [[1.sqlValue, "P33".sqlValue, "Dinas Contoh".sqlValue, false.sqlValue, db.at.sqlValue]])
        }
        var found: [(letter: Character, person: Signed)] = []
        for (letter, role) in RoleTable.letters {
            let grant =
                switch role.scope {
                case .nation: Grant(role)
                case .institution: Grant(role, institution: "P33")
                case .unit: Grant(role, institution: "P33", unit: 1)
                case .edition: Grant(role, edition: "2026")
                }
            found.append((letter, try await Signed(site, grant, office: "Kantor \(letter)")))
        }
        return found
    }

    @Test func `every address has an expectation, and every expectation an address`() async throws {
        #expect(Set(RoleTable.letters.map(\.role)) == Set(Role.allCases))
        try await Served.with(.sqlite, openID: Self.provider) { site in
            let served = try site.portal.server(Server.Settings(port: 0), log: RequestLog { _ in }).addresses
                .map { "\($0.method) \($0.path)" }
            #expect(served.count == Set(served).count)
            // The English addresses are the same pages: each has its Indonesian one, and shares its expectation.
            let english = served.compactMap { address -> String? in
                if address.hasSuffix(" /en") { return address.replacing(" /en", with: " /") }
                return address.contains(" /en/") ? address.replacing(" /en/", with: " /") : nil
            }
            #expect(Set(english).subtracting(served) == [])
            let indonesian = served.filter { !$0.contains(" /en/") && !$0.hasSuffix(" /en") }
            let doors = site.portal.doors().map { "\($0.method) \($0.path)" }
            #expect(Set(doors) == Set(RoleTable.desk.keys))
            #expect(Set(indonesian) == Set(RoleTable.desk.keys).union(RoleTable.open.keys))
            #expect(Set(RoleTable.desk.keys).isDisjoint(with: RoleTable.open.keys))
        }
    }

    @Test(arguments: Engine.tested)
    func `each role gets in where the table says, and nowhere else`(engine: Engine) async throws {
        try await Served.with(engine, csv: tenRecords) { site in
            let people = try await people(site)
            var cells = 0
            for (address, allowed) in RoleTable.desk.sorted(by: { $0.key < $1.key }) {
                let parts = address.split(separator: " ").map(String.init)
                let (method, path) = (parts[0], target(parts[1]))
                func sent(_ fields: [(String, String)], _ person: Signed) async throws -> HTTPClient.Response {
                    try await RoleTable.uploads.contains(address)
                        ? person.parts(path, fields) : person.post(path, fields)
                }
                for (letter, person) in people {
                    let answer =
                        method == "GET" ? try await person.get(path) : try await sent([("token", person.token)], person)
                    let isRefused = answer.status == 403 && answer.text.contains(Self.gate)
                    let mayEnter = allowed.contains(letter)
                    #expect(isRefused == !mayEnter, "\(letter) \(address): \(answer.status)")
                    #expect(answer.status < 500, "\(letter) \(address): \(answer.status)")
                    #expect(
                        answer["location"]?.contains("/masuk") != true, "\(letter) \(address) leads to the sign-in")
                    cells += 1
                    guard method == "POST" else { continue }
                    for fields in [[], [("token", String(repeating: "0", count: 64))]] as [[(String, String)]] {
                        let bare = try await sent(fields, person)
                        #expect(bare.status == 403, "\(letter) \(address) without its token: \(bare.status)")
                    }
                }
                for prefix in ["", "/en"] {
                    let answer =
                        method == "GET"
                        ? try await site.client.get(prefix + path) : try await site.client.post(prefix + path, form: [])
                    if method == "GET" {
                        #expect(answer.status == 303, "stranger \(address): \(answer.status)")
                        #expect(answer["location"]?.hasPrefix("\(prefix)/masuk?ke=") == true, "stranger \(address)")
                    } else {
                        #expect(answer.status == 403, "stranger \(address): \(answer.status)")
                    }
                }
            }
            #expect(cells == RoleTable.desk.count * Role.allCases.count)
            print(
                "route × role: \(RoleTable.desk.count) addresses of the desk × \(Role.allCases.count) roles = \(cells) cells on \(engine)"
            )
        }
    }

    @Test(arguments: Engine.tested)
    func `what is open is open to everybody, and its forms need their token`(engine: Engine) async throws {
        try await Served.with(engine, csv: tenRecords, openID: Self.provider) { site in
            let people = try await people(site)
            var cells = 0
            for (address, open) in RoleTable.open.sorted(by: { $0.key < $1.key }) {
                let method = String(address.prefix { $0 != " " })
                func ask(_ cookie: [String: String]) async throws -> HTTPClient.Response {
                    method == "GET"
                        ? try await site.client.get(open.target, headers: cookie)
                        : try await site.client.post(open.target, form: [], headers: cookie)
                }
                let stranger = try await ask([:])
                #expect(stranger.status == open.status, "stranger \(address): \(stranger.status)")
                for (letter, person) in people {
                    let answer = try await ask(["Cookie": person.cookie])
                    let wanted = RoleTable.signedIn[address] ?? open.status
                    #expect(answer.status == wanted, "\(letter) \(address): \(answer.status)")
                    cells += 1
                }
            }
            print(
                "route × role: \(RoleTable.open.count) open addresses × \(Role.allCases.count) roles = \(cells) cells on \(engine)"
            )
        }
    }
}
