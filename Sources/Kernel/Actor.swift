/// Who does something. People (a later slice) adds signed-in persons; the system itself acts as `.system`.
package struct Actor: Sendable, Hashable {
    /// A stable name for the record of who did what, e.g. `system` or `import:lan`.
    package let name: String

    package init(name: String) { self.name = name }

    package static let system = Actor(name: "system")
}
