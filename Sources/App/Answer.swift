import ArgumentParser
import Foundation
import Kernel

/// Runs a command's body and says what is refused in the operator's language, with exit code 1.
func answering<T>(_ body: () async throws -> T) async throws -> T {
    do {
        return try await body()
    } catch let refusal as any Refusal {
        let problems = refusal.problems.map { "  \($0.field): \(terminal.say($0.message))" }
        note(([terminal.say(refusal.message)] + problems).joined(separator: "\n"))
        throw ExitCode(1)
    }
}

/// The language of the terminal: English when the environment says so, else Indonesian.
let terminal: Language = {
    let environment = ProcessInfo.processInfo.environment
    let locale = environment["LC_ALL"] ?? environment["LC_MESSAGES"] ?? environment["LANG"] ?? ""
    return locale.hasPrefix("en") ? .english : .indonesian
}()

/// A line for the operator, on standard error, so that standard output stays for results.
func note(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

/// A line of a result, on standard output.
func say(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }

/// A line that replaces itself, only where somebody watches.
func progress(_ text: String) {
    guard isatty(STDERR_FILENO) == 1 else { return }
    FileHandle.standardError.write(Data("\r\u{1B}[K\(text)".utf8))
}
