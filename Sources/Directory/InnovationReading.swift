import Kernel

extension Innovation {
    /// Reads what `json` wrote, also by an older Simpul: unknown names are passed over.
    package init(json: String) throws {
        var json = json
        self.init()
        try json.withUTF8 { bytes in
            var scanner = JSONScanner(bytes)
            try scanner.object { try read($1, &$0) }
        }
        // No record is without a title; this is another kind of JSON.
        guard !title.isEmpty else { throw JSONScanner.Malformed(place: 0) }
    }

    private mutating func read(_ name: String, _ value: inout JSONScanner) throws {
        switch name {
        case "title": title = try value.string()
        case "texts":
            try value.object {
                let text = try $0.string()
                if let section = Section(rawValue: $1) { texts[section] = text }
            }
        case "institution": institution = try value.string()
        case "institutionAsGiven": institutionAsGiven = try value.string()
        case "region": region = try value.string()
        case "regionAsGiven": regionAsGiven = try value.string()
        case "category": category = try value.string()
        case "yearStated": yearStated = try value.int()
        case "unit": unit = try value.string()
        case "shortName": shortName = try value.string()
        case "expansion": expansion = try value.string()
        case "sdgs": sdgs = try value.list { try $0.int() }
        case "continuity": continuity = Continuity(rawValue: try value.string())
        case "stage": stage = Stage(rawValue: try value.string())
        case "form": form = Form(rawValue: try value.string())
        case "affair": affair = try value.string()
        case "awards": awards = try value.list { try Award(&$0) }
        case "notes": notes = try value.list { try $0.string() }
        case "digital": digital = try value.bool()
        case "nri": nri = try value.string()
        case "yearOfIdea": yearOfIdea = try value.int()
        case "yearOfTrial": yearOfTrial = try value.int()
        case "yearOfStart": yearOfStart = try value.int()
        case "continuityReason": continuityReason = try value.string()
        case "continuityOn": continuityOn = Day(iso: try value.string())
        case "links": links = try value.list { try Link(&$0) }
        case "activities": activities = try value.list { try Activity(&$0) }
        case "criteria":
            try value.object {
                let text = try $0.string()
                if let criterion = Criterion(rawValue: $1) { criteria[criterion] = text }
            }
        default: try value.skip()
        }
    }
}

extension Innovation.Award {
    fileprivate init(_ scanner: inout JSONScanner) throws {
        self.init(programme: "")
        try scanner.object { value, name in
            switch name {
            case "programme": programme = try value.string()
            case "year": year = try value.int()
            case "rank": rank = try value.string()
            case "decree": decree = try value.string()
            default: try value.skip()
            }
        }
    }
}

extension Innovation.Link {
    fileprivate init(_ scanner: inout JSONScanner) throws {
        self.init(kind: .page, address: "")
        try scanner.object { value, name in
            switch name {
            case "kind": kind = Kind(rawValue: try value.string()) ?? .page
            case "address": address = try value.string()
            case "label": label = try value.string()
            default: try value.skip()
            }
        }
    }
}

extension Innovation.Activity {
    fileprivate init(_ scanner: inout JSONScanner) throws {
        self.init(kind: .creation, note: "")
        try scanner.object { value, name in
            switch name {
            case "kind": kind = Kind(rawValue: try value.string()) ?? .creation
            case "on": on = Day(iso: try value.string())
            case "note": note = try value.string()
            default: try value.skip()
            }
        }
    }
}
