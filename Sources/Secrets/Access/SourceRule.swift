// SPDX-License-Identifier: Apache-2.0

/// A named place on this host where secrets come from: what `sources` of the configuration holds.
package struct SourceRule: Sendable, Hashable {
    package enum Place: Sendable, Hashable {
        /// A file whose content is the value.
        case file(String)
        /// A directory with a file for each value.
        case directory(String)
        /// A `.env` file with a line for each value.
        case environmentFile(String)
        /// A systemd credential, in the directory that `CREDENTIALS_DIRECTORY` names.
        case credential(String)
        /// A key of type `user` in a kernel keyring, by its description.
        case keyring(String)
        /// A program and its arguments, which prints the value.
        case command([String])

        /// Whether it holds several values, each by a name of its own.
        package var holdsMany: Bool {
            switch self {
            case .directory, .environmentFile: true
            case .file, .credential, .keyring, .command: false
            }
        }

        /// Whether asking it runs a program.
        package var isCommand: Bool { if case .command = self { true } else { false } }
    }

    package var name: String
    package var place: Place

    package init(name: String, place: Place) {
        self.name = name
        self.place = place
    }
}
