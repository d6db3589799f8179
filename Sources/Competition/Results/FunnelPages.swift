import Hummingbird
import Institutions
import Kernel
import Web

/// `/kompetisi/{edition}/angka`: how many proposals came how far, as page, CSV and JSON.
package struct FunnelPages: Sendable {
    private let funnels: Funnels
    private let register: @Sendable () -> Register
    private let publicURL: String

    package init(_ funnels: Funnels, register: @escaping @Sendable () -> Register, publicURL: String) {
        self.funnels = funnels
        self.register = register
        self.publicURL = publicURL
    }

    package func add(to routes: Routes) {
        routes.page("/kompetisi/{edition}/angka") { request, context in
            let sheet = try await funnels.show(try context.part("edition"), at: context.began)
            let frame = Frame(request, context, publicURL: publicURL)
            return .page(
                FunnelView.page(sheet, tables(sheet, frame.language), at: context.began, frame), until: sheet.until)
        }
        routes.get("/kompetisi/{edition}/angka.csv") { _, context in
            let sheet = try await funnels.show(try context.part("edition"), at: context.began)
            return .bytes(
                FunnelTable.csv(tables(sheet, .indonesian), sheet.funnel.stages), type: "text/csv; charset=utf-8",
                sharing: .everyone(until: sheet.until)
            ).with("Content-Disposition", "attachment; filename=\"\(sheet.stored.code)-angka.csv\"")
        }
        routes.get("/kompetisi/{edition}/angka.json") { _, context in
            let sheet = try await funnels.show(try context.part("edition"), at: context.began)
            let text = FunnelTable.json(tables(sheet, .indonesian), sheet.funnel.stages, of: sheet.stored.code)
            return .json(Array(text.utf8), sharing: .everyone(until: sheet.until))
        }
    }

    private func tables(_ sheet: Funnels.Sheet, _ language: Language) -> [FunnelTable] {
        let (register, edition) = (register(), sheet.stored.edition)
        func choice(_ code: String?, _ choices: [EditionChoice]) -> String? {
            code.flatMap { code in choices.first { $0.code == code } }.map { language.say($0.name) } ?? code
        }
        func province(_ entry: Funnel.Entry) -> String? {
            register.province(of: register.institution(entry.institution)?.region)?.code
        }
        return [
            FunnelTable(.kind, sheet.funnel, { register.institution($0.institution)?.kind.rawValue }) { code in
                code.flatMap { Institution.Kind(rawValue: $0) }.map { language.say($0.name) }
            },
            FunnelTable(.province, sheet.funnel, province) { register.region($0)?.name },
            FunnelTable(.group, sheet.funnel, \.group) { choice($0, edition.groups) },
            FunnelTable(.category, sheet.funnel, \.category) { choice($0, edition.categories) },
        ]
    }
}
