import Kernel

/// What a file was found to be.
struct Inspection: Hashable {
    let type: FileType
    let pages: Int?

    /// Size, type and inner bounds of a file, in that order: what is cheap to refuse is refused first.
    ///
    /// - Parameter magic: libmagic's reading of the first bytes.
    static func of(_ file: OpenFile, head: [UInt8], magic: String, as kind: FileKind) throws -> Inspection {
        let type: FileType
        switch FileType.recognise(head, magic: magic) {
        case .type(let known): type = known
        case .zip:
            // A picture's kind holds no ZIP: then there is no reason to inflate one.
            guard kind.types.contains(.docx) || kind.types.contains(.xlsx) else {
                throw FileRefusal.notAllowed(.ofContent("application/zip"), kind)
            }
            guard let office = try OfficePackage.inspect(file) else {
                let odt = magic.hasPrefix("application/vnd.oasis") ? magic : "application/zip"
                throw FileRefusal.notAllowed(.ofContent(odt), kind)
            }
            type = office
        case nil: throw FileRefusal.notAllowed(.ofContent(magic), kind)
        }
        guard kind.types.contains(type) else {
            let found = type == .csv ? Phrase.ofContent("text/plain") : Phrase(type.label, "\(type.label)")
            throw FileRefusal.notAllowed(found, kind)
        }
        return Inspection(type: type, pages: try pages(file, type))
    }

    private static func pages(_ file: OpenFile, _ type: FileType) throws -> Int? {
        switch type {
        case .pdf:
            let count = try PageCount.read(file)
            let most = max(count.declared ?? 0, count.objects.count)
            if most > ContentLimit.pages { throw FileRefusal.tooManyPages(max(most, count.declared ?? 0)) }
            if count.pages == nil, !count.isEncrypted { throw FileRefusal.damaged(.pdf) }
            return count.pages
        case .jpeg, .png, .webp:
            guard let size = try PictureSize.read(file, type), size.width > 0, size.height > 0 else {
                throw FileRefusal.damaged(type)
            }
            let pixels = size.width.multipliedReportingOverflow(by: size.height)
            if pixels.overflow || pixels.partialValue > ContentLimit.pixels {
                throw FileRefusal.tooManyPixels(width: size.width, height: size.height)
            }
            return nil
        case .docx, .xlsx, .csv, .json, .jsonLines: return nil
        }
    }
}
