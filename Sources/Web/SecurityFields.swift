/// One header field of an answer.
package struct Field: Sendable, Hashable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// The fields that every answer carries. HSTS is the work of the proxy that holds the certificate.
enum SecurityFields {
    static let policy = [
        "default-src 'none'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'", "script-src 'self'",
        "connect-src 'self'", "manifest-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
    ].joined(separator: "; ")

    static let all = [
        Field("Content-Security-Policy", policy),
        Field("X-Content-Type-Options", "nosniff"),
        Field("Referrer-Policy", "strict-origin-when-cross-origin"),
        Field("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        Field("Cross-Origin-Opener-Policy", "same-origin"),
        Field("X-Frame-Options", "DENY"),
    ]

    /// What programs on other sites may read: everything public under `/api`.
    static func crossOrigin(_ path: String) -> [Field] {
        guard isAPI(path) else { return [] }
        return [
            Field("Access-Control-Allow-Origin", "*"),
            Field("Access-Control-Expose-Headers", "ETag, Retry-After, X-Request-Id, Link"),
        ]
    }

    static func isAPI(_ path: String) -> Bool { path == "/api" || path.hasPrefix("/api/") || path.hasPrefix("/api?") }
}
