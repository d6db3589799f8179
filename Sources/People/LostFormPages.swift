import Hummingbird
import Kernel
import Web

/// A form whose session ended before it was sent: nothing typed is lost.
extension Desk {
    /// 403 with what was typed, to be sent again after signing in. Nil where nobody typed more than a few words, where
    /// the page's script sent it, which keeps the text itself, and where it was not sent from a page of ours.
    static func lost(_ form: Query, _ request: Request, _ context: Context, _ publicURL: String) -> Answer? {
        guard !form.all(FormToken.field).isEmpty, form.all("otomatis").isEmpty, let target = Address(request.target),
            request.header("Sec-Fetch-Site") != "cross-site"
        else { return nil }
        let model = LostForm(target: target, form: form, isSignedIn: context.visitor != nil)
        guard model.isWorthKeeping else { return nil }
        return .personal(LostFormView.page(model, Frame(request, context, publicURL: publicURL)), status: 403)
    }
}
