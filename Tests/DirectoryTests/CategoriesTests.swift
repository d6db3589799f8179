import Directory
import Testing

@Suite struct CategoriesTests {
    let categories = Categories([
        Category(
            code: "kependudukan", indonesian: "Kependudukan", english: "Civil registration", spellings: ["Adminduk"]),
        Category(code: "inklusi", indonesian: "Inklusi", english: "Inclusion", spellings: ["Gender/inklusi"]),
    ])

    @Test func `every listed spelling gives its category, whatever its case`() {
        #expect(categories.category(for: "ADMINDUK") == .category("kependudukan"))
        #expect(categories.category(for: " gender / inklusi ") == .category("inklusi"))
    }

    @Test func `a type, a form and the word digital are no categories, and an unknown spelling is kept`() {
        #expect(
            categories.category(for: "jenis LAN: Sumber Daya Manusia")
                == .note("Jenis menurut LAN: Sumber Daya Manusia"))
        #expect(categories.category(for: "inovasi masyarakat") == .form(.citizen))
        #expect(categories.category(for: "Digital") == .digital)
        #expect(categories.category(for: "antariksa") == .unlisted("Antariksa"))
        #expect(categories.category(for: "  ") == .none)
    }
}
