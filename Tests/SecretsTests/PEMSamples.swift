// SPDX-License-Identifier: Apache-2.0

/// Keys and a certificate that protect nothing; made with openssl(1) for these tests.
enum PEMSamples {
    /// A self-signed certificate.
    static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBbjCCARWgAwIBAgIUQhVC85OX27j4zUGDq5OySG92e7gwCgYIKoZIzj0EAwIw
        DDEKMAgGA1UEAwwBYTAgFw0yNjExMjQxMTEzMzNaGA8yMTI2MTAzMTExMTMzM1ow
        DDEKMAgGA1UEAwwBYTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABPirtma/n2iq
        VQ6idhY+k4AM9NYi0dV6ZFmbkWUHkjamD2OiUmxmUvILwnIpNg5PvElR/RlMH4fu
        Hriaya6AJqGjUzBRMB0GA1UdDgQWBBSCJjPdwCn6VLWe64KoXY5nZMct4jAfBgNV
        HSMEGDAWgBSCJjPdwCn6VLWe64KoXY5nZMct4jAPBgNVHRMBAf8EBTADAQH/MAoG
        CCqGSM49BAMCA0cAMEQCIBNv5TwpXHTxsrXlT3LvXaMcIYWcip7cSN+S0kOVTNWQ
        AiB8cFUYzzekMUgs7JJClDEiJlGSCOSNOPT77IyOkMHKbg==
        -----END CERTIFICATE-----

        """

    /// Its key, PKCS #8.
    static let curveKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgSsby/o+TP3fIFK79
        cc1COJWKSKxvXRDaKwcifPGeu+ehRANCAAT4q7Zmv59oqlUOonYWPpOADPTWItHV
        emRZm5FlB5I2pg9jolJsZlLyC8JyKTYOT7xJUf0ZTB+H7h64msmugCah
        -----END PRIVATE KEY-----

        """

    /// The same key, SEC 1.
    static let traditionalCurveKey = """
        -----BEGIN EC PRIVATE KEY-----
        MHcCAQEEIErG8v6Pkz93yBSu/XHNQjiVikisb10Q2isHInzxnrvnoAoGCCqGSM49
        AwEHoUQDQgAE+Ku2Zr+faKpVDqJ2Fj6TgAz01iLR1XpkWZuRZQeSNqYPY6JSbGZS
        8gvCcik2Dk+8SVH9GUwfh+4euJrJroAmoQ==
        -----END EC PRIVATE KEY-----

        """

    /// An RSA key of 512 bits, PKCS #8.
    static let rsaKey = """
        -----BEGIN PRIVATE KEY-----
        MIIBVgIBADANBgkqhkiG9w0BAQEFAASCAUAwggE8AgEAAkEA1f5AFqhVX9JFI27d
        eCQE0c2oVEGO0UIky1fxcXHySjtRoOARhev3BxRB11aOVCRt0DIWE+3CTvsSuExl
        n5c//wIDAQABAkBgFSLNiZObzJvChxrlwLZxRXgZLL5lct92deww1crGTP1qpQZf
        x7DNbsQchRX3h43kKhWCW7l72F6RQ2ZeWoaBAiEA+yi1sfAzgjUA9ZpevGjHqr2B
        KQVf/qsh6uwsfImAy2ECIQDaHidWROGrvcYZjzSXrXnpTWXDPeeZgILQrk1Tm9An
        XwIhAOA4u90bYCDCSRT6t9Dkijy36fNBRS4KgcFFD4IvD7iBAiEAgcFMb3K8uVlE
        3vGlPNIzYwnrDtHl1BhyOchnMeTQWIsCIQCiUaxnO1iiRJvsYWDoOVTTg8wFuUmF
        XKHdnGEDlEYsaw==
        -----END PRIVATE KEY-----

        """

    /// The same key, PKCS #1.
    static let traditionalRSAKey = """
        -----BEGIN RSA PRIVATE KEY-----
        MIIBPAIBAAJBANX+QBaoVV/SRSNu3XgkBNHNqFRBjtFCJMtX8XFx8ko7UaDgEYXr
        9wcUQddWjlQkbdAyFhPtwk77ErhMZZ+XP/8CAwEAAQJAYBUizYmTm8ybwoca5cC2
        cUV4GSy+ZXLfdnXsMNXKxkz9aqUGX8ewzW7EHIUV94eN5CoVglu5e9hekUNmXlqG
        gQIhAPsotbHwM4I1APWaXrxox6q9gSkFX/6rIersLHyJgMthAiEA2h4nVkThq73G
        GY80l6156U1lwz3nmYCC0K5NU5vQJ18CIQDgOLvdG2AgwkkU+rfQ5Io8t+nzQUUu
        CoHBRQ+CLw+4gQIhAIHBTG9yvLlZRN7xpTzSM2MJ6w7R5dQYcjnIZzHk0FiLAiEA
        olGsZztYokSb7GFg6DlU04PMBblJhVyh3ZxhA5RGLGs=
        -----END RSA PRIVATE KEY-----

        """

    /// An Ed25519 key.
    static let edwardsKey = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEIJfQK9uzugSseeJsLCdHIPs/DJflLDVnbe9SX1JBrA6t
        -----END PRIVATE KEY-----

        """

    /// A key under a passphrase.
    static let encryptedKey = """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAj/feXdMZXLrwICCAAw
        DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEH6Cy5kbuF6o/q95/VxH3FsEgZDo
        JfCr9dzkmRT7QOLf7WeyAwfxgiV22eLTOI7SmDLUQlex7SdYbo9fExGoT1JIJjXu
        HYfOJRV/1iciSX0vf96uRv7e1pWF7jnHHJRkL8b7LtXdBSbuLBPRtygNQk4V+tJQ
        jZJXr9T+LTSDvgwgBQUPHhwNFq/IEmwuSsi4wJ3RI+sziX+gIgLwXYQJTpNHdGA=
        -----END ENCRYPTED PRIVATE KEY-----

        """
}
