/// A place of this site to return to, which came as a parameter: never another site, whatever is written there.
package struct SitePath: Sendable, Hashable {
    /// Path and query as they stand in an address of this site.
    package let text: String

    /// Nil for anything but a path of this site, and for the pages of signing in and out themselves.
    package init?(_ text: String?) {
        guard let text, text.utf8.count <= 2000, text.hasPrefix("/"), !text.hasPrefix("//"),
            // Browsers take a backslash for a slash and drop tabs and line ends.
            !text.utf8.contains(where: { $0 <= 32 || $0 == 127 || $0 == 92 }),
            text.utf8.allSatisfy({ $0 < 128 })
        else { return nil }
        let path = text.prefix { $0 != "?" && $0 != "#" }
        let bare = path.hasPrefix("/en/") ? path.dropFirst(3) : path
        let first = bare.dropFirst().prefix { $0 != "/" }
        guard !["masuk", "keluar", "sandi", "undangan"].contains(first) else { return nil }
        self.text = text
    }
}
