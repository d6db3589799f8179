import Hummingbird
import Kernel
import Web

/// The addresses behind the sign-in: each names the right it needs, and asks for it before its handler runs.
package final class Desk {
    /// One address of the desk and the right it asks for, so that a test can hold the whole table against a person.
    package struct Door: Sendable, Hashable {
        package let method: String
        package let path: String
        package let right: Right
    }

    package let routes: Routes
    package let publicURL: String
    package private(set) var doors: [Door] = []

    private let written: @Sendable () async -> Void

    /// - Parameter written: runs after a form was taken and before its answer, so that the page it leads to already
    ///   shows what it changed.
    package init(_ routes: Routes, publicURL: String, written: @escaping @Sendable () async -> Void = {}) {
        self.routes = routes
        self.publicURL = publicURL
        self.written = written
    }

    /// A page for people with a right; others are sent to sign in, or told who may (403).
    package func page(
        _ path: String, _ right: Right,
        _ handler: @escaping @Sendable (Request, Context, Person, Frame) async throws -> Answer
    ) {
        doors.append(Door(method: "GET", path: path, right: right))
        let publicURL = publicURL
        routes.page(path) { request, context in
            guard let person = context.visitor as? Person else { return Desk.toSignIn(request, context) }
            guard person.may(right) else { throw DeskRefusal.notYours(right) }
            return try await handler(request, context, person, Frame(request, context, publicURL: publicURL))
        }
    }

    /// A form for people with a right; its token is checked before the handler runs.
    package func submit(
        _ path: String, _ right: Right,
        _ handler: @escaping @Sendable (Query, Request, Context, Person, Frame) async throws -> Answer
    ) {
        doors.append(Door(method: "POST", path: path, right: right))
        let (publicURL, written) = (publicURL, written)
        routes.submit(path) { request, context in
            let form = try await request.form()
            guard let person = context.visitor as? Person, Desk.isOurs(form, request, context) else {
                return try Desk.lost(form, request, context, publicURL)
            }
            guard person.may(right) else { throw DeskRefusal.notYours(right) }
            let frame = Frame(request, context, publicURL: publicURL)
            let answer = try await handler(form, request, context, person, frame)
            await written()
            return answer
        }
    }

    /// A form with files for people with a right. Session and right are asked before the body is read, its token (the
    /// first field) before any file is made; files go to `folder`, and those the handler leaves there are deleted.
    package func upload(
        _ path: String, _ right: Right, into folder: String, limits: UploadLimits = UploadLimits(),
        _ handler: @escaping @Sendable (Upload, Request, Context, Person, Frame) async throws -> Answer
    ) {
        doors.append(Door(method: "POST", path: path, right: right))
        let (publicURL, written) = (publicURL, written)
        routes.upload(path, limit: limits.body) { request, context in
            // Without a session no token is right.
            guard let person = context.visitor as? Person else { throw FormRefusal.token }
            guard person.may(right) else { throw DeskRefusal.notYours(right) }
            let upload = try await request.upload(into: folder, limits: limits) { first in
                try FormToken.check(first, request, context)
            }
            defer { upload.discard() }
            let frame = Frame(request, context, publicURL: publicURL)
            let answer = try await handler(upload, request, context, person, frame)
            await written()
            return answer
        }
    }

    private static func toSignIn(_ request: Request, _ context: Context) -> Answer {
        .seeOther(Address.path("masuk", query: [("ke", request.target)]).within(context.language.prefix))
    }
}

/// Why the desk does not open.
package enum DeskRefusal: Refusal, Hashable {
    case notYours(Right)

    package var kind: RefusalKind { .forbidden }

    package var message: Phrase {
        switch self {
        case .notYours(let right):
            let names = Role.allCases.filter(right.roles.contains).map(\.name)
            return Phrase(
                "Peran Anda tidak mencakup halaman ini. Yang dapat membukanya: \(names.map(\.indonesian).joined(separator: ", ")).",
                "Your role does not cover this page. Those who can open it: \(names.map(\.english).joined(separator: ", "))."
            )
        }
    }
}
