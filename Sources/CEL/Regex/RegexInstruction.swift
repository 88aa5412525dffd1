// SPDX-License-Identifier: Apache-2.0

/// A step of the machine that matches.
enum RegexInstruction: Sendable {
    case one(of: ScalarSet)
    /// Goes on at both places.
    case split(Int, Int)
    case jump(Int)
    case check(RegexAssertion)
    case match
}
