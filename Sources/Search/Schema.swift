/// One text field of a document and how much a word in it counts.
package struct Field: Sendable, Hashable {
    package let name: String
    /// What one occurrence counts beside one in a field of weight 1.
    package let weight: Float
    /// How far longer texts are discounted, 0 (not at all) to 1.
    package let lengthEffect: Float
    /// The usual number of words. A constant, so that a document's score depends on no other segment.
    package let usualLength: Float

    package init(_ name: String, weight: Float, lengthEffect: Float = 0.5, usualLength: Float) {
        self.name = name
        self.weight = weight
        self.lengthEffect = lengthEffect
        self.usualLength = usualLength
    }
}

/// What the documents of an index look like. Documents give their values in the order of these lists.
package struct Schema: Sendable {
    package let fields: [Field]
    /// Names of the facets; a document may have none, one or many values of each.
    package let facets: [String]
    /// Names of the whole numbers one can sort by, highest first.
    package let keys: [String]
    package let synonyms: Synonyms
    /// How soon repeated words stop adding, BM25's k1.
    package let saturation: Float
    /// The part of a document's score that depends on how many of the words asked for it has, 0 to 1.
    package let coordination: Float
    /// Raised by whoever changes what goes into a field, so that saved indexes of before are rebuilt.
    package let version: Int

    package init(
        fields: [Field], facets: [String], keys: [String], synonyms: Synonyms = Synonyms(), saturation: Float = 1.2,
        coordination: Float = 0.5, version: Int = 1
    ) {
        self.fields = fields
        self.facets = facets
        self.keys = keys
        self.synonyms = synonyms
        self.saturation = saturation
        self.coordination = coordination
        self.version = version
    }

    /// A number that differs whenever a saved index of this schema would read differently.
    var fingerprint: UInt64 {
        let shape = fields.map { "\($0.name) \($0.weight) \($0.lengthEffect) \($0.usualLength)" }
        let text = (shape + facets + keys + ["\(saturation) \(version)"]).joined(separator: "\n")
        return text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}

/// One thing to be found.
package struct Document: Sendable, Hashable {
    package let id: Int64
    /// One text per field of the schema, in its order; what is missing at the end is empty.
    package let texts: [String]
    /// The values per facet of the schema, in its order.
    package let facets: [[String]]
    /// One number per key of the schema, in its order; what is missing is 0.
    package let keys: [Int64]

    package init(id: Int64, texts: [String], facets: [[String]] = [], keys: [Int64] = []) {
        self.id = id
        self.texts = texts
        self.facets = facets
        self.keys = keys
    }
}
