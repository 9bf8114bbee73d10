import Model
import SystemPackage
import TestSupport
import Testing

@testable import Layers

@Suite struct ZipDirectoryTests {
  @Test("members behind 4 GiB are found by Python", .enabled(if: isInstalled("python3")))
  func large() async throws {
    try await Scratch.with { scratch in
      var zip = ZipMaker()
      zip.addFile("a/é.txt", "first")
      zip.addFile("b.txt", "second")
      let source = scratch.directory.appending("source.zip")
      try writeAtomically(zip.bytes, to: source)
      let base: Int64 = 5 << 30
      let large = scratch.directory.appending("large.zip")
      let file = try FileDescriptor.open(large, .readWrite, options: .create, permissions: .ownerReadWrite)
      try file.closeAfter {
        let input = try FileDescriptor.open(source, .readOnly)
        try input.closeAfter {
          let (directory, size) = try ZipDirectory.read(input, size: Int64(zip.bytes.count), path: source)
          var moved = ZipDirectory()
          try moved.append(directory, movedTo: base, path: source)
          // Through its own zip64 form once more, as a layer of more than 4 GiB would be.
          try file.seek(offset: base, from: .start)
          #expect(try file.append(input, limit: size) == size)
          try file.writeAll(moved.encoded(at: base + size))
          let (again, begin) = try ZipDirectory.read(
            file, size: file.seek(offset: 0, from: .end), path: large)
          #expect(begin == base + size && again.count == 2)
          var back = ZipDirectory()
          try back.append(again, movedTo: 0, path: large)
          #expect(back.headers == moved.headers)
        }
      }
      let (status, output) = try shell(
        "python3 -X utf8 -c 'import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1])\n"
          + "print([(n, z.read(n)) for n in z.namelist()])' '\(large)'")
      #expect(status == 0 && output == "[('a/é.txt', b'first'), ('b.txt', b'second')]\n", "\(output)")
    }
  }
}
