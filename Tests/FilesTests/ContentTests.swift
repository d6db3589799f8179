import Foundation
import Kernel
import Testing

@testable import Files

@Suite struct ContentTests {
    @Test func `a PDF with more than 500 pages is refused, however it hides them`() async throws {
        try await Shelf.with { (shelf) async throws in
            #expect(try await shelf.refusal(Sample.pdf(pages: 500)) == nil)
            #expect(try await shelf.refusal(Sample.pdf(pages: 10_000)) == .tooManyPages(10_000))
            let liar = Sample.pdf(pages: 10_000).replacing(Array("/Count 10000".utf8), with: Array("/Count 1".utf8))
            #expect(try await shelf.refusal(Array(liar)) == .tooManyPages(501))
        }
    }

    @Test func `pages inside compressed object streams are counted`() async throws {
        let packed = { (pages: Int) in
            try Sample.python(
                """
                import sys, zlib
                n = \(pages)
                bodies = ['<</Type/Pages/Kids[%s]/Count %d>>' % (' '.join('%d 0 R' % (i + 3) for i in range(n)), n)]
                bodies += ['<</Type/Page/Parent 2 0 R>>'] * n
                header, place = '', 0
                for number, body in enumerate(bodies, 2):
                    header += '%d %d ' % (number, place); place += len(body) + 1
                data = zlib.compress((header + ' '.join(bodies)).encode())
                out = b'%PDF-1.5\\n1 0 obj\\n<</Type/Catalog/Pages 2 0 R>>\\nendobj\\n'
                out += b'9000 0 obj\\n<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>\\nstream\\r\\n' % (
                    len(bodies), len(header), len(data)) + data + b'\\nendstream\\nendobj\\nstartxref\\n0\\n%%EOF\\n'
                open(sys.argv[1], 'wb').write(out)
                """)
        }
        try await Shelf.with { (shelf) async throws in
            #expect(try await shelf.admit(try packed(17)).pages == 17)
            #expect(try await shelf.refusal(try packed(501)) == .tooManyPages(501))
        }
    }

    @Test func `words inside a stream are no pages, also where a piece of reading ends`() async throws {
        try await Shelf.with { (shelf) async throws in
            let page = "<< /Type /Pages /Count 9 >> endobj 7 0 obj << /Type /Page >> "
            for size in [OpenFile.piece - 40, OpenFile.piece, 3 * OpenFile.piece] {
                let filler = String(repeating: page, count: size / page.utf8.count + 1).prefix(size)
                let stream = "8 0 obj\n<< /Length \(size) >>\nstream\n\(filler)\nendstream\nendobj\n"
                let bytes = Array("%PDF-1.4\n\(stream)".utf8) + Sample.pdf(pages: 2).dropFirst(9)
                #expect(try await shelf.admit(bytes).pages == 2, "\(size)")
            }
        }
    }

    @Test func `a PDF without a page is damaged, an encrypted one is taken as it is`() async throws {
        try await Shelf.with { (shelf) async throws in
            #expect(try await shelf.refusal(Array("%PDF-1.4\nterputus".utf8)) == .damaged(.pdf))
            let locked = Array("%PDF-1.6\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer <</Encrypt 5 0 R>>\n%%EOF\n".utf8)
            #expect(try await shelf.admit(locked).pages == nil)
        }
    }

    @Test func `zip bombs end well: by ratio, by a lie about the size, by number, by entries that share bytes`()
        async throws
    {
        // One deflated kernel whose bytes every entry of the list claims (D. Fifield, "A better zip bomb", 2019).
        let overlapping = """
            import struct, sys, zlib
            c = zlib.compressobj(9, zlib.DEFLATED, -15); data = b'a' * 1000000
            packed = c.compress(data) + c.flush(); crc = zlib.crc32(data)
            def local(name): return struct.pack('<IHHHHHIIIHH', 0x04034b50, 20, 0, 8, 0, 33, crc, len(packed), len(data), len(name), 0) + name
            names = [b'[Content_Types].xml'] + [b'%019d' % i for i in range(100)]
            body = local(names[0]) + packed
            central = b''.join(struct.pack('<IHHHHHHIIIHHHHHII', 0x02014b50, 20, 20, 0, 8, 0, 33, crc, len(packed),
                len(data), len(n), 0, 0, 0, 0, 0, 0) + n for n in names)
            end = struct.pack('<IHHHHIIH', 0x06054b50, 0, 0, len(names), len(names), len(central), len(body), 0)
            open(sys.argv[1], 'wb').write(body + central + end)
            """
        try await Shelf.with { (shelf) async throws in
            let ratio = try Sample.office(more: "z.writestr('word/media/a.bin', bytes(300 << 20))")
            #expect(ratio.count < 1 << 20)
            #expect(try await shelf.refusal(ratio) == .inflatesTooFar)
            // The list says 1,000 bytes; the stream goes on for 300 MB.
            let size = [0x00, 0x00, 0xC0, 0x12] as [UInt8]
            let lying = Array(ratio.replacing(size, with: [0xE8, 0x03, 0, 0]))
            #expect(lying != ratio)
            #expect(try await shelf.refusal(lying) == .damaged(nil))
            let many = try Sample.office(more: "[z.writestr('a%d' % i, b'') for i in range(10_000)]")
            #expect(try await shelf.refusal(many) == .inflatesTooFar)
            let shared = try Sample.python(overlapping)
            #expect(try await shelf.refusal(shared) == .inflatesTooFar)
            #expect(try shelf.files == [])
        }
    }

    @Test func `macros, passwords, cut-off and plain archives are refused, each by its name`() async throws {
        try await Shelf.with { (shelf) async throws in
            let macro = try Sample.office(more: "z.writestr('word/vbaProject.bin', b'x')")
            let renamed = try Sample.office(
                more: "z.writestr('word/a.xml', 'macroEnabled')".replacing("word/a.xml", with: "word/b.xml"))
            let locked = try Sample.office(more: "z.filelist[0].flag_bits |= 1")
            let whole = try Sample.office()
            let plain = try Sample.python(
                "import sys, zipfile; zipfile.ZipFile(sys.argv[1], 'w').writestr('catatan.txt', 'a')")
            #expect(try await shelf.refusal(macro) == .macro)
            #expect(try await shelf.refusal(renamed) == nil)
            #expect(try await shelf.refusal(locked) == .locked)
            #expect(try await shelf.refusal(Array(whole.dropLast(30))) == .damaged(nil))
            #expect(
                try await shelf.refusal(plain)
                    == .notAllowed(Phrase("arsip ZIP", "a ZIP archive"), .document))
        }
    }
}
