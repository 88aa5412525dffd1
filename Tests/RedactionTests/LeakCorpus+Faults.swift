// SPDX-License-Identifier: Apache-2.0
import TestSupport

@testable import Redaction

extension LeakCorpus.Case {
    /// What is wrong with how a redactor treats this case; empty when nothing is.
    var faults: [String] {
        let redactor = Redactor()
        for (place, secret) in secrets.enumerated() {
            redactor.register(secret.span, name: "s\(place)")
        }
        var faults: [String] = []
        var stream = redactor.stream()
        var output: [UInt8] = []
        for (place, chunk) in chunks.enumerated() {
            output += stream.pieces(chunk).joined()
            for flush in flushes where flush.chunk == place && !output.contains(flush.text) {
                faults.append("not shown in time: \(String(decoding: flush.text, as: UTF8.self))")
            }
        }
        stream.finish { output += array($0) }
        return faults + self.faults(in: output)
    }
}
