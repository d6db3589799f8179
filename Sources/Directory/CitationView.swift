import Kernel
import Web

/// How to cite a record and what to take away.
enum CitationView {
    static func body(_ model: InnovationPage, _ shown: ShownName, _ owner: String?, _ frame: Frame) -> HTML {
        let say = frame.language.say(_:_:)
        let links = model.downloads.html { download in
            "<a href=\"\(download.address)\">\(download.label)</a>"
        }
        return """
            <h2 id="kutip">\(say("Kutip dan unduh", "Cite and download"))</h2>
            <p class="panel"><span\(frame.record)>\(citation(model, shown, owner, frame))</span></p>
            <details class="screen"><summary>BibTeX</summary><pre tabindex="0" role="region" aria-label="BibTeX"><code>\(model.bibTeX)</code></pre></details>
            <p class="row screen">\(links)</p>

            """
    }

    private static func citation(
        _ model: InnovationPage, _ shown: ShownName, _ owner: String?, _ frame: Frame
    ) -> String {
        let title = shown.stands.map { "\(shown.name) (\($0))" } ?? shown.name
        let nri = model.record.nri.map { "NRI \($0), " } ?? ""
        let day = model.revision.at.day().long(.indonesian)
        let prefix = owner.map { "\($0). " } ?? ""
        let page = frame.publicURL + Address.path("inovasi", model.id).text
        return "\(prefix)“\(title)”. Simpul, \(nri)revisi \(model.revision.number), \(day). \(page)"
    }
}
