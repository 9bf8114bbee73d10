#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

// libarchive converts names with the thread's locale; in the C locale it returns NULL for, or crashes on,
// names that are not ASCII. These two put one thread into UTF-8 around a call and back.

static inline locale_t carchive_utf8_locale(void) {
  static locale_t shared;
  locale_t found = __atomic_load_n(&shared, __ATOMIC_ACQUIRE);
  if (found) return found;
  locale_t made = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
  if (!made) made = newlocale(LC_CTYPE_MASK, "en_US.UTF-8", (locale_t)0);
  if (!made) return made;
  locale_t expected = (locale_t)0;
  if (__atomic_compare_exchange_n(&shared, &expected, made, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) return made;
  freelocale(made);
  return expected;
}

// The locale to give back to carchive_leave_utf8.
static inline locale_t carchive_enter_utf8(void) {
  locale_t utf8 = carchive_utf8_locale();
  return utf8 ? uselocale(utf8) : (locale_t)0;
}

static inline void carchive_leave_utf8(locale_t previous) {
  if (previous) uselocale(previous);
}

// The cast macros of archive_entry.h that Swift cannot import.
enum carchive_file_type {
  carchive_type_mask = 0170000,
  carchive_type_regular = 0100000,
  carchive_type_symlink = 0120000,
  carchive_type_directory = 0040000,
};

// A part of a file as libarchive's input: a member of a .deb, which is an ar archive.
struct carchive_range {
  int descriptor;
  int64_t offset;
  int64_t end;
  char buffer[1 << 17];
};

static inline la_ssize_t carchive_range_read(struct archive *archive, void *state, const void **bytes) {
  struct carchive_range *range = (struct carchive_range *)state;
  int64_t left = range->end - range->offset;
  size_t wanted = left < (int64_t)sizeof(range->buffer) ? (size_t)left : sizeof(range->buffer);
  ssize_t count;
  do count = pread(range->descriptor, range->buffer, wanted, range->offset);
  while (count < 0 && errno == EINTR);
  if (count < 0) {
    archive_set_error(archive, errno, "cannot read");
    return ARCHIVE_FATAL;
  }
  range->offset += count;
  *bytes = range->buffer;
  return count;
}

static inline int carchive_range_close(struct archive *archive, void *state) {
  (void)archive;
  free(state);
  return ARCHIVE_OK;
}

// Opens bytes [offset, offset + length) of the descriptor, which must stay open until the archive is freed.
static inline int carchive_open_range(struct archive *archive, int descriptor, int64_t offset, int64_t length) {
  struct carchive_range *range = (struct carchive_range *)malloc(sizeof(struct carchive_range));
  if (!range) return ARCHIVE_FATAL;
  range->descriptor = descriptor;
  range->offset = offset;
  range->end = offset + length;
  return archive_read_open2(archive, range, NULL, carchive_range_read, NULL, carchive_range_close);
}

#ifdef __linux__
#include <fcntl.h>
// glibc declares syncfs(2) only to GNU sources, as copy_file_range(2) below.
extern int syncfs(int descriptor);
#include <linux/fs.h>
#include <sys/ioctl.h>

// Makes the output share the input's blocks until one of them is written to; false where the file system can't.
static inline bool carchive_clone(int input, int output) { return ioctl(output, FICLONE, input) == 0; }

// A file in the directory without a name, which goes when its descriptor is closed; -1 where there are none.
static inline int carchive_open_unnamed(const char *directory) {
#ifdef __O_TMPFILE
  return open(directory, __O_TMPFILE | O_DIRECTORY | O_RDWR | O_CLOEXEC, 0600);
#else
  return -1;
#endif
}

// glibc declares copy_file_range(2) only to GNU sources, which modules are not.
extern ssize_t copy_file_range(int input, int64_t *input_offset, int output, int64_t *output_offset, size_t length,
                               unsigned int flags);

static inline ssize_t carchive_copy_range(int input, int64_t *offset, int output, size_t length) {
  return copy_file_range(input, offset, output, NULL, length, 0);
}
#endif
