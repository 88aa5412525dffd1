// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// The needles' common beginnings as a tree: what a `NeedleAutomaton` is built from.
///
/// A node stands for one beginning; they are numbered as a walk meets them that takes a node before its
/// children and those in the order of their bytes, so that a node's first child, if it has any, is the
/// next number. Node 0 is the empty beginning. No byte of a needle is kept here.
struct NeedleTrie {
    /// How long each node's beginning is.
    private(set) var depths: [UInt16] = [0]
    /// The first needle that has the beginning.
    private(set) var owners: [Int32] = [0]
    private(set) var parents: [Int32] = [-1]
    /// The parent's next child; -1 after the last.
    private(set) var siblings: [Int32] = [-1]
    /// The needle that ends here; -1 where none does.
    private(set) var ends: [Int32] = [-1]

    /// Takes needles in the order of their bytes, a prefix before what it begins.
    init(_ needles: [Needle], _ memory: Span<UInt8>) {
        // The nodes of the needle before, by their depths.
        var path: [Int32] = [0]
        for (place, needle) in needles.enumerated() {
            let bytes = memory.extracting(needle.bytes)
            var depth =
                place == 0
                ? 0 : commonPrefixCount(bytes, memory.extracting(needles[place - 1].bytes))
            if depth + 1 < path.count { siblings[Int(path[depth + 1])] = Int32(depths.count) }
            path.removeSubrange((depth + 1)...)
            while depth < needle.count {
                depth += 1
                parents.append(path[depth - 1])
                path.append(Int32(depths.count))
                depths.append(UInt16(depth))
                owners.append(Int32(place))
                siblings.append(-1)
                ends.append(-1)
            }
            ends[Int(path[depth])] = Int32(place)
        }
    }

    var count: Int { depths.count }

    func hasChildren(_ node: Int) -> Bool {
        node + 1 < count && depths[node + 1] == depths[node] + 1
    }

    /// Whether several needles part here.
    func isFork(_ node: Int) -> Bool {
        hasChildren(node) && siblings[node + 1] >= 0
    }

    /// The last byte of a node's beginning.
    func label(_ node: Int, _ needles: [Needle], _ memory: Span<UInt8>) -> UInt8 {
        memory[needles[Int(owners[node])].start + Int(depths[node]) - 1]
    }

    /// All nodes, the shorter beginnings first.
    var byDepth: [Int32] {
        var starts = [Int](repeating: 0, count: Needle.maximumCount + 2)
        for depth in depths { starts[Int(depth) + 1] += 1 }
        for depth in 1..<starts.count { starts[depth] += starts[depth - 1] }
        var nodes = [Int32](repeating: 0, count: count)
        for node in 0..<count {
            nodes[starts[Int(depths[node])]] = Int32(node)
            starts[Int(depths[node])] += 1
        }
        return nodes
    }
}
