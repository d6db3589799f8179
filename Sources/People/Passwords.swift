import CSodium
import Foundation
import Kernel
import NIOPosix
import Synchronization

/// Hashes passwords with argon2id (libsodium) on one thread of its own and of low priority, so that sign-ins never stall
/// the site; those who wait for it are counted and bounded.
package final class Passwords: Sendable {
    /// What one hash costs (RFC 9106).
    package struct Cost: Sendable {
        /// Passes over the memory.
        package let operations: UInt64
        /// Bytes.
        package let memory: Int

        package init(operations: UInt64, memory: Int) {
            self.operations = operations
            self.memory = memory
        }

        /// 2 passes over 19 MiB, one lane (OWASP Password Storage Cheat Sheet).
        package static let production = Cost(operations: 2, memory: 19 << 20)
        /// The least that libsodium takes, for tests.
        package static let least = Cost(operations: 1, memory: 8192)
    }

    private let cost: Cost
    private let limit: Int
    private let pool = NIOThreadPool(numberOfThreads: 1)
    private let queued = Mutex(0)
    // The hash of a password that nobody knows.
    private let nobody: String

    /// - Parameter waiting: how many may wait or be at work; one more is refused with `PasswordRefusal.busy`.
    package init(cost: Cost = .production, waiting: Int = 32) throws {
        self.cost = cost
        limit = waiting
        guard sodium_init() >= 0 else { throw PasswordFault.library }
        nobody = try Passwords.hash(Token.fresh(), cost)
        pool.start()
        pool.submit { _ in
            // On Linux the priority of this thread alone.
            setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
        }
    }

    deinit { pool.shutdownGracefully { _ in } }

    /// Those who wait or are at work now.
    package var waiting: Int { queued.withLock { $0 } }

    /// The text to store, with its salt and cost. Throws `PasswordRefusal.busy`.
    package func hash(_ password: String) async throws -> String {
        let cost = cost
        return try await inTurn { try Passwords.hash(password, cost) }
    }

    /// Whether it is the password of a stored hash. Without a hash it works as long and says no, so that nobody learns
    /// from the time which accounts exist. Throws `PasswordRefusal.busy`.
    package func verify(_ password: String, _ hash: String?) async throws -> Bool {
        let known = hash ?? nobody
        let matches = try await inTurn {
            let bytes = Array(Password.normal(String(password.prefix(Password.length.upperBound + 1))).utf8CString)
            return crypto_pwhash_str_verify(known, bytes, UInt64(bytes.count - 1)) == 0
        }
        return matches && hash != nil
    }

    /// Whether a stored hash is of another cost than today's and should be made anew.
    package func isOutdated(_ hash: String) -> Bool {
        crypto_pwhash_str_needs_rehash(hash, cost.operations, cost.memory) != 0
    }

    private func inTurn<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        let limit = limit
        let admitted = queued.withLock { count in
            guard count < limit else { return false }
            count += 1
            return true
        }
        guard admitted else { throw PasswordRefusal.busy }
        defer { queued.withLock { $0 -= 1 } }
        return try await pool.runIfActive(work)
    }

    private static func hash(_ password: String, _ cost: Cost) throws -> String {
        var out = [CChar](repeating: 0, count: Int(crypto_pwhash_strbytes()))
        let bytes = Array(Password.normal(password).utf8CString)
        guard crypto_pwhash_str(&out, bytes, UInt64(bytes.count - 1), cost.operations, cost.memory) == 0 else {
            throw PasswordFault.memory
        }
        return String(decoding: out.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// What should not happen: the library does not start, or the machine has no memory for one hash.
enum PasswordFault: Error { case library, memory }
