/// Words by which the start of a spelling tells what kind of body it names.
enum LocalUnits {
    /// Parts of a regional government.
    private static let heads: Set<String> = [
        "pemerintah", "dinas", "badan", "bappeda", "bappelitbangda", "bapelitbangda", "bappelitbang", "bapelitbang",
        "balitbang", "balitbangda", "bapperida", "brida", "bapenda", "dispenda", "bkd", "bkpsdm", "bkpsdmd", "bkpp",
        "bkppd", "bkdd", "bpbd", "bpkad", "bpkpd", "bkad", "bppkad", "dppkad", "setda", "sekretariat", "bagian", "biro",
        "inspektorat", "satpol", "satuan", "kantor", "uptd", "upt", "blud", "dpmptsp", "dpm", "ptsp", "bpmptsp", "dlh",
        "dlhk", "blh", "dp3a", "dp3ap2kb", "dpupr", "dpu", "dpupkp", "opd", "skpd", "perangkat", "dprd", "walikota",
        "wali", "bupati", "gubernur", "kepala", "unit", "kesbangpol", "damkar", "labkesda", "bid", "bidang", "daerah",
        "pd", "organisasi", "laboratorium", "perpustakaan", "mpp", "mal", "tim", "asisten", "dkp", "dkpp", "dp2kbp3a",
    ]
    /// Parts of a regency or city whose next words are the name of a village, a district or a person.
    private static let local: Set<String> = [
        "kecamatan", "kelurahan", "puskesmas", "pkm", "pustu", "poskesdes", "polindes", "posyandu", "rsud", "rsd", "rs",
        "sd", "sdn", "smp", "smpn", "tk", "tkn", "paud", "sekolah", "pasar", "terminal", "museum", "camat", "lurah",
    ]
    private static let villages: Set<String> = ["desa", "nagari", "gampong", "kampung", "pekon", "lembang", "dusun"]
    private static let citizens: Set<String> = [
        "perorangan", "masyarakat", "warga", "komunitas", "karang", "siswa", "mahasiswa", "pelajar", "inventor",
        "inovator", "petani", "peserta", "pemenang", "paguyuban", "individu", "umum", "kelompok",
    ]
    private static let enterprises: Set<String> = [
        "pt", "pdam", "perumda", "perum", "perseroda", "bank", "bpr", "bumd", "bumdes", "bumn", "koperasi", "cv",
        "perusahaan", "pd", "persero", "pam", "bumdesa",
    ]
    private static let universities: Set<String> = [
        "universitas", "institut", "politeknik", "poltekkes", "stikes", "stie", "stmik", "uin", "iain", "stain",
        "sekolah-tinggi", "akademi", "fakultas", "akper", "akbid", "fk", "prodi",
    ]
    /// Bodies with a place in their name that belong to no regional government.
    private static let others: Set<String> = [
        "yayasan", "pmi", "baznas", "kadin", "lsm", "ikatan", "himpunan", "asosiasi", "rsup", "rsi", "klinik",
        "pramuka", "kwarcab", "kwarda", "pkk", "gapoktan", "forum", "lembaga", "smk", "sma", "man", "mts", "min",
        "smkn", "sman", "slb", "slbn", "balai", "pusat", "kementerian", "direktorat", "rumah", "pondok", "media",
    ]

    /// Matters of national bodies: an agency or office for them is not the regional government's.
    private static let national: Set<String> = [
        "karantina", "narkotika", "statistik", "imigrasi", "pemasyarakatan", "pertanahan", "meteorologi", "nuklir",
        "bpjs", "jaminan", "pemilihan", "pengawas", "pemeriksa", "nasional", "agama",
    ]
    /// Matters by which an agency or office without a stated level is known to be a regional government's.
    private static let regional: Set<String> = [
        "daerah", "kepegawaian", "perencanaan", "pendapatan", "keuangan", "lingkungan", "kesatuan", "kesbangpol",
        "ketahanan", "pemberdayaan", "perpustakaan", "arsip", "kearsipan", "penanaman", "perizinan", "perijinan",
        "pelayanan", "penelitian", "litbang", "keluarga", "satpol", "polisi", "pemadam", "kebersihan", "layanan",
        "penanggulangan", "pengelolaan", "pendidikan",
    ]

    static func isCitizens(_ words: [String]) -> Bool {
        guard let first = words.first else { return false }
        if first == "kelompok", words.count > 1, words[1] == "kerja" { return false }
        if first == "umum" { return words.count == 1 }
        return citizens.contains(first)
    }

    static func isVillage(_ words: [String]) -> Bool {
        guard let first = words.first else { return false }
        if first == "pemerintah" || first == "kepala" || first == "perangkat" {
            return words.count > 1 && villages.contains(words[1])
        }
        return villages.contains(first)
    }

    static func isEnterprise(_ words: [String]) -> Bool {
        guard let first = words.first else { return false }
        if first == "pd", words.count > 1, Gazetteer.level[words[1]] != nil { return false }
        return enterprises.contains(first)
    }

    static func isUniversity(_ words: [String]) -> Bool {
        guard let first = words.first else { return false }
        if first == "sekolah" { return words.count > 1 && words[1] == "tinggi" }
        return universities.contains(first)
    }

    static func isForeign(_ words: [String]) -> Bool {
        guard let first = words.first else { return false }
        if first == "rumah" { return !words.contains("daerah") }
        if first == "tim", words.contains("pkk") { return true }
        if ["badan", "kantor", "unit", "satuan"].contains(first), words.contains(where: national.contains) {
            return true
        }
        if first == "balai" || first == "pusat" { return !words.contains("dinas") && !words.contains("pemerintah") }
        return others.contains(first)
    }

    /// A part of a regional government by its first word.
    static func isUnit(_ words: [String]) -> Bool {
        guard let first = words.first else { return false }
        return heads.contains(first) || local.contains(first) || isService(first) || isVillage(words)
            || first == "rumah" && words.contains("daerah")
    }

    /// A part whose next words do not name the region it belongs to unless the level is stated.
    static func isBelowRegion(_ words: [String]) -> Bool {
        guard let first = words.first else { return false }
        return words.prefix(3).contains(where: local.contains) || isVillage(words) || first == "rumah"
    }

    /// Whether a place at the end, without a stated level, may say whose the unit is.
    static func takesBarePlace(_ words: [String]) -> Bool {
        guard isUnit(words), !isBelowRegion(words) else { return false }
        let general: Set<String> = [
            "badan", "kantor", "unit", "satuan", "biro", "bagian", "tim", "laboratorium", "perpustakaan", "sekretariat",
            "organisasi", "kepala", "bidang", "mal", "asisten",
        ]
        return !general.contains(words[0]) || words.contains(where: regional.contains)
    }

    /// A unit that regional governments alone have, so that the region column may say whose it is.
    static func isSurelyRegional(_ words: [String]) -> Bool {
        guard let first = words.first else { return false }
        let regional: Set<String> = [
            "dinas", "bappeda", "bappelitbangda", "bapelitbangda", "bapperida", "brida", "bapenda", "bkd", "bkpsdm",
            "bkpsdmd", "bpbd", "bpkad", "bkad", "setda", "satpol", "uptd", "dpmptsp", "dlh", "dp3a", "dpupr", "rsud",
            "puskesmas", "kecamatan", "kelurahan", "dprd", "balitbangda", "kesbangpol",
        ]
        return regional.contains(first) || isService(first)
            || words.starts(with: ["sekretariat", "daerah"]) || words.starts(with: ["pemerintah", "daerah"])
            || first == "badan" && words.contains("daerah")
    }

    /// "Dinkes", "Disdukcapil", "Dispendik" and their like.
    private static func isService(_ word: String) -> Bool {
        word.utf8.count >= 5 && (word.hasPrefix("dis") || word.hasPrefix("din"))
            && !["disabilitas", "distrik"].contains(word)
    }
}
