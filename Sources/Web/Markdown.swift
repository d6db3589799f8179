import CCmark
import Foundation

/// Markdown (CommonMark, by cmark) as HTML: raw HTML and dangerous links are left out, headings begin at level 2 since
/// the page has its own first.
package func markdown(_ text: String) -> HTML {
    guard let document = cmark_parse_document(text, text.utf8.count, CMARK_OPT_DEFAULT) else { return .empty }
    defer { cmark_node_free(document) }
    var child = cmark_node_first_child(document)
    while let node = child {
        if cmark_node_get_type(node) == CMARK_NODE_HEADING {
            cmark_node_set_heading_level(node, min(6, cmark_node_get_heading_level(node) + 1))
        }
        child = cmark_node_next(node)
    }
    guard let rendered = cmark_render_html(document, CMARK_OPT_DEFAULT) else { return .empty }
    defer { free(rendered) }
    return HTML(stringLiteral: String(cString: rendered))
}
