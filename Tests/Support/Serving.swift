import Web

extension Server {
    /// Serves on a free port while a body asks; stops whatever became of it.
    package func serving(_ body: (HTTPClient) async throws -> Void) async throws {
        let running = try await start()
        do {
            try await body(HTTPClient(port: running.port))
        } catch {
            try await running.stop()
            throw error
        }
        try await running.stop()
    }
}

/// Asking as somebody whose session cookie is `sesi=NAME` and whose forms carry `token-NAME`.
extension HTTPClient {
    package func get(_ target: String, as name: String) async throws -> Response {
        try await get(target, headers: ["Cookie": "sesi=\(name)"])
    }

    package func post(_ target: String, as name: String, _ form: [(String, String)]) async throws -> Response {
        try await post(target, form: [("token", "token-\(name)")] + form, headers: ["Cookie": "sesi=\(name)"])
    }
}
