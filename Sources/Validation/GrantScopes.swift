import Database
import People

/// The reach of grants as a condition on rows, the same as `Grant.reaches` for one code.
enum GrantScopes {
    /// Rows whose column holds an institution that some of the grants reaches.
    static func within(_ grants: [Grant], _ column: StaticString) -> SQL {
        if grants.contains(where: { $0.role.scope == .nation }) { return "1 = 1" }
        let bound = grants.filter { $0.role.scope == .institution || $0.role.scope == .unit }
        var condition: SQL = "\(name: column) IN \(bound.compactMap(\.institution))"
        for hub in bound where hub.role == .hubManager {
            guard let code = hub.institution, code.hasPrefix("P") else { continue }
            condition = "\(condition) OR \(name: column) LIKE \("R\(code.dropFirst()).%")"
        }
        return "(\(condition))"
    }
}
