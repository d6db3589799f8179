// swift-tools-version:6.2
import PackageDescription

// The architecture, in dependency order. An arrow may only point up this list; the compiler checks it
// (`--explicit-target-dependency-import-check error`, see bin/test).

let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")

let package = Package(
    name: "simpul",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "simpul", targets: ["App"])],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // Debian's C libraries
        .systemLibrary(name: "CStemmer", providers: [.apt(["libstemmer-dev"])]),
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        .systemLibrary(name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .systemLibrary(name: "CMinizip", pkgConfig: "minizip", providers: [.apt(["libminizip-dev"])]),
        .systemLibrary(name: "CXML", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CHaru", providers: [.apt(["libhpdf-dev"])]),
        .systemLibrary(name: "CCmark", pkgConfig: "libcmark", providers: [.apt(["libcmark-dev"])]),
        .systemLibrary(name: "CMagic", pkgConfig: "libmagic", providers: [.apt(["libmagic-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),

        // Tools: nothing here knows what an innovation is
        .target(name: "Kernel"),
        .target(name: "Database", dependencies: ["Kernel", "CLibPQ", grdb, nioPosix, logging]),
        .target(name: "Files", dependencies: ["Kernel", "Database", "CSodium", "CMagic", "CMinizip", "CZlib"]),
        .target(name: "Outbound", dependencies: ["Kernel", "CCurl"]),
        .target(name: "Messages", dependencies: ["Kernel", "Database", "Outbound", "Files", logging, lifecycle]),
        .target(name: "Documents", dependencies: ["Kernel", "CXLSXWriter", "CMinizip", "CXML", "CHaru"]),
        .target(name: "Text", dependencies: ["Kernel", "CStemmer"]),
        .target(name: "Search", dependencies: ["Kernel", "Text"]),
        .target(name: "Linkage", dependencies: ["Kernel", "Text"]),
        .target(
            name: "Web", dependencies: ["Kernel", "CZlib", "CCmark", hummingbird, nioCore, nioHTTP1, logging, lifecycle],
            resources: [.copy("Assets")]),

        // Ground floor
        .target(
            name: "Institutions", dependencies: ["Kernel", "Files", "Database", "Text", "Web", hummingbird],
            resources: [.copy("Reference")]),
        .target(
            name: "People",
            dependencies: [
                "Kernel", "Files", "Database", "Text", "Outbound", "Messages", "Documents", "Web", "Institutions",
                "CSodium", "CCrypto", hummingbird, nioPosix, logging,
            ]),
        .target(
            name: "Directory",
            dependencies: [
                "Kernel", "Database", "Text", "Search", "Linkage", "Documents", "Web", "Institutions", hummingbird,
            ],
            resources: [.copy("Reference")]),

        // Capabilities
        .target(
            name: "Validation",
            dependencies: [
                "Kernel", "Files", "Database", "Text", "Messages", "Documents", "Web", "Institutions", "People",
                "Directory", hummingbird, logging, lifecycle,
            ],
            resources: [.copy("Reference")]),
        .target(
            name: "Intake",
            dependencies: [
                "Kernel", "Files", "Database", "Text", "Linkage", "Outbound", "Messages", "Documents", "Web",
                "Institutions", "People", "Directory", hummingbird, logging, lifecycle,
            ]),
        .target(
            name: "Publishing",
            dependencies: ["Kernel", "Database", "Text", "Documents", "Web", "People", hummingbird]),
        .target(
            name: "Competition",
            dependencies: [
                "Kernel", "Files", "Database", "Text", "Linkage", "Messages", "Documents", "Web", "Institutions", "People",
                "Directory", "CSodium", hummingbird, logging, lifecycle,
            ],
            resources: [.copy("Reference")]),

        // Roof
        .executableTarget(
            name: "App",
            dependencies: [
                "Kernel", "Files", "Database", "Text", "Search", "Linkage", "Outbound", "Messages", "Documents", "Web",
                "Institutions", "People", "Directory", "Validation", "Intake", "Publishing", "Competition",
                hummingbird,
                arguments, logging, lifecycle,
            ]),

        // Tests
        .target(
            name: "Support",
            dependencies: ["Kernel", "Files", "Database", "Web", "Institutions", "Directory", "CLibPQ"],
            path: "Tests/Support"),
        .testTarget(name: "KernelTests", dependencies: ["Kernel"]),
        .testTarget(name: "DatabaseTests", dependencies: ["Database", "Kernel", "Support"]),
        .testTarget(name: "TextTests", dependencies: ["Text"]),
        .testTarget(name: "SearchTests", dependencies: ["Search", "Text"]),
        .testTarget(
            name: "LinkageTests",
            dependencies: ["Linkage", "Database", "Directory", "Institutions", "Kernel", "Text", "Support"],
            resources: [.copy("Labels")]),
        .testTarget(name: "WebTests", dependencies: ["Web", "Kernel", "Support", "CZlib", hummingbird, logging]),
        .testTarget(name: "InstitutionsTests", dependencies: ["Institutions", "Kernel", "Text", "Web", "Support"]),
        .testTarget(name: "DirectoryTests",
            dependencies: [
                "Directory", "Database", "Documents", "Institutions", "Kernel", "Search", "Text", "Web", "Support", logging,
            ]),
        .testTarget(name: "FilesTests", dependencies: ["Files", "Database", "Kernel", "Support"]),
        .testTarget(
            name: "MessagesTests", dependencies: ["Messages", "Outbound", "Database", "Kernel", "Support", logging]),
        .testTarget(
            name: "DocumentsTests", dependencies: ["Documents", "Kernel", "Support"], resources: [.copy("Workbooks")]),
        .testTarget(
            name: "PeopleTests",
            dependencies: [
                "People", "Messages", "Files", "Outbound", "Institutions", "Database", "Kernel", "Web", "Support",
                "CSodium", "CCrypto",
            ]),
        .testTarget(
            name: "ValidationTests",
            dependencies: [
                "Validation", "Directory", "People", "Messages", "Files", "Documents", "Institutions", "Database",
                "Kernel", "Web", "Support",
            ]),
        .testTarget(
            name: "IntakeTests",
            dependencies: [
                "Intake", "Directory", "Linkage", "People", "Messages", "Files", "Documents", "Outbound", "Institutions",
                "Database", "Kernel", "Text", "Web", "Support", logging,
            ]),
        .testTarget(
            name: "PublishingTests",
            dependencies: ["Publishing", "People", "Files", "Institutions", "Database", "Kernel", "Web", "Support"]),
        .testTarget(
            name: "CompetitionTests",
            dependencies: [
                "Competition", "Kernel", "Database", "Files", "Messages", "Documents", "Text", "Linkage", "Institutions",
                "People", "Directory", "Web", "Support", logging,
            ]),
        .testTarget(name: "JourneyTests",
            dependencies: [
                "App", "Directory", "Database", "Institutions", "People", "Validation", "Intake", "Publishing",
                "Competition", "Files", "Messages", "Kernel", "Text", "Web", "Support",
            ]),
    ],
    swiftLanguageModes: [.v6]
)
