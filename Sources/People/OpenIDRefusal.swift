import Kernel

/// Why a sign-in through a provider does not come about. What exactly was wrong with a token is for the log; people are
/// told what they can do.
package enum OpenIDRefusal: Refusal, Hashable {
    /// The token is not one that can be believed.
    case token(Flaw)
    /// Signed with a key that the provider did not publish when it was last asked.
    case unknownKey
    /// The provider does not answer as the standard asks.
    case provider(Part)
    /// The way back does not belong to a sign-in that was begun here in the last ten minutes.
    case flow
    /// The provider refused, or the person turned back; its own word for why.
    case denied(String)
    /// Who signed in there has no invitation here.
    case stranger

    package enum Flaw: String, Sendable { case form, algorithm, signature, issuer, audience, expired, early, nonce }
    package enum Part: String, Sendable { case discovery, keys, exchange }

    package var kind: RefusalKind {
        switch self {
        case .provider: .unavailable
        case .flow: .conflict
        case .token, .unknownKey, .denied, .stranger: .forbidden
        }
    }

    package var message: Phrase {
        switch self {
        case .token, .unknownKey:
            Phrase(
                "Jawaban akun instansi tidak dapat dipercaya. Coba lagi; bila berulang, masuk dengan surel dan kata sandi.",
                "The answer of the agency account cannot be trusted. Try again; if it happens again, sign in with e-mail and password."
            )
        case .provider:
            Phrase(
                "Akun instansi sedang tidak dapat dihubungi. Masuk dengan surel dan kata sandi, atau coba lagi nanti.",
                "The agency account cannot be reached now. Sign in with e-mail and password, or try again later.")
        case .flow:
            Phrase(
                "Langkah masuk ini sudah dipakai atau lebih dari sepuluh menit. Mulai lagi dari halaman masuk.",
                "This sign-in was used already or took more than ten minutes. Begin again from the sign-in page.")
        case .denied:
            Phrase(
                "Akun instansi tidak jadi dipakai. Mulai lagi, atau masuk dengan surel dan kata sandi.",
                "The agency account was not used after all. Begin again, or sign in with e-mail and password.")
        case .stranger:
            Phrase(
                "Belum ada undangan untuk akun ini. Minta admin instansi Anda mengundang surel yang sama dengan surel akun instansi.",
                "There is no invitation for this account. Ask your agency admin to invite the same e-mail as the agency account's."
            )
        }
    }
}
