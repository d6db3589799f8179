import Hummingbird
import Kernel

extension Frame {
    /// The frame of the page that a request asks for: its language, its own address without the language prefix.
    ///
    /// - Parameter formToken: for a page with a form that strangers send too; a signed-in person's is known.
    package init(_ request: Request, _ context: Context, publicURL: String, formToken: String? = nil) {
        self.init(target: request.target, context, publicURL: publicURL, formToken: formToken)
    }

    /// The frame of an error page.
    package init(_ notice: ErrorNotice, _ context: Context, publicURL: String) {
        self.init(target: notice.target, context, publicURL: publicURL)
    }

    private init(target: String, _ context: Context, publicURL: String, formToken: String? = nil) {
        var here = target
        let prefix = context.language.prefix
        if !prefix.isEmpty, here == prefix || here.hasPrefix(prefix + "/") || here.hasPrefix(prefix + "?") {
            here = String(here.dropFirst(prefix.count))
            if !here.hasPrefix("/") { here = "/" + here }
        }
        self.init(
            language: context.language, here: Address(here) ?? .path(), publicURL: publicURL,
            asset: { context.asset($0) }, visitor: context.visitor, formToken: formToken)
    }
}
