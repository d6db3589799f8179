import Hummingbird
import Kernel

extension Frame {
    /// The frame of the page that a request asks for: its language, its own address without the language prefix.
    package init(_ request: Request, _ context: Context, publicURL: String) {
        var here = request.target
        let prefix = context.language.prefix
        if !prefix.isEmpty, here == prefix || here.hasPrefix(prefix + "/") || here.hasPrefix(prefix + "?") {
            here = String(here.dropFirst(prefix.count))
            if !here.hasPrefix("/") { here = "/" + here }
        }
        self.init(
            language: context.language, here: Address(here) ?? .path(), publicURL: publicURL,
            asset: { context.asset($0) })
    }
}
