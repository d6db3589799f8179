/// One value of a table that is handed out.
package enum Cell: Sendable, Hashable {
    case none
    case text(String)
    case number(Int)

    package init(_ text: String?) { self = text.map(Cell.text) ?? .none }
    package init(_ number: Int?) { self = number.map(Cell.number) ?? .none }
}
