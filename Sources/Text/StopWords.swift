/// Words that carry no meaning in a search: Indonesian function words, and the few English ones that titles mix in.
package enum StopWords {
    /// Folded words.
    package static let all: Set<String> = Set(list.split(whereSeparator: \.isWhitespace).map(String.init))

    /// Whether a folded word is one.
    package static func contains(_ word: String) -> Bool { all.contains(word) }

    private static let list = """
        ada adalah adanya adapun agar akan akankah aku anda antara antaranya apa apabila apakah atas atau ataukah
        ataupun bagai bagaimana bagaimanakah bagi bahkan bahwa bahwasanya baik beberapa begini begitu belum berapa
        berbagai berupa beserta bila bilamana bisa bisakah boleh bukan bukankah cara cukup dalam dan dapat dari
        daripada demi demikian dengan di dia dimana diri dirinya dulu guna hal hanya harus hendak hingga ia ialah
        ini inilah itu itulah jadi jika jikalau juga justru kah kalau kalian kami kamu kan kapan karena ke kemudian
        kenapa kepada kepadanya ketika kita lagi lah lain lainnya lalu lebih lewat maka makin mana masih maupun
        melainkan melalui memang mengapa mengenai menjadi menurut mereka merupakan meski meskipun misal misalnya
        mungkin nah namun nya oleh olehnya pada padahal paling para pasti per pernah pula pun saat saja saling
        sambil sampai sang sangat saya se sebab sebagai sebagaimana sebelum sebuah secara sedang sedangkan
        segala sehingga sejak sekali sekaligus sekalipun selain selaku selalu selama seluruh semakin semua
        semuanya seorang seperti sering serta sesuai sesuatu sesudah setelah setiap siapa suatu sudah supaya tapi
        telah tentang tentu terhadap terkait termasuk ternyata tersebut tetapi tiap tidak tidakkah tidaklah toh untuk
        walau walaupun yaitu yakni yang
        a an and are as at by for from in is of on or the to with
        """
}
