// SPDX-License-Identifier: Apache-2.0

/// In how many forms a value is sought; large ones in fewer, so that their needles fit into memory.
enum FormDetail: Int, Comparable {
    /// As it is only.
    case raw
    /// Base64, hex and plain JSON, too.
    case basic
    /// The forms of the most common programs.
    case usual
    /// All.
    case full

    static func < (one: FormDetail, other: FormDetail) -> Bool { one.rawValue < other.rawValue }

    /// For a value of so many bytes.
    init(byteCount: Int) {
        self = byteCount <= 4096 ? .full : byteCount <= 65536 ? .usual : .basic
    }

    /// For each line of a value of so many lines.
    init(lineCount: Int) {
        self = lineCount <= 100 ? .full : lineCount <= 500 ? .basic : .raw
    }

    /// For what is left of a secret that has so many needles already.
    init(needleCount: Int) {
        self = needleCount <= 4096 ? .full : needleCount <= 16384 ? .basic : .raw
    }
}
