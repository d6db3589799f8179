import Foundation
import Kernel
import Support
import Synchronization
import Testing

@testable import Web

@Test func `stopping finishes what runs, whole, and refuses the new`() async throws {
    let begun = Atomic<Bool>(false)
    let site = try await TestSite.start(
        Server.Settings(port: 0),
        routes: { routes in
            routes.page("/lambat") { _, _ in
                begun.store(true, ordering: .relaxed)
                try await Task.sleep(for: .milliseconds(1500))
                return .personal("\(String(repeating: "x", count: 3_000_000))")
            }
        })
    let client = site.client
    let idle = site.client
    #expect(try await idle.get("/healthz").status == 200)
    async let slow = client.get("/lambat")
    while !begun.load(ordering: .relaxed) { try await Task.sleep(for: .milliseconds(5)) }
    async let stopped: Void = site.running.stop()
    // The port closes a moment after the signal, and long before the slow answer is done.
    var refusal: HTTPClient.Failure?
    for _ in 0..<60 where refusal == nil {
        try await Task.sleep(for: .milliseconds(20))
        do { _ = try await site.client.get("/healthz") } catch { refusal = error as? HTTPClient.Failure }
    }
    #expect(refusal != nil)
    let answer = try await slow
    #expect(answer.body.count == 3_000_000)
    #expect(answer["connection"] == "close")
    try await stopped
    #expect(try await idle.isClosedByServer())
}

@Test func `a port in use is said in both languages`() async throws {
    try await TestSite.serve { site in
        let port = site.running.port
        let refusal = await #expect(throws: ServerRefusal.self) {
            _ = try await TestSite.start(Server.Settings(port: port))
        }
        #expect(refusal == .portInUse(host: "127.0.0.1", port: port))
        #expect(
            refusal?.message.english
                == "Port \(port) on 127.0.0.1 is in use by another program. Stop that program or choose another --port."
        )
    }
}

@Test func `an address that this machine does not have is said`() async throws {
    await #expect(throws: ServerRefusal.noSuchAddress(host: "192.0.2.1")) {
        _ = try await TestSite.start(Server.Settings(host: "192.0.2.1", port: 0))
    }
}
