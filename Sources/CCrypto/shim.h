#pragma once

#include <openssl/evp.h>
#include <openssl/rand.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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

static inline EVP_MD_CTX *ccrypto_begin_blake2b512(void) { return ccrypto_begin(EVP_blake2b512()); }

static inline bool ccrypto_update(EVP_MD_CTX *state, const void *bytes, size_t count) {
  return EVP_DigestUpdate(state, bytes, count) == 1;
}

// Writes the digest of what came so far (at most EVP_MAX_MD_SIZE bytes) and returns its length; 0 is a failure.
static inline unsigned int ccrypto_finish(EVP_MD_CTX *state, unsigned char *digest) {
  unsigned int length = 0;
  return EVP_DigestFinal_ex(state, digest, &length) == 1 ? length : 0;
}

static inline void ccrypto_free(EVP_MD_CTX *state) { EVP_MD_CTX_free(state); }

// Ed25519 (RFC 8032): seeds and public keys of 32 bytes, signatures of 64. False: libcrypto could not, or, where a
// signature is checked, it isn't one.

static inline bool ccrypto_ed25519_public_key(const unsigned char *seed, unsigned char *key) {
  EVP_PKEY *pair = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed, 32);
  size_t length = 32;
  bool is_done = pair != NULL && EVP_PKEY_get_raw_public_key(pair, key, &length) == 1 && length == 32;
  EVP_PKEY_free(pair);
  return is_done;
}

static inline bool ccrypto_ed25519_sign(const unsigned char *seed, const unsigned char *bytes, size_t count,
                                        unsigned char *signature) {
  EVP_PKEY *pair = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed, 32);
  EVP_MD_CTX *state = EVP_MD_CTX_new();
  size_t length = 64;
  bool is_done = pair != NULL && state != NULL && EVP_DigestSignInit(state, NULL, NULL, NULL, pair) == 1 &&
                 EVP_DigestSign(state, signature, &length, bytes, count) == 1 && length == 64;
  EVP_MD_CTX_free(state);
  EVP_PKEY_free(pair);
  return is_done;
}

static inline bool ccrypto_ed25519_verify(const unsigned char *key, const unsigned char *bytes, size_t count,
                                          const unsigned char *signature) {
  EVP_PKEY *half = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, key, 32);
  EVP_MD_CTX *state = EVP_MD_CTX_new();
  bool is_valid = half != NULL && state != NULL && EVP_DigestVerifyInit(state, NULL, NULL, NULL, half) == 1 &&
                  EVP_DigestVerify(state, signature, 64, bytes, count) == 1;
  EVP_MD_CTX_free(state);
  EVP_PKEY_free(half);
  return is_valid;
}

// scrypt (RFC 7914) with the block size 8; it takes 1024 * rounds bytes of memory.
static inline bool ccrypto_scrypt(const char *password, size_t password_length, const unsigned char *salt,
                                  size_t salt_length, uint64_t rounds, uint64_t lanes, unsigned char *key,
                                  size_t key_length) {
  uint64_t memory = 1024 * (rounds + lanes + 4);
  return EVP_PBE_scrypt(password, password_length, salt, salt_length, rounds, 8, lanes, memory, key, key_length) == 1;
}

static inline bool ccrypto_random(unsigned char *bytes, int count) { return RAND_bytes(bytes, count) == 1; }
