// SPDX-License-Identifier: Apache-2.0

/// What stands in on the host for a step's image.
package struct ImageTable: Sendable {
    package struct Entry: Sendable, Hashable {
        /// The image's name without registry, tag and digest (`alpine/git`); `*` matches any text
        /// without a slash.
        package var pattern: String
        /// What runs when a step has neither `command` nor `script`; empty when unknown.
        package var entrypoint: [String]
        /// Host directories laid over the root, the first on top.
        package var layers: [String]
        /// Whether the image's shell is busybox's.
        package var hasBusybox: Bool
        /// Whether the image brings `git`, or Tekton's `git-init`.
        package var hasGit: Bool

        package init(
            pattern: String,
            entrypoint: [String] = [],
            layers: [String] = [],
            hasBusybox: Bool = false,
            hasGit: Bool = false
        ) {
            self.pattern = pattern
            self.entrypoint = entrypoint
            self.layers = layers
            self.hasBusybox = hasBusybox
            self.hasGit = hasGit
        }
    }

    /// The first that matches counts.
    package var entries: [Entry]

    package init(entries: [Entry]) {
        self.entries = entries
    }

    /// The entry for an image reference; `nil` when the table has none.
    ///
    /// An image whose tag says that it is built on alpine (`node:22-alpine`) has alpine's shell.
    package func entry(for image: String) -> Entry? {
        let name = ImageTable.name(of: image)
        let own = entries.first { entry in
            ImageTable.suffixes(of: name).contains { ImageTable.matches($0, entry.pattern[...]) }
        }
        let tag = image.dropFirst(name.count).prefix { $0 != "@" }
        guard tag.contains("alpine"), own?.layers.isEmpty ?? true,
            let alpine = entries.first(where: { $0.pattern == "alpine" })
        else { return own }
        var entry = own ?? Entry(pattern: name)
        entry.layers = alpine.layers
        entry.hasBusybox = true
        return entry
    }

    /// `registry.example:5000/library/bash:5@sha256:...` is `registry.example:5000/library/bash`.
    static func name(of image: String) -> String {
        var name = image.prefix { $0 != "@" }
        if let colon = name.lastIndex(of: ":"), !name[colon...].contains("/") {
            name = name[..<colon]
        }
        return String(name)
    }

    /// `a/b/c`, `b/c` and `c`.
    private static func suffixes(of name: String) -> [Substring] {
        [name[...]] + name.indices.filter { name[$0] == "/" }.map { name[name.index(after: $0)...] }
    }

    private static func matches(_ text: Substring, _ pattern: Substring) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        if first == "*" {
            var rest = text
            while true {
                if matches(rest, pattern.dropFirst()) { return true }
                guard let next = rest.first, next != "/" else { return false }
                rest = rest.dropFirst()
            }
        }
        return text.first == first && matches(text.dropFirst(), pattern.dropFirst())
    }

    /// The official bash image runs its arguments, or bash where the first is an option or none is given.
    private static let bashEntrypoint =
        "case \"$1\" in -*|'') exec bash \"$@\";; *) exec \"$@\";; esac"

    /// The official node image runs its arguments, or node where the first is an option or no command.
    private static let nodeEntrypoint =
        "case \"$1\" in -*|'') exec node \"$@\";; esac; "
        + "command -v \"$1\" >/dev/null && exec \"$@\"; exec node \"$@\""

    /// Well-known images and what they run by default.
    ///
    /// An image without an ENTRYPOINT keeps its CMD even when a step gives `args`, as Tekton's
    /// entrypoint lookup does.
    package static let builtIn = ImageTable(entries: [
        Entry(pattern: "ubuntu", entrypoint: ["/bin/bash"]),
        Entry(pattern: "debian", entrypoint: ["bash"]),
        Entry(pattern: "fedora", entrypoint: ["/bin/bash"]),
        Entry(pattern: "centos", entrypoint: ["/bin/bash"]),
        Entry(pattern: "rockylinux", entrypoint: ["/bin/bash"]),
        Entry(pattern: "ubi*/ubi*", entrypoint: ["/bin/bash"]),
        Entry(pattern: "alpine", entrypoint: ["/bin/sh"], hasBusybox: true),
        Entry(pattern: "busybox", entrypoint: ["sh"], hasBusybox: true),
        Entry(
            pattern: "bash",
            entrypoint: ["sh", "-c", bashEntrypoint, "docker-entrypoint.sh"],
            hasBusybox: true
        ),
        Entry(pattern: "golang", entrypoint: ["bash"]),
        Entry(pattern: "gcc", entrypoint: ["bash"]),
        Entry(pattern: "buildpack-deps", entrypoint: ["bash"]),
        Entry(pattern: "python", entrypoint: ["python3"]),
        Entry(
            pattern: "node",
            entrypoint: ["sh", "-c", nodeEntrypoint, "docker-entrypoint.sh"]
        ),
        Entry(pattern: "perl", entrypoint: ["perl"]),
        Entry(pattern: "ruby", entrypoint: ["irb"]),
        Entry(pattern: "alpine/git", entrypoint: ["git"], hasBusybox: true, hasGit: true),
        Entry(pattern: "bitnami/git", entrypoint: ["git"], hasGit: true),
        Entry(pattern: "plumbing/alpine-git*", hasBusybox: true, hasGit: true),
        Entry(
            pattern: "tektoncd-catalog/git-clone",
            entrypoint: ["/ko-app/git-init"],
            hasGit: true
        ),
        Entry(pattern: "cmd/git-init", entrypoint: ["/ko-app/git-init"], hasGit: true),
        Entry(pattern: "curlimages/curl", entrypoint: ["curl"], hasBusybox: true),
        Entry(pattern: "alpine/curl", entrypoint: ["curl"], hasBusybox: true),
        Entry(pattern: "amazon/aws-cli", entrypoint: ["aws"]),
        Entry(pattern: "bitnami/kubectl", entrypoint: ["kubectl"]),
        Entry(pattern: "go-containerregistry/crane", entrypoint: ["crane"]),
        Entry(pattern: "cytopia/checkmake", entrypoint: ["checkmake"]),
        Entry(pattern: "mikefarah/yq", entrypoint: ["yq"]),
        Entry(pattern: "docker", entrypoint: ["docker"], hasBusybox: true),
        Entry(pattern: "kaniko-project/executor", entrypoint: ["/kaniko/executor"]),
        Entry(pattern: "*/k8s-kubectl", entrypoint: ["kubectl"]),
        Entry(pattern: "alpine/helm", entrypoint: ["helm"], hasBusybox: true),
        Entry(pattern: "anchore/grype", entrypoint: ["grype"]),
        Entry(pattern: "anchore/syft", entrypoint: ["syft"]),
        Entry(pattern: "aquasec/trivy", entrypoint: ["trivy"]),
        Entry(pattern: "golangci/golangci-lint", entrypoint: ["bash"]),
        Entry(pattern: "goreleaser/goreleaser", entrypoint: ["goreleaser"]),
        Entry(pattern: "hashicorp/terraform", entrypoint: ["terraform"]),
        Entry(pattern: "koalaman/shellcheck", entrypoint: ["shellcheck"]),
        Entry(pattern: "rust", entrypoint: ["bash"]),
        Entry(pattern: "tektoncd/pipeline/nop-*", entrypoint: ["true"]),
    ])
}
