// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// Asks a port whether what listens there is ready, over a socket of the task's network; blocks, so only on a
/// thread of one's own.
enum PortProbe {
    /// Whether a connection is accepted.
    static func accepts(
        _ socket: consuming FileDescriptor,
        port: UInt16,
        milliseconds: CInt
    ) -> Bool {
        (try? LoopbackConnection.connect(socket, to: port, milliseconds: milliseconds)) != nil
    }

    /// Whether a GET is answered with a status from 200 to 399, as the kubelet asks.
    static func answers(
        _ socket: consuming FileDescriptor,
        port: UInt16,
        path: String,
        headers: [String],
        milliseconds: CInt
    ) -> Bool {
        let lines =
            ["GET \(path) HTTP/1.1", "Host: 127.0.0.1:\(port)", "User-Agent: kube-probe/tacit"]
            + headers + ["Accept: */*", "Connection: close", "", ""]
        var answer: [UInt8] = []
        do {
            let connection = try LoopbackConnection.connect(
                socket,
                to: port,
                milliseconds: milliseconds
            )
            try connection.write(lines.joined(separator: "\r\n"))
            var buffer = [UInt8](repeating: 0, count: 512)
            while !answer.contains(UInt8(ascii: "\n")), answer.count < 4096 {
                guard try connection.waitUntilReadable(milliseconds: milliseconds) else {
                    return false
                }
                let count = try connection.read(into: &buffer)
                if count == 0 { break }
                answer += buffer[..<count]
            }
        } catch {
            return false
        }
        return status(in: answer).map { (200..<400).contains($0) } ?? false
    }

    /// The status code of a status line (RFC 9112, section 4); `nil` for anything else.
    static func status(in answer: [UInt8]) -> Int? {
        let line = String(
            decoding: answer.prefix { $0 != UInt8(ascii: "\r") && $0 != 10 },
            as: UTF8.self
        )
        let words = line.split(separator: " ")
        guard words.count >= 2, words[0].hasPrefix("HTTP/"), words[1].utf8.count == 3 else {
            return nil
        }
        return Int(words[1])
    }
}
