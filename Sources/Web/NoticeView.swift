import Kernel

/// What happened, what is safe, what to do: one a page, and it stays until the page is left.
package enum NoticeView {
    package enum Look: Sendable {
        case plain, good, soon, bad

        var name: HTML {
            switch self {
            case .plain: "notice"
            case .good: "notice good"
            case .soon: "notice soon"
            case .bad: "notice bad"
            }
        }
    }

    /// `strong` is what happened; `rest` what is safe and what to do.
    package static func notice(_ look: Look, _ strong: String, _ rest: HTML = .empty) -> HTML {
        "<div class=\"\(look.name)\"><p><strong>\(strong)</strong> \(rest)</p></div>\n"
    }
}

/// The disc of time with its words: how long something still holds.
package enum StateView {
    package enum Look: String, Sendable {
        case valid, due, late, never
    }

    /// `words` hold a date or the days left: colour and disc never stand alone.
    package static func state(_ look: Look, _ words: String) -> HTML {
        "<span class=\"state \(look.rawValue)\">\(words)</span>"
    }
}
