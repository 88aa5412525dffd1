// SPDX-License-Identifier: Apache-2.0

/// One event of libyaml's parser, as Swift values.
struct YAMLEvent {
    enum Kind {
        case streamStart
        case streamEnd
        case documentStart
        case documentEnd
        case alias(String)
        case scalar(text: String, isPlain: Bool)
        case sequenceStart
        case mappingStart
        case collectionEnd
    }

    var kind: Kind
    /// The name that this node can be repeated by.
    var anchor: String?
    /// In its short form (`!!int`, `!mine`); `nil` where none is written.
    var tag: String?
    /// Where the lines of a block scalar stand.
    var block: YAMLScalar.Block?
    /// The byte at which it starts, from 0.
    var start: Int
}
