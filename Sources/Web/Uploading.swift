import Hummingbird
import Kernel
import NIOCore

extension Request {
    /// Reads a form with files (multipart/form-data) as it comes: each file goes to a new file in `folder`, readable by
    /// us alone, and never more than one chunk is in memory. When it throws, nothing stays in the folder.
    ///
    /// `check` sees the first field before any file is made, so that a form without its token costs nothing. The address
    /// must be one of `Routes.upload`, or bodies end at the limit of all others.
    ///
    /// Throws `UploadRefusal`, `QueryRefusal`, what `check` throws, and the connection's own errors.
    package func upload(
        into folder: String, limits: UploadLimits = UploadLimits(), check: (Query) throws -> Void = { _ in }
    ) async throws -> Upload {
        guard let boundary = Multipart.boundary(headers[.contentType]) else { throw UploadRefusal.notForm }
        var parser = MultipartParser(boundary: boundary, headLimit: limits.head)
        var gathered = Multipart(folder: folder, limits: limits)
        do {
            var isComplete = false
            reading: for try await bytes in body {
                parser.add(bytes)
                while let event = try parser.next() {
                    if event == .end {
                        isComplete = true
                        break reading
                    }
                    try await gathered.take(event, check)
                }
            }
            guard isComplete else { throw UploadRefusal.broken }
            return try gathered.finished(check)
        } catch {
            gathered.discard()
            throw error
        }
    }
}

/// What has come of a form with files so far.
struct Multipart {
    private let folder: String
    private let limits: UploadLimits
    private var fields: [Query.Parameter] = []
    private var files: [UploadedFile] = []
    private var parts = 0
    private var fieldBytes = 0
    private var isChecked = false
    private var head: PartHead?
    private var text = ByteBuffer()
    private var file: UploadFile?
    private var size = 0

    init(folder: String, limits: UploadLimits) {
        self.folder = folder
        self.limits = limits
    }

    /// The boundary that a content type names; nil when it is no form with files, or when the boundary is not one
    /// (RFC 2046: 1 to 70 characters of a few kinds).
    static func boundary(_ type: String?) -> String? {
        guard let type, let cut = type.firstIndex(of: ";"),
            type[..<cut].filter({ $0 != " " }).lowercased() == "multipart/form-data"
        else { return nil }
        for piece in type[cut...].split(separator: ";") {
            let piece = piece.trimmingPrefix { $0 == " " || $0 == "\t" }
            guard piece.lowercased().hasPrefix("boundary=") else { continue }
            var value = piece.dropFirst("boundary=".count)
            if value.count >= 2, value.first == "\"", value.last == "\"" { value = value.dropFirst().dropLast() }
            let allowed = value.utf8.allSatisfy { byte in
                switch byte {
                case 48...57, 65...90, 97...122: true
                default: "'()+_,-./:=?".utf8.contains(byte)
                }
            }
            return (1...70).contains(value.utf8.count) && allowed ? String(value) : nil
        }
        return nil
    }

    mutating func take(_ event: MultipartParser.Event, _ check: (Query) throws -> Void) async throws {
        switch event {
        case .part(let head): try begin(head, check)
        case .contents(let bytes): try await add(bytes)
        case .partEnd: try await endPart(check)
        case .end: break
        }
    }

    /// All of it, once the last part has ended.
    mutating func finished(_ check: (Query) throws -> Void) throws -> Upload {
        try checkOnce(check)
        return Upload(fields: Query(parameters: fields), files: files)
    }

    /// Deletes what was written.
    mutating func discard() {
        file?.abandon()
        file = nil
        Upload(fields: .empty, files: files).discard()
        files = []
    }

    private mutating func begin(_ head: PartHead, _ check: (Query) throws -> Void) throws {
        parts += 1
        guard parts <= limits.parts else { throw UploadRefusal.tooManyParts(limit: limits.parts) }
        guard head.name.utf8.count <= limits.name else { throw UploadRefusal.broken }
        if parts > 1 || head.fileName != nil { try checkOnce(check) }
        self.head = head
        size = 0
        text.clear()
        if let name = head.fileName, !name.isEmpty { try beginFile(head.name) }
    }

    private mutating func beginFile(_ field: String) throws {
        guard files.count < limits.files else { throw UploadRefusal.tooManyFiles(field: field, limit: limits.files) }
        file = try UploadFile(in: folder)
    }

    private mutating func add(_ bytes: ByteBuffer) async throws {
        guard let head else { return }
        size += bytes.readableBytes
        if let name = head.fileName {
            guard size <= limits.file else {
                throw UploadRefusal.fileTooLarge(field: head.name, name: shownFileName(name), limit: limits.file)
            }
            // A field of files that was left empty comes as a file without name and contents.
            if file == nil { try beginFile(head.name) }
            try await file?.write(bytes)
        } else {
            fieldBytes += bytes.readableBytes
            guard size <= limits.field, fieldBytes <= limits.fields else {
                throw UploadRefusal.fieldTooLong(field: head.name)
            }
            text.writeImmutableBuffer(bytes)
        }
    }

    private mutating func endPart(_ check: (Query) throws -> Void) async throws {
        guard let head else { return }
        self.head = nil
        if let name = head.fileName {
            guard let file else { return }
            self.file = nil
            try await file.finish()
            files.append(UploadedFile(field: head.name, name: shownFileName(name), path: file.path, size: size))
        } else {
            fields.append(try field(head.name))
            try checkOnce(check)
        }
    }

    private func field(_ name: String) throws -> Query.Parameter {
        guard let value = String(validating: text.readableBytesView, as: UTF8.self) else {
            throw QueryRefusal.notText(name: name)
        }
        guard !hasForbiddenControl(value) else { throw QueryRefusal.control(name: name) }
        return Query.Parameter(name: name, value: value)
    }

    private mutating func checkOnce(_ check: (Query) throws -> Void) throws {
        guard !isChecked else { return }
        isChecked = true
        try check(Query(parameters: fields))
    }
}
