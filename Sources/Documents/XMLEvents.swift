import CXML
import Foundation

/// Reads XML as it comes, by libxml2's push parser. A document type is refused, and with it every entity bomb and
/// external entity; nothing is fetched.
final class XMLEvents {
    /// What a reader does with elements and text. Names come without prefix.
    struct Handler {
        var open: (_ name: String, _ attributes: [String: String]) -> Void
        var text: (String) -> Void
        var close: (_ name: String) -> Void
    }

    private let handler: Handler
    private var context: xmlParserCtxtPtr?
    private var refused = false

    init(_ handler: Handler) {
        self.handler = handler
        var sax = xmlSAXHandler()
        sax.initialized = UInt32(XML_SAX2_MAGIC)
        sax.startElementNs = { user, name, _, _, _, _, count, _, attributes in
            guard let events = XMLEvents.from(user), let name else { return }
            var found: [String: String] = [:]
            for i in 0..<Int(count) {
                // Five pointers each: local name, prefix, namespace, start and end of the value.
                guard let attributes, let key = attributes[i * 5], let start = attributes[i * 5 + 3],
                    let end = attributes[i * 5 + 4]
                else { continue }
                let bytes = UnsafeBufferPointer(start: start, count: end - start)
                found[String(cString: key)] = String(decoding: bytes, as: UTF8.self)
            }
            events.handler.open(String(cString: name), found)
        }
        sax.endElementNs = { user, name, _, _ in
            guard let events = XMLEvents.from(user), let name else { return }
            events.handler.close(String(cString: name))
        }
        sax.characters = { user, bytes, count in
            guard let events = XMLEvents.from(user), let bytes else { return }
            events.handler.text(String(decoding: UnsafeBufferPointer(start: bytes, count: Int(count)), as: UTF8.self))
        }
        sax.internalSubset = { user, _, _, _ in
            guard let events = XMLEvents.from(user) else { return }
            events.refused = true
            xmlStopParser(events.context)
        }
        context = xmlCreatePushParserCtxt(&sax, Unmanaged.passUnretained(self).toOpaque(), nil, 0, nil)
        if let context { xmlCtxtUseOptions(context, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOWARNING.rawValue)) }
    }

    deinit {
        if let context {
            if let document = context.pointee.myDoc { xmlFreeDoc(document) }
            xmlFreeParserCtxt(context)
        }
    }

    /// False when the document is not well-formed or brings a document type.
    func feed(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let context, !refused else { return false }
        let code = xmlParseChunk(context, bytes.bindMemory(to: CChar.self).baseAddress, Int32(bytes.count), 0)
        return code == 0 && !refused
    }

    func finish() -> Bool {
        guard let context, !refused else { return false }
        return xmlParseChunk(context, nil, 0, 1) == 0 && !refused
    }

    private static func from(_ user: UnsafeMutableRawPointer?) -> XMLEvents? {
        user.map { Unmanaged<XMLEvents>.fromOpaque($0).takeUnretainedValue() }
    }
}
