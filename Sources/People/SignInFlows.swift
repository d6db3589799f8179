import Database
import Kernel

/// A sign-in that was begun here and is under way at the provider.
package struct SignInFlow: Sendable, Hashable {
    /// What the provider sends back with the code; also a cookie of the browser that began.
    package let state: String
    package let nonce: String
    package let proof: ProofKey
    /// The path of this site to go to afterwards.
    package let target: String

    /// Milliseconds until it is too late to come back: ten minutes.
    package static let life: Int64 = 600_000
}

/// The sign-ins under way at a provider. Each is good for ten minutes and for one return.
package struct SignInFlows: Sendable {
    private let database: Database

    package init(_ database: Database) { self.database = database }

    package func begin(target: String, at now: Instant) async throws -> SignInFlow {
        let flow = SignInFlow(
            state: Token.fresh(), nonce: Token.fresh(), proof: ProofKey.make(), target: target)
        try await database.write(at: now) { db in
            try db.execute("DELETE FROM sign_in_flow WHERE made_at < \(now.milliseconds - SignInFlow.life)")
            try db.insert(
                "sign_in_flow", ["state", "nonce", "verifier", "target", "made_at"],
                [
                    [
                        SignInFlows.stored(flow.state).sqlValue, flow.nonce.sqlValue, flow.proof.verifier.sqlValue,
                        target.sqlValue, now.sqlValue,
                    ]
                ])
        }
        return flow
    }

    /// The sign-in that a provider's answer belongs to; it is gone afterwards. Throws `OpenIDRefusal.flow`.
    package func take(_ state: String, at now: Instant) async throws -> SignInFlow {
        let key = SignInFlows.stored(state)
        return try await database.write(at: now) { db in
            let row = try db.first(
                "SELECT nonce, verifier, target, made_at FROM sign_in_flow WHERE state = \(key)")
            guard let row else { throw OpenIDRefusal.flow }
            try db.execute("DELETE FROM sign_in_flow WHERE state = \(key)")
            guard now.milliseconds - (try row.instant("made_at")).milliseconds <= SignInFlow.life else {
                throw OpenIDRefusal.flow
            }
            return SignInFlow(
                state: state, nonce: try row.text("nonce"), proof: ProofKey(verifier: try row.text("verifier")),
                target: try row.text("target"))
        }
    }

    private static func stored(_ state: String) -> String { Token.digest(state) }
}
