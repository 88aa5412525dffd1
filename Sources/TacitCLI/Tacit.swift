// SPDX-License-Identifier: Apache-2.0

/// The program: everything between `argv` and the exit code.
package enum Tacit {
    package static func main() {}
}
