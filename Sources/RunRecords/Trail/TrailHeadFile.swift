// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// Keeps the head of a run that goes on: two lines, of which each new head replaces the older one.
///
/// A head is stored in the mapped file, as it changes with every read of a secret. Whenever the process dies, the
/// line that is not being replaced stands whole.
struct TrailHeadFile: Sendable {
    private let file: SharedDescriptor
    /// `nil` where the filesystem cannot map files; they are then written.
    private let mapping: SharedMapping?

    /// Writes a run's first head into its empty file, which is open for reading and writing.
    init(_ file: consuming FileDescriptor, _ head: TrailHead) throws(SystemError) {
        let text = head.text
        try file.write((text + text).span)
        mapping = try? SharedMapping(file, byteCount: 2 * TrailHead.byteCount)
        self.file = SharedDescriptor(file)
    }

    /// Replaces the head.
    func set(_ head: TrailHead) throws(SystemError) {
        let place = head.lineCount % 2 * TrailHead.byteCount
        let text = head.text
        precondition(text.count == TrailHead.byteCount, "a head that is kept has one length")
        if let mapping {
            mapping.replace(text.span, at: place, placeholder: UInt8(ascii: "-"))
        } else {
            try file.descriptor.write(text.span, at: place)
        }
    }

    /// The head that a file holds; `nil` when it holds none that makes sense.
    static func head(in text: String) -> TrailHead? {
        let heads = text.split(separator: "\n").compactMap { TrailHead(String($0)) }
        return heads.first { $0.isRemoved } ?? heads.max { $0.lineCount < $1.lineCount }
    }
}
