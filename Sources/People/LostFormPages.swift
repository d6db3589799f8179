import Hummingbird
import Kernel
import Web

/// A form whose session ended before it was sent: nothing typed is lost.
extension Desk {
    static func isOurs(_ form: Query, _ request: Request, _ context: Context) -> Bool {
        do { try FormToken.check(form, request, context) } catch { return false }
        return true
    }

    /// 403 with what was typed in it, to be sent again after signing in; what was not sent from a page of ours, or by
    /// its script, which keeps the text itself, is only refused.
    static func lost(_ form: Query, _ request: Request, _ context: Context, _ publicURL: String) throws
        -> Answer
    {
        guard !form.all(FormToken.field).isEmpty, form.all("otomatis").isEmpty, let target = Address(request.target),
            request.header("Sec-Fetch-Site") != "cross-site"
        else { throw FormRefusal.token }
        let model = LostForm(target: target, form: form, isSignedIn: context.visitor != nil)
        return .personal(
            LostFormView.page(model, Frame(request, context, publicURL: publicURL)), status: 403)
    }
}
