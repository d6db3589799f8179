import Directory
import Kernel
import Web

/// The steps of a draft with what is done in each, and the rules with where each is met.
enum StepsView {
    static func steps(_ sheet: ReviewSheet, at here: Step, _ language: Language) -> [ThreadView.Step] {
        Step.allCases.map { step in
            ThreadView.Step(
                language.say(step.name), .path("kerja", "inovasi", String(sheet.draft.id), step.rawValue),
                step == here ? .now : isDone(step, sheet) ? .tied : .loose, isHere: step == here)
        }
    }

    /// Something is written in it and nothing that is required is missing; the last step is done once it was handed in.
    private static func isDone(_ step: Step, _ sheet: ReviewSheet) -> Bool {
        if step == .periksa { return sheet.draft.state == .submitted || sheet.draft.state == .published }
        let missing = sheet.findings.contains { !$0.met && $0.rule.need == .required && $0.rule.step == step }
        let written =
            FieldGuide.fields(of: step).contains { sheet.draft.content[$0.field].map { !$0.isEmpty } ?? false }
            || sheet.claims.contains { $0.kind.step == step }
        return written && !missing
    }

    /// The legal document first: good services failed for want of it.
    static func rules(_ sheet: ReviewSheet) -> [SubmitPage.Rule] {
        let legal = sheet.findings.filter { $0.rule.kind == .legal }
        let others = sheet.findings.filter { $0.rule.kind != .legal }
        return (legal + others).map { finding in
            SubmitPage.Rule(
                text: finding.rule.text, source: finding.rule.source, isRequired: finding.rule.need == .required,
                isMet: finding.met,
                place: .path("kerja", "inovasi", String(sheet.draft.id), finding.rule.step.rawValue))
        }
    }
}

extension ClaimLine {
    init(_ claim: Claim, remark: String?, _ language: Language) {
        self.init(
            id: claim.id, kind: language.say(claim.kind.name), title: claim.content.title(language),
            lines: claim.content.lines(language),
            evidence: claim.evidence.map { EvidenceLine($0, in: EvidencePages.desk) },
            link: claim.content["link"].flatMap { Address($0) }, remark: remark)
    }
}
