// SPDX-License-Identifier: Apache-2.0

/// What a server answered, whatever the status.
package struct HTTPResponse: Sendable {
    package var status: Int
    /// In the order of the answer; those of the last answer, where redirects were followed.
    package var headers: [(name: String, value: String)]
    package var body: HTTPBody
    /// How often the request was sent.
    package var attempts = 1

    /// The value of the first header of that name, in any case.
    package subscript(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }
}

extension HTTPResponse {
    /// How long the server wants to be left alone; `nil` when it does not say, or not in seconds or a date.
    func retryAfter(now: Int) -> Duration? {
        guard let text = self["Retry-After"] else { return nil }
        if let seconds = Int(text), seconds >= 0 { return .seconds(min(seconds, 86400)) }
        guard let date = HTTPDate.seconds(of: text) else { return nil }
        return .seconds(max(0, min(date - now, 86400)))
    }
}
