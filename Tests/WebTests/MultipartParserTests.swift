import NIOCore
import Testing

@testable import Web

struct MultipartParserTests {
    @Test func `it never holds more than a chunk and the beginning of a boundary`() throws {
        var parser = MultipartParser(boundary: "----WebKitFormBoundary7MA4YWxkTrZu0gW", headLimit: 8192)
        parser.add(
            ByteBuffer(
                string:
                    "------WebKitFormBoundary7MA4YWxkTrZu0gW\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\n"
            ))
        let head = try #require(PartHead(Array("Content-Disposition: form-data; name=\"f\"; filename=\"a\"".utf8)))
        #expect(try parser.next() == .part(head))
        var passed = 0
        for number in 0..<500 {
            // Full of what looks like the beginning of the boundary.
            parser.add(
                ByteBuffer(
                    string: String(repeating: "\r\n------WebKitFormBoundary7MA4YWxkTrZu0g\(number % 10)", count: 400)))
            while case .contents(let bytes) = try parser.next() { passed += bytes.readableBytes }
            #expect(parser.heldBytes <= 40)
        }
        parser.add(ByteBuffer(string: "\r\n------WebKitFormBoundary7MA4YWxkTrZu0gW--"))
        while let event = try parser.next(), event != .end {
            if case .contents(let bytes) = event { passed += bytes.readableBytes }
        }
        #expect(passed == 500 * 400 * 41)
    }
}

struct FileNameTests {
    @Test(arguments: [
        ("laporan.pdf", "laporan.pdf"), ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ani\\laporan akhir.docx", "laporan akhir.docx"),
        ("/etc/", "etc"), ("..", "berkas"), ("", "berkas"), (" ", "berkas"), ("a\u{0}b.pdf", "ab.pdf"),
        ("laporan\u{202E}fdp.exe", "laporanfdp.exe"), ("\u{200F}\u{2066}x\u{2069}", "x"),
        ("baris\r\ndua.txt", "barisdua.txt"),
        ("kutip%22nya%0D%0A.txt", "kutip\"nya .txt"), ("e\u{301}.pdf", "\u{e9}.pdf"), ("<b>&.pdf", "<b>&.pdf"),
        ("a\u{FFFD}b", "ab"), ("\u{FEFF}x.csv", "x.csv"),
    ])
    func `a file's name is text: the last component, without what cannot be seen`(_ raw: String, _ shown: String) {
        #expect(shownFileName(raw) == shown)
    }

    @Test func `a very long name keeps its ending`() {
        let shown = shownFileName(String(repeating: "a", count: 5000) + ".tar.gz")
        #expect(shown.unicodeScalars.count == 146)
        #expect(shown.hasSuffix("aaa.tar.gz"))
    }

    @Test(arguments: [
        ("form-data; name=\"f\"; filename=\"a \\\"b\\\".txt\"", "a \"b\".txt"),
        ("form-data; name=f; filename=a.txt", "a.txt"),
        ("FORM-DATA;name=\"f\";filename=\"C:\\a\\b.txt\"", "C:\\a\\b.txt"),
        ("form-data; filename=\"x;y=z\"; name=\"f\"", "x;y=z"),
    ])
    func `a part's head is read as browsers and other programs write it`(_ line: String, _ name: String) throws {
        let head = try #require(PartHead(Array("content-disposition: \(line)".utf8)))
        #expect(head.name == "f")
        #expect(head.fileName == name)
    }
}
