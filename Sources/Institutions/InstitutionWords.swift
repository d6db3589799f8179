import Kernel

extension Institution.Kind {
    package var name: Phrase {
        switch self {
        case .ministry: Phrase("Kementerian", "Ministry")
        case .agency: Phrase("Lembaga nonkementerian", "Non-ministry agency")
        case .province: Phrase("Pemerintah provinsi", "Provincial government")
        case .regency: Phrase("Pemerintah kabupaten", "Regency government")
        case .city: Phrase("Pemerintah kota", "City government")
        case .stateEnterprise: Phrase("Badan usaha milik negara", "State enterprise")
        case .regionalEnterprise: Phrase("Badan usaha milik daerah", "Regional enterprise")
        case .university: Phrase("Perguruan tinggi", "University")
        case .other: Phrase("Lainnya", "Other")
        }
    }
}

extension Region.Level {
    package var name: Phrase {
        switch self {
        case .province: Phrase("Provinsi", "Province")
        case .regency: Phrase("Kabupaten", "Regency")
        case .city: Phrase("Kota", "City")
        }
    }
}
