@main struct Simpul { static func main() {} }
