import Foundation
import Hummingbird
import Kernel
import Web

/// `/penghargaan`: a certificate as page, signed statement, QR code and PDF; all keys; verification without a network.
package struct AwardPages: Sendable {
    private let awards: Awards
    private let printer: CertificatePrinter?
    private let publicURL: String
    private let style: String
    private let mark: String

    /// - Parameters:
    ///   - printer: what makes PDFs; nil where none is set up.
    ///   - style, mark: the certificate's stylesheet and the portal's mark (SVG), for its PDF.
    package init(_ awards: Awards, printer: CertificatePrinter?, style: String, mark: String, publicURL: String) {
        self.awards = awards
        self.printer = printer
        self.style = style
        self.mark = mark
        self.publicURL = publicURL
    }

    package func add(to routes: Routes) {
        routes.page("/penghargaan/periksa") { request, context in
            let frame = Frame(request, context, publicURL: publicURL)
            return .page(AwardCheckView.page(try await awards.keys.all(), frame))
        }
        routes.page("/penghargaan/kunci") { request, context in
            let frame = Frame(request, context, publicURL: publicURL)
            return .page(SigningKeyView.page(try await awards.keys.all(), frame))
        }
        routes.get("/penghargaan/kunci.json") { _, _ in
            .json(Array(try AwardKeys(try await awards.keys.all()).json().utf8))
        }
        routes.get("/penghargaan/{serial}.json") { _, context in
            let shown = try await shown(context)
            return .bytes(
                Array(try shown.award.file.json().utf8), type: "application/json", sharing: .everyone(until: nil)
            ).with("Content-Disposition", "attachment; filename=\"\(shown.award.serial).json\"")
        }
        routes.get("/penghargaan/{serial}.svg") { _, context in
            let shown = try await shown(context)
            guard let code = QRCode(address(shown)) else { throw AwardRefusal.unknown(shown.award.serial) }
            return .text(QRView.image(code).text, type: "image/svg+xml", sharing: .everyone(until: nil))
        }
        routes.get("/penghargaan/{serial}.pdf") { request, context in
            let shown = try await shown(context)
            guard let printer else { throw AwardRefusal.noPDF }
            let frame = Frame(request, context, publicURL: publicURL)
            let sheet = CertificateView.document(
                shown, code: QRCode(address(shown)), address: address(shown), style: style, mark: mark, frame)
            guard let bytes = try await printer.pdf(sheet.text) else { throw AwardRefusal.noPDF }
            return .bytes(bytes, type: "application/pdf", sharing: .everyone(until: shown.until))
                .with("Content-Disposition", "attachment; filename=\"\(shown.award.serial).pdf\"")
        }
        routes.page("/penghargaan/{serial}") { request, context in
            let frame = Frame(request, context, publicURL: publicURL)
            let shown = try await shown(context)
            return .page(
                CertificateView.page(shown, address: address(shown), hasPDF: printer != nil, frame),
                until: shown.until)
        }
    }

    /// The part of an innovation's page that shows its awards.
    package func panel(_ id: Int, _ frame: Frame) async throws -> HTML {
        CertificateView.panel(try await awards.awards(of: id, at: .now()), frame)
    }

    private func shown(_ context: Context) async throws -> Awards.Shown {
        try await awards.show(try context.part("serial"), at: context.began)
    }

    private func address(_ shown: Awards.Shown) -> String { "\(publicURL)/penghargaan/\(shown.award.serial)" }
}
