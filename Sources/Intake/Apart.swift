import Dispatch

/// Runs long computing on threads of its own, so that it never holds those on which pages are answered.
func apart<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { done in
        lane.async { done.resume(with: Result { try body() }) }
    }
}

private let lane = DispatchQueue(label: "intake", qos: .utility, attributes: .concurrent)
