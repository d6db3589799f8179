import Kernel

/// What every page needs besides its own content: the language, its own address, and where the assets are.
package struct Frame: Sendable {
    package let language: Language
    /// This page without the language prefix, with its query: `/inovasi?q=akta`.
    package let here: Address
    /// Scheme and host of the portal without a final slash: `https://simpul.go.id`.
    package let publicURL: String
    /// The address of an asset by its file name, with its hash in the path.
    package let asset: @Sendable (String) -> Address
    package let openSearch: Address
    package let feed: Address
    /// Who is signed in, if anybody.
    package let visitor: (any Visitor)?
    /// What forms on this page carry; empty on pages without forms that change something.
    package let formToken: String

    package init(
        language: Language, here: Address, publicURL: String, asset: @escaping @Sendable (String) -> Address,
        openSearch: Address = .path("opensearch.xml"), feed: Address = .path("umpan.atom"),
        visitor: (any Visitor)? = nil, formToken: String? = nil
    ) {
        self.language = language
        self.here = here
        self.publicURL = publicURL
        self.asset = asset
        self.openSearch = openSearch
        self.feed = feed
        self.visitor = visitor
        self.formToken = formToken ?? visitor?.formToken ?? ""
    }

    package func say(_ indonesian: String, _ english: String) -> String { language.say(indonesian, english) }

    package func number(_ n: Int) -> String { language.number(n) }

    /// The page at a path, in the language of this page.
    package func to(_ address: Address) -> Address { address.within(language.prefix) }

    /// `lang="id"` for what a record says, needed where the page around it is English.
    package var record: HTML { language == .indonesian ? "" : " lang=\"id\"" }

    /// A number and what it counts, with English plurals: `3 inovasi`, `1 innovation`.
    package func count(_ n: Int, _ indonesian: String, _ one: String, _ many: String) -> String {
        "\(number(n)) \(say(indonesian, n == 1 ? one : many))"
    }
}

/// A place above this page, as a breadcrumb shows it.
package struct Crumb: Sendable {
    package let name: String
    package let address: Address

    package init(_ name: String, _ address: Address) {
        self.name = name
        self.address = address
    }
}

/// A file one can take away: what it is and where.
package struct Download: Sendable {
    package let label: String
    package let address: Address
    /// What is in it or how large it is, if that helps to choose.
    package let note: Phrase?

    package init(_ label: String, _ address: Address, note: Phrase? = nil) {
        self.label = label
        self.address = address
        self.note = note
    }
}
