import Kernel

extension Innovation.Stage {
    package var name: Phrase {
        switch self {
        case .initiative: Phrase("Inisiatif", "Initiative")
        case .trial: Phrase("Uji coba", "Trial")
        case .implementation: Phrase("Penerapan", "Implementation")
        }
    }
}

extension Innovation.Form {
    package var name: Phrase {
        switch self {
        case .service: Phrase("Pelayanan publik", "Public service")
        case .governance: Phrase("Tata kelola", "Governance")
        case .citizen: Phrase("Temuan warga", "Citizens' invention")
        case .other: Phrase("Bentuk lain", "Other")
        }
    }
}

extension Innovation.Continuity {
    package var name: Phrase {
        switch self {
        case .developing: Phrase("Berlanjut dengan pengembangan", "Continues and develops")
        case .continuing: Phrase("Berlanjut", "Continues")
        case .stopped: Phrase("Berhenti", "Stopped")
        }
    }
}

extension Innovation.Criterion {
    package var name: Phrase {
        switch self {
        case .novelty: Phrase("Kebaruan", "Novelty")
        case .effectiveness: Phrase("Efektif", "Effective")
        case .benefit: Phrase("Bermanfaat", "Beneficial")
        case .transferability: Phrase("Mudah disebarkan", "Easy to spread")
        case .sustainability: Phrase("Berkelanjutan", "Sustainable")
        }
    }
}

extension Innovation.Section {
    package var name: Phrase {
        switch self {
        case .summary: Phrase("Ringkasan", "Summary")
        case .background: Phrase("Latar belakang", "Background")
        case .purpose: Phrase("Tujuan", "Purpose")
        case .novelty: Phrase("Yang baru", "What is new")
        case .impact: Phrase("Dampak", "Impact")
        case .adaptability: Phrase("Dapat diterapkan di tempat lain", "Use elsewhere")
        case .resources: Phrase("Sumber daya", "Resources")
        case .sustainability: Phrase("Keberlanjutan", "Sustainability")
        }
    }
}

extension Innovation.Activity.Kind {
    package var name: Phrase {
        switch self {
        case .creation: Phrase("Penciptaan", "Creation")
        case .development: Phrase("Pengembangan", "Development")
        case .institutionalisation: Phrase("Pelembagaan", "Institutionalisation")
        }
    }
}

extension Innovation.Award {
    /// Programme, rank and year in one line: `Top 99, KIPP 2019`.
    package var line: String {
        let place = year.map { "\(programme) \($0)" } ?? programme
        return rank.map { "\($0), \(place)" } ?? place
    }
}

extension Innovation {
    /// The screen's word for a field of the record; keys are property names, with the part after a dot:
    /// `title`, `texts.summary`, `criteria.novelty`. An unknown key is shown as it is.
    package static func fieldName(_ key: String) -> Phrase {
        let parts = key.split(separator: ".", maxSplits: 1).map(String.init)
        if parts.count == 2, parts[0] == "texts", let section = Section(rawValue: parts[1]) { return section.name }
        if parts.count == 2, parts[0] == "criteria", let criterion = Criterion(rawValue: parts[1]) {
            return Phrase("Kriteria: " + criterion.name.indonesian, "Criterion: " + criterion.name.english)
        }
        return fieldNames[key] ?? Phrase(key, key)
    }

    private static let fieldNames: [String: Phrase] = [
        "nri": Phrase("Nomor registrasi (NRI)", "Registration number (NRI)"),
        "title": Phrase("Judul", "Title"),
        "shortName": Phrase("Nama singkat", "Short name"),
        "expansion": Phrase("Kepanjangan", "What it stands for"),
        "institution": Phrase("Instansi", "Institution"),
        "institutionAsGiven": Phrase("Instansi menurut sumber", "Institution as given"),
        "unit": Phrase("Unit", "Unit"),
        "region": Phrase("Wilayah", "Region"),
        "regionAsGiven": Phrase("Wilayah menurut sumber", "Region as given"),
        "yearStated": Phrase("Tahun menurut sumber", "Year as stated"),
        "yearOfIdea": Phrase("Tahun gagasan", "Year of the idea"),
        "yearOfTrial": Phrase("Tahun uji coba", "Year of the trial"),
        "yearOfStart": Phrase("Tahun mulai", "Year of the start"),
        "stage": Phrase("Tahap", "Stage"),
        "form": Phrase("Bentuk", "Form"),
        "digital": Phrase("Digital", "Digital"),
        "category": Phrase("Kategori", "Category"),
        "affair": Phrase("Urusan", "Government affair"),
        "sdgs": Phrase("SDG", "SDGs"),
        "criteria": Phrase("Kriteria", "Criteria"),
        "texts": Phrase("Uraian", "Texts"),
        "continuity": Phrase("Keberlanjutan", "Continuity"),
        "continuityReason": Phrase("Alasan", "Reason"),
        "continuityOn": Phrase("Tanggal keterangan", "Date of the statement"),
        "awards": Phrase("Penghargaan", "Awards"),
        "links": Phrase("Tautan", "Links"),
        "activities": Phrase("Pembinaan", "Guidance by the ministry"),
        "notes": Phrase("Catatan sumber", "Notes of the source"),
    ]
}
