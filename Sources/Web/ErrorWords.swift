import Kernel

/// What each status says to a person: the title, why it may have happened, what to do.
enum ErrorWords {
    struct Words {
        let title: Phrase
        let why: Phrase
        let next: Phrase
    }

    static func words(_ status: Int) -> Words {
        switch status {
        case 400, 422: incoming(status)
        case 403, 404, 405, 410: address(status)
        case 413, 429: amount(status)
        default: ours(status)
        }
    }

    private static func incoming(_ status: Int) -> Words {
        status == 400
            ? Words(
                title: Phrase("Permintaan ini tidak dapat dibaca", "This request cannot be read"),
                why: Phrase(
                    "Alamat atau isiannya terpotong atau tidak lengkap.",
                    "The address or the form is cut off or incomplete."),
                next: Phrase(
                    "Buka halamannya dari awal lalu ulangi. Tidak ada yang berubah.",
                    "Open the page afresh and try again. Nothing has changed."))
            : Words(
                title: Phrase("Ada isian yang tidak dikenal", "Something in the form is not recognised"),
                why: Phrase(
                    "Salah satu saringan atau isian tidak cocok dengan pilihan yang ada.",
                    "One of the filters or fields is not among the choices."),
                next: Phrase("Hapus atau ganti isian itu. Isian lain tetap.", "Remove or change it. The rest stays."))
    }

    private static func address(_ status: Int) -> Words {
        switch status {
        case 403:
            Words(
                title: Phrase("Halaman ini bukan untuk akun Anda", "This page is not for your account"),
                why: Phrase("Anda belum berwenang membukanya.", "You are not authorised to open it."),
                next: Phrase(
                    "Bila tugas Anda memerlukannya, hubungi pengelola di instansi Anda.",
                    "If your work needs it, ask the administrator in your institution."))
        case 405:
            Words(
                title: Phrase("Cara ini tidak berlaku di alamat ini", "This does not work at this address"),
                why: Phrase(
                    "Halamannya ada, tetapi hanya untuk dibaca.", "The page exists but can only be read."),
                next: Phrase("Buka alamat yang sama di peramban.", "Open the same address in a browser."))
        case 410:
            Words(
                title: Phrase("Halaman ini sudah ditarik", "This page has been withdrawn"),
                why: Phrase("Dahulu ada, sekarang tidak lagi.", "It existed and does so no more."),
                next: Phrase("Cari nama inovasinya.", "Search for the innovation by name."))
        default:
            Words(
                title: Phrase("Halaman ini tidak ada", "There is no such page"),
                why: Phrase(
                    "Mungkin alamatnya salah ketik, atau datanya sudah digabung dengan inovasi lain.",
                    "The address may be mistyped, or the record may have been joined with another."),
                next: Phrase("Cari namanya di sini.", "Search for it here."))
        }
    }

    private static func amount(_ status: Int) -> Words {
        status == 413
            ? Words(
                title: Phrase("Kiriman ini terlalu besar", "This is too large"),
                why: Phrase("Ukurannya melampaui batas.", "It is larger than the limit."),
                next: Phrase(
                    "Kecilkan atau bagi kiriman itu, lalu kirim lagi. Tidak ada yang tersimpan sebagian.",
                    "Make it smaller or split it, then send it again. Nothing was stored in part."))
            : Words(
                title: Phrase("Terlalu banyak permintaan sekaligus", "Too many requests at once"),
                why: Phrase(
                    "Dari jaringan Anda datang lebih banyak permintaan daripada yang dapat dilayani.",
                    "More requests came from your network than can be served."),
                next: Phrase(
                    "Tunggu sebentar. Untuk data dalam jumlah besar, unduh berkasnya di Data terbuka.",
                    "Wait a moment. For large amounts of data, take the files under Open data."))
    }

    private static func ours(_ status: Int) -> Words {
        status == 503
            ? Words(
                title: Phrase("Simpul sedang tidak dapat melayani", "Simpul cannot answer just now"),
                why: Phrase(
                    "Penyimpanan data sedang tidak terjangkau. Data yang sudah tersimpan aman.",
                    "The data store cannot be reached. What is stored is safe."),
                next: Phrase("Muat ulang halaman ini sebentar lagi.", "Reload this page in a moment."))
            : Words(
                title: Phrase("Terjadi kesalahan di pihak kami", "Something went wrong on our side"),
                why: Phrase(
                    "Halaman ini tidak dapat disiapkan. Data yang sudah tersimpan aman.",
                    "This page could not be made. What is stored is safe."),
                next: Phrase(
                    "Muat ulang halaman ini. Bila berulang, laporkan dengan kode di bawah.",
                    "Reload this page. If it happens again, report it with the code below."))
    }
}
