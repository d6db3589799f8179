import Documents
import Files
import Hummingbird
import Kernel
import People
import Web

/// `/kerja/kompetisi/{edition}/sidang`: an edition's sittings, their minutes and decisions; and `/kerja/sidang`, where
/// those who attended read and sign them.
package struct SittingPages: Sendable {
    private let sittings: Sittings

    package init(_ sittings: Sittings) { self.sittings = sittings }

    package func add(to desk: Desk) {
        let place = "/kerja/kompetisi/{edition}/sidang"
        desk.page(place, .manageEditions) { _, context, person, frame in
            let (stored, list) = try await sittings.list(in: try context.part("edition"), for: person)
            return .personal(SittingView.list(stored, list, frame))
        }
        desk.page(place + "/baru", .manageEditions) { request, context, person, frame in
            .personal(try await new(try request.query(), .none, context, person, frame))
        }
        desk.submit(place, .manageEditions) { form, _, context, person, frame in
            let code = try context.part("edition")
            let (stored, _, _) = try await sittings.seats(in: code, for: person)
            do {
                let id = try await sittings.begin(
                    try SittingFields.draft(form, stored.edition), in: code,
                    by: person.actor(from: context.clientAddress), at: context.began)
                return .seeOther(frame.to(SittingView.path(code, id)))
            } catch let refusal as SittingRefusal where refusal.kind == .invalid {
                return .personal(try await new(form, FormProblems(refusal), context, person, frame), status: 422)
            }
        }
        desk.page(place + "/{sitting}", .manageEditions) { request, context, person, frame in
            .personal(try await page(try request.query(), .none, context, person, frame))
        }
        act(desk, "") { sitting, form, stored, version, actor, began in
            let draft = try SittingFields.draft(form, of: sitting, stored.edition)
            try await sittings.write(
                draft, sitting.id, in: stored.code, basedOn: version, by: actor, at: began)
        }
        act(desk, "/putusan") { sitting, form, stored, version, actor, began in
            try await sittings.decide(
                sitting.id, try SittingFields.decisions(form), in: stored.code, basedOn: version, by: actor, at: began)
        }
        act(desk, "/mulai") { sitting, form, stored, version, actor, began in
            guard let start = try form.choice("dari", of: Sittings.Start.self) else {
                return try await sittings.takeFigures(
                    sitting.id, in: stored.code, basedOn: version, by: actor, at: began)
            }
            try await sittings.start(
                sitting.id, from: start, in: stored.code, basedOn: version, by: actor, at: began)
        }
        act(desk, "/tutup") { sitting, form, stored, version, actor, began in
            try await sittings.close(
                sitting.id, exception: try form.text("pengecualian", limit: 20_000) ?? "", in: stored.code,
                basedOn: version, by: actor, at: began)
        }
        addLetters(to: desk)
        addOwn(to: desk)
    }

    /// One form's address of an open sitting: it acts and shows the sitting, with the refusal above it where there is
    /// one and what was typed in its fields.
    private func act(
        _ desk: Desk, _ ending: String,
        _ body:
            @escaping @Sendable (
                Sitting, Query, Editions.Stored, _ version: Int, Actor, _ began: Instant
            ) async throws -> Void
    ) {
        desk.submit("/kerja/kompetisi/{edition}/sidang/{sitting}" + ending, .manageEditions) {
            form, _, context, person, frame in
            let code = try context.part("edition")
            let sheet = try await sittings.sheet(try number(context), in: code, for: person, at: context.began)
            let version = try form.integer("versi", in: 1...Int.max) ?? 0
            do {
                try await body(
                    sheet.sitting, form, sheet.stored, version, person.actor(from: context.clientAddress),
                    context.began)
            } catch let refusal as SittingRefusal where refusal.kind == .invalid || refusal.kind == .conflict {
                return .personal(
                    try await page(form, FormProblems(refusal), context, person, frame), status: refusal.kind.status)
            }
            let start = try form.integer("mulai", in: 0...1_000_000) ?? 0
            let path = SittingView.path(code, sheet.sitting.id)
            return .seeOther(frame.to(start == 0 ? path : path.adding([("mulai", String(start))])))
        }
    }

    private func addLetters(to desk: Desk) {
        let place = "/kerja/kompetisi/{edition}/sidang/{sitting}/berita-acara"
        desk.page(place + ".docx", .manageEditions) { _, context, person, _ in
            let sheet = try await closed(context, person)
            return download(try MinutesText.letter(sheet).docx(), sheet, .docx)
        }
        desk.page(place + ".pdf", .manageEditions) { _, context, person, _ in
            let sheet = try await closed(context, person)
            return download(try MinutesText.letter(sheet).pdf(), sheet, .pdf)
        }
    }

    private func addOwn(to desk: Desk) {
        desk.page("/kerja/sidang", .sit) { _, _, person, frame in
            .personal(SittingView.own(try await sittings.attended(by: person), frame))
        }
        desk.page("/kerja/sidang/{sitting}", .sit) { _, context, person, frame in
            let sheet = try await sittings.attended(try number(context), for: person, at: context.began)
            return .personal(SittingView.attended(sheet, account: person.account, frame))
        }
        desk.submit("/kerja/sidang/{sitting}/tandatangan", .sit) { _, _, context, person, frame in
            let id = try number(context)
            try await sittings.sign(id, by: person.actor(from: context.clientAddress), at: context.began)
            return .seeOther(frame.to(.path("kerja", "sidang", String(id))))
        }
    }

    private func closed(_ context: Context, _ person: Person) async throws -> Sittings.Sheet {
        let sheet = try await sittings.sheet(
            try number(context), in: try context.part("edition"), for: person, at: context.began)
        guard sheet.sitting.closedAt != nil else { throw SittingRefusal.missing }
        return sheet
    }

    private func download(_ bytes: [UInt8], _ sheet: Sittings.Sheet, _ type: FileType) -> Answer {
        .bytes(bytes, type: type.rawValue, sharing: .personal).with(
            "Content-Disposition",
            FileName.disposition("berita-acara-\(sheet.stored.code)-\(sheet.sitting.id)", type: type.rawValue))
    }

    private func new(
        _ form: Query, _ problems: FormProblems, _ context: Context, _ person: Person, _ frame: Frame
    ) async throws -> HTML {
        let (stored, seats, leavings) = try await sittings.seats(in: try context.part("edition"), for: person)
        let draft = try SittingFields.draft(form, stored.edition)
        return SittingFormView.new(
            .init(
                stored: stored, draft: draft, day: try form.text("tanggal", limit: 40) ?? "",
                time: try form.text("jam", limit: 40) ?? "", seats: seats, leavings: leavings), problems, frame)
    }

    private func page(
        _ form: Query, _ problems: FormProblems, _ context: Context, _ person: Person, _ frame: Frame
    ) async throws -> HTML {
        let sheet = try await sittings.sheet(
            try number(context), in: try context.part("edition"), for: person, at: context.began)
        let isTyped = !problems.isEmpty
        let start = try form.integer("mulai", in: 0...1_000_000) ?? 0
        return SittingView.page(
            .init(
                sheet: sheet, start: start,
                draft: isTyped && form.parameters.contains { $0.name == "judul" }
                    ? try SittingFields.draft(form, of: sheet.sitting, sheet.stored.edition) : nil,
                typed: isTyped ? try SittingFields.decisions(form) : [:],
                exception: try form.text("pengecualian", limit: 20_000) ?? "", problems: problems), frame)
    }

    private func number(_ context: Context) throws -> Int {
        try context.number("sitting") { _ in SittingRefusal.missing }
    }
}
