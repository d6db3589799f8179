/// Offices of national bodies that stand in the regions: a police resort or a tax office carries a city's name but is
/// not part of its government.
enum NationalOffices {
    private enum Owner {
        case always(String)
        /// Moved when ministries were split: until 2014, 2015 to 2024, from 2025. The year of the change itself is
        /// unclear and answered by the earlier owner.
        case by(before2015: String, before2025: String, after: String)
    }

    private static let heads: [([String], Owner)] = {
        let prisons = Owner.by(before2015: "K-KEMENKUMHAM", before2025: "K-KEMENKUMHAM", after: "K-KEMENIMIPAS")
        let forests = Owner.by(before2015: "K-KEMENHUT", before2025: "K-KLHK", after: "K-KEMENHUT")
        var out: [([String], Owner)] = []
        func all(_ names: String, _ owner: Owner) {
            for name in names.split(separator: ",") {
                out.append((name.split(separator: " ").map(String.init), owner))
            }
        }
        all(
            "kepolisian,polda,polres,polresta,polrestabes,polsek,polsekta,satpas,ditlantas,satlantas,brimob,polairud,mabes polri",
            .always("L-POLRI"))
        all("kodam,kodim,korem,koramil,lanal,lanud,lantamal", .always("L-TNI"))
        all("kejaksaan negeri,kejaksaan tinggi,kejari,kejati", .always("L-KEJAKSAAN"))
        all(
            "pengadilan negeri,pengadilan agama,pengadilan tinggi,pengadilan militer,pengadilan tata,mahkamah syariyah",
            .always("L-MA"))
        all("kantor pertanahan,kantah,kantor wilayah bpn", .always("K-ATRBPN"))
        all(
            "kpp pratama,kpp madya,kantor pelayanan pajak,kppn,kpknl,kantor pelayanan perbendaharaan,bea cukai,"
                + "kantor bea,kppbc,kantor pengawasan dan pelayanan bea,direktorat jenderal pajak,"
                + "direktorat jenderal bea,direktorat jenderal perbendaharaan,direktorat jenderal kekayaan",
            .always("K-KEMENKEU"))
        all("kua,kantor urusan agama", .always("K-KEMENAG"))
        all(
            "kantor imigrasi,direktorat jenderal imigrasi,direktorat jenderal pemasyarakatan,lapas,rutan,bapas,"
                + "lembaga pemasyarakatan,rumah tahanan,balai pemasyarakatan,rupbasan", prisons)
        all(
            "bbksda,bksda,balai konservasi sumber,balai besar konservasi,balai taman nasional,balai besar taman",
            forests)
        all("bbpom,balai besar pom,balai pom,loka pom,balai besar pengawas obat,balai pengawas obat", .always("L-BPOM"))
        all("bnnp,bnnk", .always("L-BNN"))
        all("stasiun meteorologi,stasiun klimatologi,stasiun geofisika", .always("L-BMKG"))
        all("kantor sar,kantor pencarian", .always("L-BASARNAS"))
        all("kantor kesehatan pelabuhan,poltekkes,politeknik kesehatan kementerian,rsup", .always("K-KEMENKES"))
        all("ksop,upbu,kantor kesyahbandaran,kantor syahbandar", .always("K-KEMENHUB"))
        return out
    }()

    /// The national body whose office the words begin with, nil when they begin with none.
    static func owner(_ words: [String], year: Int?) -> Resolution? {
        guard let match = heads.first(where: { words.starts(with: $0.0) }) else { return nil }
        // A province may run a general hospital of its own.
        if match.0 == ["rsup"], words.contains("provinsi") { return nil }
        switch match.1 {
        case .always(let code): return .found(code: code, how: .office)
        case .by(let first, let second, let third):
            guard let year else { return .unresolved(.ambiguous(Set([first, second, third]).sorted())) }
            return .found(code: year < 2015 ? first : year < 2025 ? second : third, how: .office)
        }
    }
}
