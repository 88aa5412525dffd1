#pragma once
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/param_build.h>
#include <openssl/params.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rand.h>

/// A macro of macros, which Swift does not import.
static inline int copenssl_keypair(void) { return EVP_PKEY_KEYPAIR; }

/// Adds n, e or d of an RSA key. The builder keeps the name's address, which Swift's strings do not have.
static inline int copenssl_push_rsa_number(OSSL_PARAM_BLD *builder, int place, const BIGNUM *number) {
    static const char *const names[] = {OSSL_PKEY_PARAM_RSA_N, OSSL_PKEY_PARAM_RSA_E, OSSL_PKEY_PARAM_RSA_D};
    return OSSL_PARAM_BLD_push_BN(builder, names[place], number);
}
