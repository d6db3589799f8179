import Directory
import Kernel

// The words in which the screen speaks of sources and deliveries.

extension RunState {
    /// What the delivery is doing, or how it ended.
    var name: Phrase {
        switch self {
        case .waiting: Phrase("menunggu giliran", "waiting its turn")
        case .fetching: Phrase("mengambil data", "fetching data")
        case .reading: Phrase("membaca baris", "reading rows")
        case .linking: Phrase("mencocokkan dengan inovasi yang ada", "matching with known innovations")
        case .asking: Phrase("menunggu jawaban Anda", "waiting for your answer")
        case .applying: Phrase("menyimpan", "storing")
        case .done: Phrase("selesai", "done")
        case .stopped: Phrase("dihentikan", "stopped")
        case .failed: Phrase("gagal", "failed")
        }
    }

    /// The four things every delivery goes through, as far as this state shows.
    static let way: [RunState] = [.fetching, .reading, .linking, .applying]
}

extension StagedOutcome {
    /// In the order of the page.
    static let shown: [Self] = [.created, .updated, .unchanged, .merged, .review, .rejected]

    /// As a row's state: `baru`.
    var name: Phrase {
        switch self {
        case .created: Phrase("baru", "new")
        case .updated: Phrase("diperbarui", "updated")
        case .unchanged: Phrase("tetap", "unchanged")
        case .merged: Phrase("digabung", "merged")
        case .review: Phrase("menunggu diperiksa", "waiting for review")
        case .rejected: Phrase("ditolak", "rejected")
        }
    }

    /// What it means for who reads it for the first time.
    var meaning: Phrase {
        switch self {
        case .created: Phrase("inovasi yang belum ada di direktori", "innovations that the directory did not have")
        case .updated: Phrase("sudah ada, dan isinya berubah", "already there, and the content changed")
        case .unchanged: Phrase("sudah ada, dan isinya sama", "already there, with the same content")
        case .merged:
            Phrase(
                "sama dengan inovasi dari sumber lain; disatukan, dan dapat dibatalkan",
                "the same as an innovation of another source; joined, which can be taken back")
        case .review:
            Phrase(
                "mungkin sama dengan yang sudah ada; perlu keputusan",
                "may be the same as a known one; somebody has to decide")
        case .rejected: Phrase("tidak terbaca; sebabnya ada di tiap baris", "not readable; each row says why")
        }
    }

    /// As an address says it: `?hasil=baru`.
    var word: String {
        switch self {
        case .created: "baru"
        case .updated: "diperbarui"
        case .unchanged: "tetap"
        case .merged: "digabung"
        case .review: "diperiksa"
        case .rejected: "ditolak"
        }
    }

    init?(word: String) {
        guard let found = Self.shown.first(where: { $0.word == word }) else { return nil }
        self = found
    }
}

extension Source.Kind {
    var name: Phrase {
        switch self {
        case .file: Phrase("berkas yang diunggah", "a file that is uploaded")
        case .address: Phrase("diambil dari alamat", "fetched from an address")
        case .oai: Phrase("OAI-PMH", "OAI-PMH")
        }
    }
}

extension ImportColumn {
    /// What a person who maps a column calls it.
    var name: Phrase {
        switch self {
        case .id: Phrase("Nomor di sumber", "Number in the source")
        case .title: Phrase("Judul inovasi", "Title")
        case .agency: Phrase("Instansi", "Institution")
        case .unit: Phrase("Unit", "Unit")
        case .region: Phrase("Wilayah", "Region")
        case .year: Phrase("Tahun", "Year")
        case .award: Phrase("Penghargaan", "Award")
        case .category: Phrase("Kategori", "Category")
        case .description: Phrase("Ringkasan", "Summary")
        case .source: Phrase("Rujukan sumber", "Reference of the source")
        case .note: Phrase("Catatan", "Note")
        case .nri: Phrase("Nomor registrasi inovasi (NRI)", "Registration number (NRI)")
        case .shortName: Phrase("Nama singkat", "Short name")
        case .expansion: Phrase("Kepanjangan nama singkat", "What the short name stands for")
        case .stage: Phrase("Tahap", "Stage")
        case .form: Phrase("Bentuk", "Form")
        case .affair: Phrase("Urusan pemerintahan", "Government affair")
        case .sdgs: Phrase("SDG", "SDGs")
        case .video: Phrase("Tautan video", "Video link")
        case .continuity: Phrase("Status keberlanjutan", "Continuity")
        case .continuityReason: Phrase("Alasan keberlanjutan", "Reason of continuity")
        case .yearOfIdea: Phrase("Tahun gagasan", "Year of the idea")
        case .yearOfTrial: Phrase("Tahun uji coba", "Year of the trial")
        case .yearOfStart: Phrase("Tahun mulai", "Year of the start")
        case .background: Phrase("Latar belakang", "Background")
        case .purpose: Phrase("Tujuan", "Purpose")
        case .novelty: Phrase("Kebaruan", "Novelty")
        case .impact: Phrase("Dampak", "Impact")
        case .adaptability: Phrase("Kemudahan diterapkan di tempat lain", "Adaptability")
        case .resources: Phrase("Sumber daya", "Resources")
        case .sustainability: Phrase("Strategi keberlanjutan", "Sustainability")
        }
    }
}

extension Language {
    /// A moment with its zone: `21 November 2026 08.30 WIB`.
    func moment(_ instant: Instant) -> String { "\(instant.day().long(self)) \(instant.clock()) WIB" }
}
