import Database
import Foundation
import Kernel
import People
import Support

/// Somebody signed in to a served portal, with a browser that keeps the session's cookie.
struct Signed {
    let client: HTTPClient
    let account: Int
    /// What every form of the session carries.
    let token: String
    let cookie: String

    /// Makes an account with one role and opens a session for it.
    init(_ site: Served, _ grant: Grant, office: String) async throws {
        let now = Instant.now()
        account = try await site.database.write(at: now) { db in
            let id = try db.nextID("account")
            try db.insert(
                "account", ["id", "email", "name", "office", "language", "state", "created_at"],
                [
                    [
                        id.sqlValue, "orang\(id)@contoh.test".sqlValue, "Orang \(id)".sqlValue, office.sqlValue,
                        "id".sqlValue, "active".sqlValue, now.sqlValue,
                    ]
                ])
            try db.insert(
                "role_grant", ["id", "account", "role", "institution", "unit", "edition", "from_at", "certified_at"],
                [
                    [
                        try db.nextID("role_grant").sqlValue, id.sqlValue, grant.role.sqlValue,
                        grant.institution.sqlValue, grant.unit.sqlValue, grant.edition.sqlValue, now.sqlValue,
                        now.sqlValue,
                    ]
                ])
            return id
        }
        let signIns = SignIns(site.database, passwords: try Passwords(cost: .least))
        let opened = try await signIns.open(
            account, how: "test", vouched: true, from: SignIns.Origin(address: "192.0.2.1", agent: "test"), at: now)
        cookie = "simpul_session=\(opened.token)"
        token = Token.form(opened.token)
        client = HTTPClient(port: site.port)
    }

    func get(_ path: String) async throws -> HTTPClient.Response {
        try await client.get(path, headers: ["Cookie": cookie])
    }

    /// Sends a form as the page at `page` holds it: its token and version, and these fields.
    func send(_ path: String, from page: String? = nil, _ fields: [(String, String)]) async throws
        -> HTTPClient.Response
    {
        let shown = try await get(page ?? path).text
        var form = fields
        for name in ["token", "versi", "round"] where !form.contains(where: { $0.0 == name }) {
            if let value = shown.firstMatch(of: try Regex("name=\"\(name)\" value=\"([^\"]*)\""))?.output[1].substring {
                form.append((name, String(value)))
            }
        }
        return try await client.post(path, form: form, headers: ["Cookie": cookie])
    }

    /// Sends one file with a form.
    func upload(_ path: String, from page: String, field: String, name: String, _ content: [UInt8]) async throws
        -> HTTPClient.Response
    {
        let token = try await get(page).text.firstMatch(of: /name="token" value="([^"]*)"/).map { String($0.1) } ?? ""
        let mark = "batas-kiriman"
        var body = Array(
            "--\(mark)\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n\(token)\r\n--\(mark)\r\nContent-Disposition: form-data; name=\"\(field)\"; filename=\"\(name)\"\r\nContent-Type: application/octet-stream\r\n\r\n"
                .utf8)
        body += content
        body += Array("\r\n--\(mark)--\r\n".utf8)
        return try await client.request(
            "POST", path,
            headers: ["Cookie": cookie, "Content-Type": "multipart/form-data; boundary=\(mark)"], body: body)
    }

    /// Sends exactly these fields.
    func post(_ path: String, _ fields: [(String, String)]) async throws -> HTTPClient.Response {
        try await client.post(path, form: fields, headers: ["Cookie": cookie])
    }

    /// Sends exactly these fields in parts, as a form with files does; `file` as the file of a field.
    func parts(
        _ path: String, _ fields: [(String, String)], file: (field: String, name: String, content: [UInt8])? = nil
    ) async throws -> HTTPClient.Response {
        let mark = "batas-kiriman"
        var body: [UInt8] = []
        for (name, value) in fields {
            body += Array("--\(mark)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        if let file {
            body += Array(
                "--\(mark)\r\nContent-Disposition: form-data; name=\"\(file.field)\"; filename=\"\(file.name)\"\r\n\r\n"
                    .utf8)
            body += file.content + Array("\r\n".utf8)
        }
        body += Array("--\(mark)--\r\n".utf8)
        return try await client.request(
            "POST", path,
            headers: ["Cookie": cookie, "Content-Type": "multipart/form-data; boundary=\(mark)"], body: body)
    }
}
