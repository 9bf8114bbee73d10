#pragma once

#include <openssl/evp.h>
#include <stdbool.h>
#include <stddef.h>

// Streaming digests. A state that libcrypto can't make is NULL; the caller says so.

static inline EVP_MD_CTX *ccrypto_begin(const EVP_MD *algorithm) {
  EVP_MD_CTX *state = EVP_MD_CTX_new();
  if (state != NULL && EVP_DigestInit_ex(state, algorithm, NULL) != 1) {
    EVP_MD_CTX_free(state);
    return NULL;
  }
  return state;
}

static inline EVP_MD_CTX *ccrypto_begin_sha256(void) { return ccrypto_begin(EVP_sha256()); }

static inline EVP_MD_CTX *ccrypto_begin_sha1(void) { return ccrypto_begin(EVP_sha1()); }

static inline bool ccrypto_update(EVP_MD_CTX *state, const void *bytes, size_t count) {
  return EVP_DigestUpdate(state, bytes, count) == 1;
}

// Writes the digest of what came so far (at most EVP_MAX_MD_SIZE bytes) and returns its length; 0 is a failure.
static inline unsigned int ccrypto_finish(EVP_MD_CTX *state, unsigned char *digest) {
  unsigned int length = 0;
  return EVP_DigestFinal_ex(state, digest, &length) == 1 ? length : 0;
}

static inline void ccrypto_free(EVP_MD_CTX *state) { EVP_MD_CTX_free(state); }
