import Model
import Testing

@Suite("Requirements")
struct RequirementTests {
  @Test(
    "a requirement is read as PEP 508 has it and described in one spelling",
    arguments: [
      ("numpy", "numpy"), (" PyYAML == 6.0.3 ", "pyyaml==6.0.3"), ("fa2_modified==0.4", "fa2-modified==0.4"),
      ("torch==2.7.0+cu126", "torch==2.7.0+cu126"), ("a >= 1 , < 2,", "a>=1,<2"), ("a(>=1)", "a>=1"),
      ("a [ X_y , z,x-y ] ~=1.2", "a[x-y,z]~=1.2"), ("a[]", "a"), ("a==1.*", "a==1.*"),
      ("a===weird", "a===weird"),
      ("a;python_version<'3'", "a; python_version<'3'"),
      (
        #"a>1 ; (os_name == "nt" or extra == 'x') and "a" not  in sys_platform"#,
        #"a>1; (os_name == "nt" or extra == 'x') and "a" not  in sys_platform"#
      ),
      ("a @ https://h/a.whl", "a @ https://h/a.whl"), ("a[x]@https://h/a;b.whl", "a[x] @ https://h/a;b.whl"),
      ("a @ file:///x ; os_name == 'nt'", "a @ file:///x ; os_name == 'nt'"),
      ("git+https://h/o/Para_pred.git@e0548be", "git+https://h/o/Para_pred.git@e0548be"),
    ])
  func reading(text: String, description: String) throws {
    let requirement = try Requirement(parsing: text)
    #expect(requirement.description == description)
    #expect(try Requirement(parsing: description) == requirement)
  }

  @Test(
    "a bare URL tells the name",
    arguments: [
      ("git+https://github.com/alchemab/parapred-pytorch.git@e0548be", "parapred-pytorch"),
      ("git+https://h/o/Name_x", "name-x"), ("git+ssh://git@h/o/n.git", "n"),
      ("git+https://h/o/n.git#egg=Other[x]&subdirectory=p", "other"),
      ("https://h/numpy-2.2.6-cp313-cp313-win_amd64.whl?x=1", "numpy"),
      ("https://h/scikit-learn-1.6.1.tar.gz", "scikit-learn"),
    ])
  func bareURL(text: String, name: String) throws {
    let requirement = try Requirement(parsing: text)
    #expect(requirement.name.normalized == name)
    #expect(requirement.url == text)
    #expect(requirement.isBareURL)
  }

  @Test(
    "what is no requirement is refused with a hint",
    arguments: [
      ("", "write NAME, NAME==1.2.3, NAME[extra]>=1,<2 or NAME @ URL"),
      ("-r requirements.txt", "options of pip don't go here; see the keys under 'packages' and 'registries'"),
      ("./local", "a path is written as 'NAME @ file:///…'"), ("numpy=1", "write == for an exact version"),
      ("numpy 1.2", "write an operator before the version, as in ==1.2"),
      ("numpy=>1", "write == for an exact version"),
      ("numpy>1 <2", "the operators are == != >= <= > < ~= ===, as in >=1,<2"),
      ("numpy>1,,<2", "the operators are == != >= <= > < ~= ===, as in >=1,<2"),
      ("numpy~=1", "the operators are == != >= <= > < ~= ===, as in >=1,<2"),
      ("numpy>1.*", "the operators are == != >= <= > < ~= ===, as in >=1,<2"),
      ("numpy[x", "the '[' is not closed"),
      ("numpy[x y]", "extras are names with commas between, as in [fast,io]"),
      ("a @ b", "a URL follows the '@', as in https:// or git+https://"),
      ("a @ https://h/x y", "only a marker can follow a URL, after ' ;'"),
      ("a; python_versoin < '3'", "did you mean 'python_version' in the marker?"),
      ("a; python_version < 3", "put '3' in the marker in quotes"),
      ("a; python_version", "the marker lacks a comparison, as in python_version < '3.12'"),
      ("a; (os_name == 'x'", "a '(' in the marker is not closed"),
      ("a; os_name == 'x", "a quote in the marker is not closed"),
      ("a;", "a marker compares a variable with a quoted text, as in sys_platform == 'linux'"),
      (
        "a; os_name == 'x' os_name == 'y'",
        "the marker ends before 'os_name == 'y''; join comparisons with 'and' or 'or'"
      ),
      ("https://h/", "the URL doesn't tell the package's name; write 'NAME @ https://h/'"),
    ])
  func refused(text: String, hint: String) {
    let error = #expect(throws: ParseError.self) { try Requirement(parsing: text) }
    #expect(error?.hint == hint)
  }

  @Test("a marker of a thousand parentheses is refused, not followed")
  func deepMarker() {
    #expect(throws: ParseError.self) {
      try Requirement(parsing: "a; " + String(repeating: "(", count: 100_000))
    }
  }

  @Test(
    "pinning keeps extras and marker and drops the URL",
    arguments: [
      ("scipy[x]>=1", "1.15.3", "scipy[x]==1.15.3"),
      ("a>1; os_name == 'nt'", ">= 2, <3", "a>=2,<3; os_name == 'nt'"),
      ("a @ https://h/a.whl", "1.*", "a==1.*"), ("git+https://h/a.git", "2.7.0+cu126", "a==2.7.0+cu126"),
    ])
  func pinned(text: String, version: String, description: String) throws {
    #expect(try Requirement(parsing: text).pinned(to: version).description == description)
  }

  @Test("pinning to what is no version is refused", arguments: ["", "one", ">", "1 2", "==", "1.*.2"])
  func pinnedToNothing(version: String) throws {
    let requirement = try Requirement(parsing: "a")
    #expect(throws: ParseError.self) { try requirement.pinned(to: version) }
  }
}
