// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
]

func library(_ name: String, _ dependencies: Target.Dependency...) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func system(_ name: String, pkgConfig: String) -> Target {
    .systemLibrary(name: name, path: "Sources/C/\(name)", pkgConfig: pkgConfig)
}

func tests(
    _ name: String,
    _ dependencies: Target.Dependency...,
    exclude: [String] = []
) -> Target {
    .testTarget(
        name: name + "Tests",
        dependencies: [.target(name: name), "TestSupport"] + dependencies,
        exclude: exclude,
        swiftSettings: strict
    )
}

let package = Package(
    name: "tacit",
    products: [
        .executable(name: "tacit", targets: ["tacit"])
    ],
    targets: [
        // C: system libraries, and the only C we write.
        system("CYAML", pkgConfig: "yaml-0.1"),
        system("CFUSE", pkgConfig: "fuse3"),
        system("COpenSSL", pkgConfig: "libcrypto"),
        system("CZlib", pkgConfig: "zlib"),
        // Opened when they are first needed, so not linked.
        .systemLibrary(name: "CCurl", path: "Sources/C/CCurl"),
        .systemLibrary(name: "CGit2", path: "Sources/C/CGit2"),
        system("CZstd", pkgConfig: "libzstd"),
        .target(
            name: "CLinux",
            path: "Sources/C/CLinux",
            cSettings: [
                .treatAllWarnings(as: .error), .enableWarning("all"), .enableWarning("extra"),
            ]
        ),

        // Wrappers: the only targets that import C or say `unsafe`.
        library("Platform", "CLinux"),
        library("YAML", "CYAML", "Diagnostics", "JSON"),
        library("FUSE", "CFUSE", "Platform"),
        library("Cryptography", "COpenSSL", "Platform"),
        library("Compression", "CZlib", "CZstd"),
        library("HTTP", "CCurl", "Cryptography", "Platform"),
        library("Git", "CGit2", "CCurl", "CZlib", "HTTP", "Cryptography", "Platform"),

        // Pure: no I/O, no clock, no environment, no randomness.
        library("Diagnostics"),
        library("JSON"),
        library("Redaction", "Compression", "Cryptography", "Platform"),
        library("CEL"),
        library("Tekton", "CEL", "YAML", "JSON", "Diagnostics"),

        // Domain.
        library(
            "Secrets",
            "Tekton",
            "YAML",
            "JSON",
            "Diagnostics",
            "Cryptography",
            "HTTP",
            "Platform"
        ),
        library("SecretFS", "Secrets", "FUSE", "Platform", "Cryptography"),
        library("Sandbox", "Platform", "Cryptography"),
        library("Resolution", "Tekton", "JSON", "HTTP", "Git", "Cryptography", "Platform"),
        library("RunRecords", "Tekton", "JSON", "Cryptography", "Platform", "Diagnostics"),
        library(
            "RunEngine",
            "Git",
            "CEL",
            "Tekton",
            "Secrets",
            "SecretFS",
            "Sandbox",
            "Redaction",
            "Platform",
            "Diagnostics",
            "JSON",
            "YAML",
            "Cryptography"
        ),

        // Edge.
        library(
            "TacitCLI",
            "RunEngine",
            "Resolution",
            "Git",
            "RunRecords",
            "Tekton",
            "Secrets",
            "SecretFS",
            "Sandbox",
            "Redaction",
            "Compression",
            "Platform",
            "Diagnostics",
            "JSON",
            "YAML",
            "Cryptography"
        ),
        .executableTarget(
            name: "tacit",
            dependencies: ["TacitCLI"],
            swiftSettings: strict,
            // All symbols are looked up at the start: the launcher lets go of the libraries (CLinux's
            // libraries.c), and what holds their addresses is read-only from then on.
            linkerSettings: [.unsafeFlags(["-Xlinker", "-z", "-Xlinker", "now"])]
        ),
        .executableTarget(
            name: "tacit-bench",
            dependencies: ["Platform", "Redaction"],
            exclude: ["reference"],
            swiftSettings: strict
        ),

        // Tests.
        tests("JSON"),
        tests("YAML", "JSON", "Diagnostics"),
        tests("CEL"),
        tests("Diagnostics"),
        tests("TacitCLI", "Platform", "Diagnostics", "JSON", "Redaction", "YAML", "Tekton"),
        .target(
            name: "TestSupport",
            dependencies: ["Platform", "JSON"],
            path: "Tests/TestSupport",
            exclude: ["servers", "schemas"],
            swiftSettings: strict
        ),
        tests("Platform"),
        tests("Cryptography", "Platform"),
        tests(
            "Secrets",
            "Tekton",
            "YAML",
            "JSON",
            "Diagnostics",
            "Cryptography",
            "HTTP",
            "Platform"
        ),
        tests("Tekton", "YAML", "JSON", "Diagnostics"),
        tests("Redaction", "Compression", "JSON", "Platform"),
        tests("Compression"),
        tests("Resolution", "Tekton", "JSON", "HTTP", "Git", "Cryptography", "Platform"),
        tests("HTTP", "Cryptography", "Platform"),
        tests("Git", "Cryptography", "Platform", exclude: ["hostile-server.py", "proxy.py"]),
        tests("FUSE", "Platform"),
        tests("SecretFS", "FUSE", "Secrets", "Platform", "Cryptography"),
        tests(
            "Sandbox",
            "Platform",
            "Cryptography",
            "Secrets",
            "SecretFS",
            exclude: ["bubblewrap.arguments"]
        ),
        tests("RunRecords", "Tekton", "JSON", "Cryptography", "Platform"),
        tests(
            "RunEngine",
            "Tekton",
            "Secrets",
            "SecretFS",
            "Sandbox",
            "Redaction",
            "Platform",
            "Diagnostics",
            "JSON",
            "YAML",
            "Cryptography"
        ),
        .testTarget(
            name: "AcceptanceTests",
            dependencies: ["tacit", "TestSupport", "Platform", "JSON"],
            swiftSettings: strict
        ),
    ],
    swiftLanguageModes: [.v6]
)
