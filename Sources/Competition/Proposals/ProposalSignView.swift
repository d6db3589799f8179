import Directory
import Kernel
import Linkage
import Web

/// What a person should look at in a proposal: sections that seem filled rather than written, and likely twins.
enum ProposalSignView {
    /// The signs below the verdicts.
    ///
    /// - Parameter compare: where two proposals stand side by side; nil for the proposal's own people, who learn of
    ///   another agency's proposal only that there is one.
    static func signs(_ sheet: Proposals.Sheet, compare: ((Int) -> Address)?, _ frame: Frame) -> HTML {
        let count = sheet.flaws.count + sheet.twins.count
        guard count > 0 else { return .empty }
        let flaws: [(knot: ThreadView.Knot, content: HTML)] = sheet.flaws.map { flaw in
            let name = sheet.edition.sections.first { $0.code == flaw.section }?.name
            return (
                .loose,
                "<p><strong>\(name.map(frame.language.say) ?? flaw.section)</strong>. \(frame.language.say(flaw.reason))</p>"
            )
        }
        let twins: [(knot: ThreadView.Knot, content: HTML)] = sheet.twins.map {
            (.loose, twin($0, compare: compare, frame))
        }
        return """
            <h2 id="tanda">\(frame.count(count, "hal perlu dilihat", "thing to look at", "things to look at"))</h2>
            <p class="soft">\(frame.say(
                "Tanda dari sistem, bukan keputusan.", "Signs found by the system, not decisions."))</p>
            \(ThreadView.list(flaws + twins, tight: true))
            """
    }

    private static func twin(_ twin: ProposalTwin, compare: ((Int) -> Address)?, _ frame: Frame) -> HTML {
        let likeness = twin.likeness.map(frame.language.say).joined(separator: "; ")
        if let compare {
            return """
                <p><strong>\(frame.say("Mirip dengan", "Like"))</strong> \
                <a href="\(frame.to(compare(twin.proposal)))"\(frame.record)>\(twin.title)</a>: \(likeness).</p>
                """
        }
        if twin.mayOpen {
            let address = Address.path("kerja", "usulan", String(twin.proposal))
            return """
                <p><strong>\(frame.say("Mirip dengan", "Like"))</strong> \
                <a href="\(frame.to(address))"\(frame.record)>\(twin.title)</a> \
                (\(frame.language.say(twin.state.name).lowercased())): \(likeness).</p>
                """
        }
        let whose =
            twin.isSameOffice
            ? frame.say("usulan unit lain di instansi Anda", "a proposal of another unit of your institution")
            : frame.say("usulan instansi lain yang sudah terkirim", "a proposal that another institution submitted")
        return "<p><strong>\(frame.say("Mirip dengan", "Like"))</strong> \(whose): \(likeness).</p>"
    }

    // MARK: side by side

    static func pairing(_ pairing: Proposals.Pairing, names: (String) -> String, _ frame: Frame) -> HTML {
        let title = frame.say("Dua usulan berdampingan", "Two proposals side by side")
        let likeness = pairing.twin.likeness.map(frame.language.say).joined(separator: "; ")
        let chance = Int((pairing.twin.probability * 100).rounded())
        let shared = Int((pairing.twin.words * 100).rounded())
        return Layout.page(
            frame,
            PageHead(
                title, description: title,
                crumbs: EditionMenuView.crumbs(pairing.stored, frame)
                    + [Crumb(pairing.one.title, place(pairing.one, frame))], indexed: false),
            """
            <h1>\(title)</h1>\(EditionMenuView.menu(pairing.stored, at: .submissions, frame))
            <div class="sides"><div>\(head(pairing.one, names, frame))</div><div>\(head(pairing.other, names, frame))</div></div>
            <p>\(likeness.isEmpty ? frame.say("Tidak ada kemiripan yang berarti", "Nothing telling in common") : likeness). \
            \(frame.say(
                "Peluang inovasi yang sama, andaikan instansinya sama: \(chance) %. Kata yang sama: \(shared) %.",
                "Chance of one innovation, were they of one institution: \(chance) %. Words in common: \(shared) %."))</p>
            <details><summary>\(frame.say("Dasar peluang itu", "What the chance rests on"))</summary>
            <ul>\(pairing.steps.filter { $0.level != "missing" && $0.name != "institution" }.html { step in
                "<li>\(frame.language.say(LinkageWords.phrase(step))) (\(frame.language.say(LinkageWords.weight(step))))</li>"
            })</ul></details>
            \(passages(pairing, frame))\(sections(pairing, frame))
            """)
    }

    private static func place(_ proposal: Proposal, _ frame: Frame) -> Address {
        frame.to(.path("kerja", "kompetisi", proposal.editionCode, "usulan", String(proposal.id)))
    }

    private static func head(_ proposal: Proposal, _ names: (String) -> String, _ frame: Frame) -> HTML {
        """
        <h2><a href="\(place(proposal, frame))"\(frame.record)>\(proposal.title)</a></h2>\
        <p>\(names(proposal.institution)). \(frame.language.say(proposal.state.name)). \
        <a href="\(frame.to(.path("inovasi", String(proposal.innovation))))">\(frame.say("Inovasi", "Innovation")) \(proposal.innovation)</a></p>
        """
    }

    private static func passages(_ pairing: Proposals.Pairing, _ frame: Frame) -> HTML {
        guard !pairing.twin.passages.isEmpty else { return .empty }
        func name(_ code: String) -> String {
            pairing.stored.edition.sections.first { $0.code == code }.map { frame.language.say($0.name) } ?? code
        }
        return """
            <h2>\(frame.count(pairing.twin.passages.count, "bagian teks sama", "passage the same", "passages the same"))</h2>
            \(pairing.twin.passages.enumerated().html { number, passage in
                """
                <section class="compare" aria-labelledby="sama-\(number)">\
                <h3 id="sama-\(number)">\(frame.count(passage.words, "kata", "word", "words"))</h3><div class="sides">
                <div><h4>\(name(passage.section))</h4><p\(frame.record)>\(passage.mine)</p></div>
                <div><h4>\(name(passage.theirSection))</h4><p\(frame.record)>\(passage.theirs)</p></div></div></section>

                """
            })
            """
    }

    /// Every section of the two, with the words marked that only one has.
    private static func sections(_ pairing: Proposals.Pairing, _ frame: Frame) -> HTML {
        let sections = pairing.stored.edition.sections.filter {
            !pairing.one.text($0).isEmpty || !pairing.other.text($0).isEmpty
        }
        return """
            <h2>\(frame.say("Bagian demi bagian", "Section by section"))</h2>
            \(sections.html { section in
                let difference = WordDifference(from: pairing.one.text(section), to: pairing.other.text(section))
                return """
                    <section class="compare" aria-labelledby="isi-\(section.code)">\
                    <h3 id="isi-\(section.code)">\(frame.language.say(section.name))</h3><div class="sides">
                    <div><h4\(frame.record)>\(pairing.one.title)</h4>\(ComparisonView.words(difference, removed: true, frame))</div>
                    <div><h4\(frame.record)>\(pairing.other.title)</h4>\(ComparisonView.words(difference, removed: false, frame))</div></div></section>

                    """
            })
            """
    }
}
