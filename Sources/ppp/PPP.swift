@main
struct PPP {
  static func main() {}
}
