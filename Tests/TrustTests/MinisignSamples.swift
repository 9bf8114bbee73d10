/// What minisign 0.11 made: a key without a password, one with the password `correct horse`, and signatures over `text`.
enum MinisignSamples {
  static let text = Array("{\"schemaVersion\":1}\n".utf8)

  static let publicKey = """
    untrusted comment: minisign public key 7A0B2EA88CFCC697
    RWSXxvyMqC4LemCS74DDsc25kveThsSwznmOVRP3L/sJdJYSUxDG9GXj

    """

  static let secretKey = """
    untrusted comment: minisign encrypted secret key
    RWQAAEIyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAl8b8jKguC3oOUHmtTKqoPNb201IRNKiVgtKHW3hP\
    nd6xFh5RpJbf5mCS74DDsc25kveThsSwznmOVRP3L/sJdJYSUxDG9GXjAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=

    """

  static let signature = """
    untrusted comment: signature from minisign secret key
    RUSXxvyMqC4Letb1P0VI1ixA6xKD0Fy493Cj4qbctqqgz+CBlM3+jPk0zVxYozlxPAipkCISCgHTTjWu0N/6tC1QTmxlJlG+cQM=
    trusted comment: timestamp:1700000000\tfile:index.json\thashed
    lYDHf20OGm8ZR1blRIAV1pna1qkHOopv0jD6Y3L+5YN9Yzb5unXbrM4gdWfnA1NtBYtReuZqeokGQXL+Cm5qBw==

    """

  static let legacySignature = """
    untrusted comment: signature from minisign secret key
    RWSXxvyMqC4Lerfa0qiY/PmbLVsYtQDuVp3TA9d5JxY6eAkxYRih0lUs4ibv7GEhScV7ukQCMdXcLzRmzW+OKgpSytF49O0EqwE=
    trusted comment: old
    7a5riAwAOIEa6QNto8FUhOO1CoFBYWseiBmEff4SZ52oiJMRxi5wxSZjPg38ynZ253Tcmac989xxjs5pws9GBQ==

    """

  static let protectedKey = """
    untrusted comment: minisign encrypted secret key
    RWRTY0IyEObn7avcGyDl7MQTpRt99a045Zq8DYM2spH/t1lHCyoAAAACAAAAAAAAAEAAAAAAJDYZwhIDOvT1HKI0hB5JbcsLntulOvxAkTbARK1M7ZYU\
    /kJHNsq+518gIrZZiF2l1/xWWqzGfvLRTPsaQDDzebH/Hw6qkmAxWtqu4r/7actx+61d+ouA2l2NoBBXSrC8Ha46qRz679I=

    """

  static let protectedPublicKey = "RWQuQNS8dx3UALep32JBZqlpF6lrHHJfxMt4Qz5SWtyNBBs0WbnDfggN"
}
