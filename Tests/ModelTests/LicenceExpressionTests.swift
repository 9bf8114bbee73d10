import Model
import Testing

@Suite("Licence expressions")
struct LicenceExpressionTests {
  @Test(
    "an expression is read and written in SPDX's spelling",
    arguments: [
      ("mit", "MIT"), ("Apache-2.0 or MIT", "Apache-2.0 OR MIT"),
      ("MIT AND (Apache-2.0 OR BSD-2-Clause)", "MIT AND (Apache-2.0 OR BSD-2-Clause)"),
      ("(MIT)", "MIT"), ("((MIT OR ISC)) AND Zlib", "(MIT OR ISC) AND Zlib"),
      ("MIT OR ISC AND Zlib", "MIT OR ISC AND Zlib"), ("GPL-2.0+", "GPL-2.0+"), ("mpl-2.0+", "MPL-2.0+"),
      ("gpl-3.0-or-later with gcc-exception-3.1", "GPL-3.0-or-later WITH GCC-exception-3.1"),
      ("licenseref-My.Own-1", "LicenseRef-My.Own-1"), (" MIT\n AND  ISC ", "MIT AND ISC"),
    ])
  func spelling(text: String, expected: String) throws {
    #expect(try LicenceExpression(parsing: text).description == expected)
    #expect(try LicenceExpression(parsing: expected).description == expected)
  }

  @Test(
    "what is no expression is refused with what is wrong",
    arguments: [
      ("", "a licence is missing at its end"), ("MIT AND", "a licence is missing at its end"),
      ("AND MIT", "'AND' is not in SPDX's list of licences"), ("(MIT", "a bracket is not closed"),
      ("MIT)", "')' is not expected there"), ("MIT ISC", "'ISC' is not expected there"),
      ("Apache-2", "'Apache-2' is not in SPDX's list of licences; did you mean 'Apache-2.0'?"),
      ("MIT WITH MIT", "what stands behind WITH is not in SPDX's list of exceptions"),
      ("LicenseRef-", "'LicenseRef-' is not in SPDX's list of licences"),
      ("LicenseRef-a\u{202E}b", "'LicenseRef-a\u{202E}b' is not in SPDX's list of licences"),
      (String(repeating: "(", count: 100_000), "its brackets nest too deep"),
    ])
  func refused(text: String, hint: String) {
    #expect { try LicenceExpression(parsing: text) } throws: { ($0 as? ParseError)?.hint == hint }
  }

  @Test(
    "all of what AND joins is needed, of what OR joins one",
    arguments: [
      ("MIT", true), ("GPL-3.0-only", false), ("MIT OR GPL-3.0-only", true), ("MIT AND GPL-3.0-only", false),
      ("ISC AND (MIT OR GPL-3.0-only)", true), ("GPL-2.0-only WITH Classpath-exception-2.0", true),
      ("MIT WITH Classpath-exception-2.0", true), ("GPL-2.0-only WITH GCC-exception-2.0", false),
    ])
  func satisfied(text: String, isSatisfied: Bool) throws {
    let allowed: Set = ["MIT", "ISC", "GPL-2.0-only WITH Classpath-exception-2.0"]
    #expect(try LicenceExpression(parsing: text).isSatisfied(by: allowed.contains) == isSatisfied)
  }

  @Test(
    "what packages state in older words names a licence",
    arguments: [
      ("MIT License", "MIT"), ("The MIT License (MIT)", "MIT"), ("BSD 3-Clause License", "BSD-3-Clause"),
      ("Apache License, Version 2.0", "Apache-2.0"), ("Apache 2.0", "Apache-2.0"),
      ("New BSD", "BSD-3-Clause"),
      ("Apache Software License", "LicenseRef-Apache"), ("BSD License", "LicenseRef-BSD"),
      ("3-Clause BSD License", "BSD-3-Clause"),
      ("GNU General Public License v3 or later (GPLv3+)", "GPL-3.0-or-later"),
      ("GNU Lesser General Public License v3 (LGPLv3)", "LGPL-3.0-only"), ("ISC License (ISCL)", "ISC"),
      ("Mozilla Public License 2.0 (MPL 2.0)", "MPL-2.0"), ("OSI Approved, MIT License", "MIT"),
      ("Python Software Foundation License", "PSF-2.0"), ("The Unlicense (Unlicense)", "Unlicense"),
      ("MIT License, Apache Software License", "MIT AND LicenseRef-Apache"), ("MPL 2.0", "MPL-2.0"),
      ("Other/Proprietary License", "LicenseRef-Proprietary"),
    ])
  func stated(text: String, expected: String) {
    #expect(LicenceExpression(stated: text)?.description == expected)
  }

  @Test(
    "what names no licence stays unknown",
    arguments: [
      "", "Copyright (c) 2005-2024, NumPy Developers.", "OSI Approved", "see LICENSE",
      "MIT License, something else",
      String(repeating: "MIT, ", count: 10_000),
    ])
  func unknown(text: String) { #expect(LicenceExpression(stated: text) == nil) }
}
