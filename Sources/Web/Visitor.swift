import Kernel

/// Someone signed in, as far as the frame of a page must know.
package protocol Visitor: Sendable {
    /// What the header shows, e.g. the office.
    var name: String { get }
    /// What each of their forms carries to prove that it was sent from a page of ours.
    var formToken: String { get }
    /// Their work: the second row of the header, before their name. Addresses without a language prefix.
    func desk(_ language: Language) -> [Crumb]
}
