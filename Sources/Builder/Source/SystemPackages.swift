/// Which package of Debian and Ubuntu has what builds ask for most.
enum SystemPackages {
  /// By the header's path, then by its first folder.
  static func header(_ name: String) -> String? {
    headers[name] ?? name.split(separator: "/").first.flatMap { name.contains("/") ? headers["\($0)/"] : nil }
  }

  private static let headers = [
    "Python.h": "libpython3-dev", "zlib.h": "zlib1g-dev", "bzlib.h": "libbz2-dev", "lzma.h": "liblzma-dev",
    "zstd.h": "libzstd-dev", "lz4.h": "liblz4-dev", "ffi.h": "libffi-dev", "expat.h": "libexpat1-dev",
    "sqlite3.h": "libsqlite3-dev", "curl/": "libcurl4-openssl-dev", "openssl/": "libssl-dev",
    "libxml/": "libxml2-dev", "libxslt/": "libxslt1-dev", "yaml.h": "libyaml-dev", "jpeglib.h": "libjpeg-dev",
    "png.h": "libpng-dev", "tiff.h": "libtiff-dev", "ft2build.h": "libfreetype-dev",
    "cairo.h": "libcairo2-dev",
    "hdf5.h": "libhdf5-dev", "netcdf.h": "libnetcdf-dev", "geos_c.h": "libgeos-dev", "proj.h": "libproj-dev",
    "gdal.h": "libgdal-dev", "fftw3.h": "libfftw3-dev", "gmp.h": "libgmp-dev", "mpfr.h": "libmpfr-dev",
    "mpc.h": "libmpc-dev", "cblas.h": "libopenblas-dev", "lapacke.h": "liblapacke-dev",
    "mpi.h": "libopenmpi-dev",
    "libpq-fe.h": "libpq-dev", "mysql.h": "default-libmysqlclient-dev", "ldap.h": "libldap-dev",
    "lber.h": "libldap-dev", "sasl/": "libsasl2-dev", "gssapi/": "libkrb5-dev", "krb5.h": "libkrb5-dev",
    "uuid/": "uuid-dev", "pcap.h": "libpcap-dev", "portaudio.h": "portaudio19-dev",
    "sndfile.h": "libsndfile1-dev",
    "alsa/": "libasound2-dev", "X11/": "libx11-dev", "GL/": "libgl-dev", "SDL2/": "libsdl2-dev",
    "boost/": "libboost-dev", "Eigen/": "libeigen3-dev", "snappy.h": "libsnappy-dev",
    "snappy-c.h": "libsnappy-dev",
    "leveldb/": "libleveldb-dev", "rocksdb/": "librocksdb-dev", "magic.h": "libmagic-dev",
    "zmq.h": "libzmq3-dev",
    "sodium.h": "libsodium-dev", "ncurses.h": "libncurses-dev", "readline/": "libreadline-dev",
    "systemd/": "libsystemd-dev", "libudev.h": "libudev-dev", "libusb.h": "libusb-1.0-0-dev",
    "graphviz/": "libgraphviz-dev", "json-c/": "libjson-c-dev", "re2/": "libre2-dev",
    "event.h": "libevent-dev",
    "ev.h": "libev-dev", "sys/capability.h": "libcap-dev", "attr/": "libattr1-dev",
    "glib.h": "libglib2.0-dev",
    "dbus/": "libdbus-1-dev", "parasail.h": "libparasail-dev", "htslib/": "libhts-dev",
  ]

  /// By the name after `-l`.
  static let library = [
    "z": "zlib1g-dev", "bz2": "libbz2-dev", "lzma": "liblzma-dev", "zstd": "libzstd-dev", "ssl": "libssl-dev",
    "crypto": "libssl-dev", "ffi": "libffi-dev", "curl": "libcurl4-openssl-dev", "xml2": "libxml2-dev",
    "xslt": "libxslt1-dev", "yaml": "libyaml-dev", "jpeg": "libjpeg-dev", "png": "libpng-dev",
    "openblas": "libopenblas-dev", "blas": "libblas-dev", "lapack": "liblapack-dev", "gfortran": "gfortran",
    "gomp": "libgomp1", "pq": "libpq-dev", "sqlite3": "libsqlite3-dev", "gmp": "libgmp-dev",
    "hdf5": "libhdf5-dev",
    "geos_c": "libgeos-dev", "proj": "libproj-dev", "fftw3": "libfftw3-dev", "usb-1.0": "libusb-1.0-0-dev",
  ]

  /// By the program's name in lower case.
  static let tool = [
    "cc": "gcc", "gcc": "gcc", "c++": "g++", "g++": "g++", "clang": "clang", "gfortran": "gfortran",
    "make": "make", "cmake": "cmake", "ninja": "ninja-build", "meson": "meson", "autoconf": "autoconf",
    "automake": "automake", "autoreconf": "autoconf", "aclocal": "automake", "libtool": "libtool",
    "libtoolize": "libtool", "pkg-config": "pkg-config", "pkgconfig": "pkg-config", "swig": "swig",
    "flex": "flex",
    "bison": "bison", "yacc": "bison", "m4": "m4", "git": "git", "cargo": "cargo", "rustc": "rustc",
    "go": "golang-go",
    "nasm": "nasm", "yasm": "yasm", "patch": "patch", "gperf": "gperf", "perl": "perl",
    "protoc": "protobuf-compiler",
    "llvm-config": "llvm-dev", "mysql_config": "default-libmysqlclient-dev", "pg_config": "libpq-dev",
    "krb5-config": "libkrb5-dev", "xml2-config": "libxml2-dev", "xslt-config": "libxslt1-dev",
    "curl-config": "libcurl4-openssl-dev", "gdal-config": "libgdal-dev", "geos-config": "libgeos-dev",
    "nc-config": "libnetcdf-dev", "mpicc": "libopenmpi-dev", "nvcc": "nvidia-cuda-toolkit", "wget": "wget",
    "curl": "curl", "unzip": "unzip", "xxd": "xxd", "help2man": "help2man", "gettext": "gettext",
  ]
}
