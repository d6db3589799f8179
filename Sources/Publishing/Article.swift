import Foundation
import Kernel
import Text

/// A page of news or a guide, in Indonesian and, where somebody wrote it, in English.
package struct Article: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable {
        case news, guide

        /// The first part of its address.
        package var path: String { self == .news ? "berita" : "panduan" }
    }

    /// What is written: Markdown for the bodies.
    package struct Content: Sendable, Hashable {
        package var title: String
        package var titleEnglish: String
        package var body: String
        package var bodyEnglish: String

        package init(title: String, titleEnglish: String = "", body: String, bodyEnglish: String = "") {
            self.title = title
            self.titleEnglish = titleEnglish
            self.body = body
            self.bodyEnglish = bodyEnglish
        }

        /// Whether English readers get a text of their own.
        package var isInEnglish: Bool { !titleEnglish.isEmpty && !bodyEnglish.isEmpty }

        /// What must be corrected before it can be stored: lengths in characters, and English whole or not at all.
        package var problems: [Problem] {
            var problems: [Problem] = []
            if title.isEmpty { problems.append(Problem("judul", Phrase("Tulis judulnya.", "Write the title."))) }
            for (field, text) in [("judul", title), ("judul_en", titleEnglish)] where text.count > 160 {
                problems.append(
                    Problem(
                        field,
                        Phrase(
                            "Kurangi \(text.count - 160) huruf; paling banyak 160.",
                            "Remove \(text.count - 160) characters; 160 at most.")))
            }
            if body.isEmpty { problems.append(Problem("isi", Phrase("Tulis isinya.", "Write the text."))) }
            for (field, text) in [("isi", body), ("isi_en", bodyEnglish)] where text.count > 60_000 {
                problems.append(
                    Problem(field, Phrase("Paling banyak 60.000 huruf.", "60,000 characters at most.")))
            }
            if titleEnglish.isEmpty != bodyEnglish.isEmpty {
                problems.append(
                    Problem(
                        titleEnglish.isEmpty ? "judul_en" : "isi_en",
                        Phrase(
                            "Lengkapi judul dan isi bahasa Inggris, atau kosongkan keduanya.",
                            "Write both the English title and text, or neither.")))
            }
            return problems
        }
    }

    /// One state of the text that was stored, with why it was changed after publication.
    package struct Correction: Sendable, Hashable {
        package let at: Instant
        package let note: String
    }

    package let id: Int
    package let kind: Kind
    package let slug: String
    package let content: Content
    /// The office that wrote it last.
    package let office: String
    /// The account that wrote it first.
    package let author: Int
    package let revision: Int
    package let updatedAt: Instant
    /// When the public sees it: past, to come, or nil for a draft.
    package let publishedAt: Instant?
    package let withdrawnAt: Instant?
    /// Corrections after publication, newest first.
    package let corrections: [Correction]

    /// Whether the public sees it.
    package func isPublic(at now: Instant) -> Bool {
        guard let publishedAt, withdrawnAt == nil else { return false }
        return publishedAt <= now
    }

    /// The part of its address made from its title: at most eight words in lower case, letters and digits only.
    package static func slug(of title: String) -> String {
        let words = fold(title).split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.prefix(8)
        let slug = words.joined(separator: "-").prefix(80)
        return slug.isEmpty ? "tulisan" : String(slug.last == "-" ? slug.dropLast() : slug)
    }
}

/// Why something about an article is not done.
package enum ArticleRefusal: Refusal, Hashable {
    case unknown(String)
    case notYours
    case incomplete([Problem])
    case noNote
    case badDate
    /// Somebody else stored it after it was opened.
    case changedMeanwhile

    package var kind: RefusalKind {
        switch self {
        case .unknown: .missing
        case .notYours: .forbidden
        case .changedMeanwhile: .conflict
        case .incomplete, .noNote, .badDate: .invalid
        }
    }

    package var message: Phrase {
        switch self {
        case .unknown(let slug):
            Phrase(
                "Tulisan \(slug.prefix(60)) tidak ada. Cari dari daftar berita dan panduan.",
                "There is no article \(slug.prefix(60)). Look in the lists of news and guides.")
        case .notYours:
            Phrase(
                "Tulisan ini milik kantor lain. Sekretariat dapat mengubahnya.",
                "This article belongs to another office. The secretariat can change it.")
        case .incomplete: Phrase("Perbaiki isian yang ditandai.", "Correct the fields marked.")
        case .noNote:
            Phrase("Tulis apa yang dikoreksi, agar pembaca tahu.", "Say what was corrected, so that readers know.")
        case .badDate:
            Phrase("Tulis tanggal seperti 2026-11-21.", "Write the date as in 2026-11-21.")
        case .changedMeanwhile:
            Phrase(
                "Tulisan ini diubah orang lain sesudah Anda membukanya. Yang Anda ketik masih di sini; bandingkan dengan yang tersimpan, lalu simpan lagi.",
                "Somebody changed this article after you opened it. What you typed is still here; compare it with what is stored, then save again."
            )
        }
    }

    package var problems: [Problem] {
        switch self {
        case .incomplete(let problems): problems
        case .noNote: [Problem("koreksi", message)]
        case .badDate: [Problem("terbit", message)]
        default: []
        }
    }
}
