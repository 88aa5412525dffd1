// SPDX-License-Identifier: Apache-2.0

/// A parsed regular expression; groups and laziness are gone, for only whether it matches is asked.
indirect enum RegexNode: Sendable {
    case empty
    case one(of: ScalarSet)
    case check(RegexAssertion)
    case sequence([RegexNode])
    case either([RegexNode])
    case repeated(RegexNode, atLeast: Int, atMost: Int?)
}
