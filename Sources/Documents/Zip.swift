import CMinizip
import Foundation

/// The disk is full, the folder for temporary files cannot be written, or the library refused.
package enum DocumentFault: Error { case cannotWrite }

/// A ZIP file of these parts; the same parts give the same bytes. Throws `DocumentFault`.
func zipped(_ parts: [(name: String, text: String)]) throws -> [UInt8] {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("simpul-\(UUID().uuidString).zip").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    guard let zip = zipOpen64(path, APPEND_STATUS_CREATE) else { throw DocumentFault.cannotWrite }
    var written = true
    for part in parts {
        var info = zip_fileinfo()
        info.tmz_date.tm_year = 2020
        info.tmz_date.tm_mday = 1
        let bytes = Array(part.text.utf8)
        let opened = zipOpenNewFileInZip(
            zip, part.name, &info, nil, 0, nil, 0, nil, Z_DEFLATED, Z_DEFAULT_COMPRESSION)
        written =
            written && opened == ZIP_OK && zipWriteInFileInZip(zip, bytes, UInt32(bytes.count)) == ZIP_OK
            && zipCloseFileInZip(zip) == ZIP_OK
    }
    guard zipClose(zip, nil) == ZIP_OK, written, let data = FileManager.default.contents(atPath: path) else {
        throw DocumentFault.cannotWrite
    }
    return Array(data)
}
