// SPDX-License-Identifier: Apache-2.0
import Diagnostics

/// Builds the trees of a stream's documents from its events, without recursion and within bounds.
struct TreeBuilder {
    /// What a node weighs, its aliases expanded.
    struct Weight {
        var nodes = 1
        var textBytes = 0
        /// How many collections lie in each other, this one included; 0 for a scalar.
        var height = 0

        mutating func add(_ child: Weight) {
            nodes += child.nodes
            textBytes += child.textBytes
            height = max(height, child.height + 1)
        }
    }

    /// A collection whose end has not come yet.
    struct Frame {
        let isMapping: Bool
        let location: SourceLocation
        let anchor: String?
        var weight = Weight(height: 1)
        var elements: [YAMLNode] = []
        var mapping = MappingBuilder()
        var key: (node: YAMLNode, isMerge: Bool)?
    }

    enum Anchor {
        /// A collection that is still open, by the number of frames below it.
        case open(depth: Int)
        case complete(YAMLNode, Weight)
    }

    let source: SourceText
    var documents: [YAMLNode] = []
    var diagnostics: [Diagnostic] = []
    var frames: [Frame] = []
    var anchors: [String: Anchor] = [:]
    private var root: YAMLNode?
    private var total = Weight(nodes: 0)

    init(_ source: SourceText) {
        self.source = source
    }

    /// Reads all events.
    mutating func run(_ events: some YAMLEventSource) throws(SyntaxError) {
        while true {
            let event = try events.next()
            if case .streamEnd = event.kind { return }
            try take(event)
        }
    }

    private mutating func take(_ event: YAMLEvent) throws(SyntaxError) {
        switch event.kind {
        case .streamStart, .streamEnd: return
        case .documentStart:
            anchors = [:]
            root = nil
        case .documentEnd: finishDocument()
        case .alias(let name): try expandAlias(name, event)
        case .scalar(let text, let isPlain): try addScalar(text, isPlain, event)
        case .sequenceStart: try open(event, isMapping: false)
        case .mappingStart: try open(event, isMapping: true)
        case .collectionEnd: try close()
        }
    }

    /// A document that holds nothing, or only a null, is left out.
    private mutating func finishDocument() {
        guard let root else { return }
        if case .scalar(let scalar) = root.content, scalar.value == .null { return }
        documents.append(root)
    }

    private mutating func open(_ event: YAMLEvent, isMapping: Bool) throws(SyntaxError) {
        let location = source.location(ofByte: event.start)
        try checkDepth(frames.count + 1, at: location)
        try checkCollectionTag(event.tag, isMapping ? "!!map" : "!!seq", at: location)
        if let anchor = event.anchor { anchors[anchor] = .open(depth: frames.count) }
        frames.append(Frame(isMapping: isMapping, location: location, anchor: event.anchor))
        try spend(Weight(), at: location)
    }

    private mutating func close() throws(SyntaxError) {
        let frame = frames.removeLast()
        let content: YAMLNode.Content =
            frame.isMapping ? .mapping(frame.mapping.entries) : .sequence(frame.elements)
        let node = YAMLNode(at: frame.location, content)
        if let anchor = frame.anchor, case .open(frames.count) = anchors[anchor] {
            anchors[anchor] = .complete(node, frame.weight)
        }
        try attach(node, frame.weight, isMerge: false)
    }

    /// Puts a complete node where it belongs.
    mutating func attach(
        _ node: YAMLNode,
        _ weight: Weight,
        isMerge: Bool
    ) throws(SyntaxError) {
        let top = frames.count - 1
        if top < 0 {
            root = node
            return
        }
        frames[top].weight.add(weight)
        if !frames[top].isMapping {
            frames[top].elements.append(node)
        } else if let key = frames[top].key {
            frames[top].key = nil
            try addEntry(key.node, isMerge: key.isMerge, node)
        } else {
            frames[top].key = (node, isMerge)
        }
    }

    /// Counts what a node adds to the whole stream.
    mutating func spend(_ weight: Weight, at location: SourceLocation) throws(SyntaxError) {
        total.nodes += weight.nodes
        total.textBytes += weight.textBytes
        if total.nodes > YAMLParser.nodeLimit {
            throw fatal(at: location, "more than \(YAMLParser.nodeLimit) values, aliases expanded")
        }
        if total.textBytes > YAMLParser.expandedTextLimit {
            let limit = YAMLParser.expandedTextLimit >> 20
            throw fatal(at: location, "more than \(limit) MiB of text, aliases expanded")
        }
    }

    func checkDepth(_ depth: Int, at location: SourceLocation) throws(SyntaxError) {
        if depth > YAMLParser.depthLimit {
            throw fatal(at: location, "more than \(YAMLParser.depthLimit) levels of nesting")
        }
    }

    func fatal(at location: SourceLocation, _ message: String) -> SyntaxError {
        SyntaxError(diagnostic: Diagnostic(at: location, message))
    }

    /// Notes a problem that does not keep the rest from being read.
    mutating func report(_ diagnostic: Diagnostic) throws(SyntaxError) {
        diagnostics.append(diagnostic)
        if diagnostics.count >= YAMLParser.diagnosticLimit, let location = diagnostic.location {
            throw fatal(at: location, "too many problems; the rest of the file was not read")
        }
    }
}
