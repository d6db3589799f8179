import Kernel
import Web

/// Someone who is signed in, with what they may do at this moment.
package struct Person: Visitor, Hashable {
    package let account: Int
    /// The number of the session, for the page that lists and ends them.
    package let session: Int
    package let name: String
    /// The office they act for, as the public sees it.
    package let office: String
    package let email: String
    package let language: Language
    package let grants: [Grant]
    package let formToken: String

    package init(
        account: Int, session: Int, name: String, office: String, email: String, language: Language, grants: [Grant],
        formToken: String
    ) {
        self.account = account
        self.session = session
        self.name = name
        self.office = office
        self.email = email
        self.language = language
        self.grants = grants
        self.formToken = formToken
    }

    /// Whether some role gives the right, wherever. The desk itself is open to everybody with an account: who holds no
    /// role any more still sees, corrects and takes what is held about them.
    package func may(_ right: Right) -> Bool {
        right == .enterDesk || grants.contains { right.roles.contains($0.role) }
    }

    /// Whether some role gives the right at an institution.
    package func may(_ right: Right, at institution: String) -> Bool {
        grants.contains { right.roles.contains($0.role) && $0.reaches(institution) }
    }

    /// The grants that give a right, for questions about the whole of its reach.
    package func grants(for right: Right) -> [Grant] { grants.filter { right.roles.contains($0.role) } }

    /// The unit for which they write at an institution; nil when they write for all of it.
    package func unit(at institution: String) -> Int? {
        if grants.contains(where: { $0.role == .agencyAdmin && $0.institution == institution }) { return nil }
        return grants.first { $0.role == .unit && $0.institution == institution }?.unit
    }

    /// The person as the doer of something, from the address their request came from.
    package func actor(from address: String) -> Actor {
        Actor(name: "account:\(account)", office: office, account: account, address: address)
    }

    package func desk(_ language: Language) -> [Crumb] { DeskLinks.header(self, language) }
}
