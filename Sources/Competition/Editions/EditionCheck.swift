import Kernel

/// Looks for what contradicts itself in an edition, before it opens: each finding names the place and the way out.
package struct EditionCheck: Sendable {
    package private(set) var problems: [EditionProblem]
    private let edition: Edition

    /// Checks tables; the problems of single cells come first, and alone when there are any.
    package init(_ tables: EditionTables) {
        let reading = EditionReading(tables)
        edition = reading.edition
        problems = reading.problems
        guard problems.isEmpty else { return }
        for part in EditionPart.allCases { checkCodes(tables[part], part) }
        checkStages()
        checkWeights()
        checkRules()
        checkQuotas()
        checkRubric()
        checkForms()
        checkBalance()
        checkSight()
    }

    private mutating func add(_ part: EditionPart, _ row: Int?, _ column: String?, _ id: String, _ en: String) {
        problems.append(EditionProblem(part: part, row: row, column: column, message: Phrase(id, en)))
    }

    private mutating func checkBalance() {
        for (row, balance) in edition.selection.enumerated() {
            if balance.least == nil, balance.most == nil {
                add(.selection, row, "least", "Isi paling sedikit atau paling banyak.", "Give a least or a most.")
            }
            if let least = balance.least, let most = balance.most, most < least {
                add(
                    .selection, row, "most", "Paling banyak lebih kecil daripada paling sedikit. Ubah salah satunya.",
                    "The most is below the least. Change one of them.")
            }
            let known: [String]? =
                switch balance.kind {
                case .category: edition.categories.map(\.code)
                case .group: edition.groups.map(\.code)
                case .institution: ["*"]
                case .agency, .regions: nil
                }
            if let known, !known.contains(balance.value) {
                let all = known.joined(separator: ", ")
                add(.selection, row, "value", "Tulis salah satu: \(all).", "Write one of: \(all).")
            }
        }
        let least = edition.selection.filter { $0.subject == .finalists && $0.kind == .category }.compactMap(\.least)
        if let finalists = edition.finalists, least.reduce(0, +) > finalists {
            add(
                .selection, nil, nil,
                "Paling sedikit per kategori berjumlah \(least.reduce(0, +)), lebih dari \(finalists) finalis.",
                "The least of all categories add up to \(least.reduce(0, +)), more than \(finalists) finalists.")
        }
    }

    private mutating func checkSight() {
        for (row, sight) in edition.visibility.enumerated() where sight.what == .chances && sight.who == .proposer {
            add(
                .visibility, row, "who",
                "Peluang dan ketidakpastian hanya untuk penilai, panel, dan sekretariat. Pilih yang lain.",
                "Chances and uncertainty are for evaluators, panel and secretariat only. Choose another.")
        }
    }

    private mutating func checkCodes(_ rows: [[String: String]], _ part: EditionPart) {
        for (place, row) in rows.enumerated() {
            guard let code = row["code"], rows[..<place].contains(where: { $0["code"] == code }) else { continue }
            add(
                part, place, "code", "Kode \(code) sudah dipakai. Beri kode lain.",
                "The code \(code) is taken. Use another.")
        }
    }

    private mutating func checkStages() {
        guard let registration = edition.stage(.registration) else {
            return add(
                .stages, nil, nil, "Tambahkan tahap pendaftaran: batas waktunya menentukan umur inovasi.",
                "Add the registration: the age of an innovation is counted from its close.")
        }
        if registration.opens == nil || registration.closes == nil {
            let row = edition.stages.firstIndex(of: registration)
            add(
                .stages, row, "closes", "Isi mulai dan selesai pendaftaran.",
                "Give the opening and close of registration.")
        }
        var latest: (opens: Instant, name: Phrase)?
        for (row, stage) in edition.stages.enumerated() {
            if let opens = stage.opens, let closes = stage.closes, closes <= opens {
                add(
                    .stages, row, "closes", "\(stage.name.indonesian) selesai sebelum mulai. Ubah salah satu tanggal.",
                    "\(stage.name.english) closes before it opens. Change one of the dates.")
            }
            guard let opens = stage.opens else { continue }
            if let latest, opens < latest.opens {
                add(
                    .stages, row, "opens",
                    "\(stage.name.indonesian) mulai sebelum \(latest.name.indonesian), padahal urutannya sesudah itu. Ubah tanggal atau urutan.",
                    "\(stage.name.english) opens before \(latest.name.english), though it stands after it. Change the date or the order."
                )
            } else {
                latest = (opens, stage.name)
            }
            if let closes = registration.closes, [.administrative, .evaluation, .plenary].contains(stage.kind),
                opens < closes
            {
                add(
                    .stages, row, "opens", "\(stage.name.indonesian) mulai sebelum pendaftaran ditutup.",
                    "\(stage.name.english) opens before registration closes.")
            }
        }
        let cures = edition.stage(.cure) != nil
        if cures != (edition.cureDays > 0) {
            add(
                .facts, 0, "cure_days",
                cures
                    ? "Ada tahap perbaikan, tetapi hari perbaikan kosong. Isi harinya atau hapus tahap itu."
                    : "Hari perbaikan diisi, tetapi tahap perbaikan tidak ada. Tambahkan tahap itu atau kosongkan harinya.",
                cures
                    ? "There is a cure period but no days for it. Give the days or remove the stage."
                    : "Days for curing are given but there is no such stage. Add the stage or clear the days.")
        }
    }

    private mutating func checkWeights() {
        for group in edition.groups.map(\.code) as [String?] + (edition.groups.isEmpty ? [nil] : []) {
            sum(edition.form(of: group).map(\.weight), .sections, group)
        }
        sum(edition.presentation.map(\.weight), .presentation, nil)
    }

    private mutating func sum(_ weights: [Int?], _ part: EditionPart, _ group: String?) {
        let known = weights.compactMap(\.self)
        guard !known.isEmpty else { return }
        let total = known.reduce(0, +)
        let whose = group.map { " (\($0))" } ?? ""
        if known.count < weights.count {
            add(
                part, nil, "weight", "Sebagian bobot\(whose) kosong. Isi semuanya atau kosongkan semuanya.",
                "Some weights\(whose) are missing. Give all of them or none.")
        } else if total != 100 {
            add(
                part, nil, "weight", "Jumlah bobot\(whose) \(total), harus 100. Ubah \(abs(100 - total)) angka.",
                "The weights\(whose) add up to \(total), not 100. Change \(abs(100 - total)).")
        }
    }

    private mutating func checkRules() {
        for (row, rule) in edition.rules.enumerated() {
            switch rule.kind {
            case .age where rule.number == nil:
                add(.rules, row, "number", "Isi umur dalam bulan.", "Give the age in months.")
            case .awardedAtMost, .awardedAtLeast:
                if rule.number == nil { add(.rules, row, "number", "Isi berapa kali.", "Give how often.") }
                if rule.rank == nil {
                    add(.rules, row, "rank", "Isi peringkatnya, misalnya Top 99.", "Give the rank, e.g. Top 99.")
                }
            default: break
            }
            guard rule.kind == .awardedAtLeast, let least = rule.number else { continue }
            for other in edition.rules where other.kind == .awardedAtMost && other.rank == rule.rank {
                guard let most = other.number, most < least,
                    rule.group == nil || other.group == nil || rule.group == other.group
                else { continue }
                add(
                    .rules, row, "number",
                    "Paling sedikit \(least) kali dan paling banyak \(most) kali \(rule.rank ?? "") tidak mungkin terpenuhi bersama.",
                    "At least \(least) and at most \(most) times \(rule.rank ?? "") cannot both be met.")
            }
        }
    }

    private mutating func checkQuotas() {
        for (row, quota) in edition.quotas.enumerated() {
            if edition.quotas[..<row].contains(where: { $0.scope == quota.scope && $0.group == quota.group }) {
                add(
                    .quotas, row, "scope",
                    "Kuota untuk \(quota.scope.name.indonesian) ini sudah ada. Hapus salah satu.",
                    "There is already a quota for each \(quota.scope.name.english). Remove one.")
            }
            guard quota.scope == .unit,
                let agency = edition.quotas.first(where: {
                    $0.scope == .agency && ($0.group == nil || $0.group == quota.group)
                }),
                agency.most < quota.most
            else { continue }
            add(
                .quotas, row, "most",
                "Kuota unit (\(quota.most)) melebihi kuota instansinya (\(agency.most)). Kecilkan kuota unit.",
                "A unit's quota (\(quota.most)) exceeds its institution's (\(agency.most)). Make it smaller.")
        }
    }

    private mutating func checkRubric() {
        for section in Set(edition.rubric.map(\.section)) {
            let levels = edition.rubric.filter { $0.section == section }.map(\.scores).sorted {
                $0.lowerBound < $1.lowerBound
            }
            let meets = zip(levels, levels.dropFirst()).allSatisfy { $0.upperBound + 1 == $1.lowerBound }
            guard levels.first?.lowerBound != 0 || levels.last?.upperBound != 100 || !meets else { continue }
            let whose = section.map { " (\($0))" } ?? ""
            add(
                .rubric, nil, "from",
                "Tingkat rubrik\(whose) harus menutup 0 sampai 100 tanpa celah dan tanpa tumpang tindih.",
                "The levels\(whose) have to cover 0 to 100 without gaps or overlaps.")
        }
    }

    private mutating func checkForms() {
        guard edition.programme == .competition else { return }
        if edition.categories.isEmpty {
            add(.categories, nil, nil, "Isi sedikitnya satu kategori.", "Give one category at least.")
        }
        for group in edition.groups where edition.form(of: group.code).isEmpty {
            add(
                .sections, nil, "group", "Kelompok \(group.name.indonesian) belum punya bagian proposal.",
                "The group \(group.name.english) has no sections yet.")
        }
        if edition.passing != nil, edition.stage(.evaluation) == nil {
            add(
                .facts, 0, "passing",
                "Ada ambang lulus tetapi tidak ada tahap penilaian. Hapus ambang atau tambahkan tahap.",
                "There is a passing grade but no evaluation. Remove the grade or add the stage.")
        }
    }
}
