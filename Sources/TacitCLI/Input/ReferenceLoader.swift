// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics
internal import RunEngine

/// Makes the plans of the runs, and fetches what their references ask resolvers for, each once.
struct ReferenceLoader {
    var fetcher: ReferenceFetcher
    /// What was fetched, for diagnostics that quote it.
    private(set) var files: [SourceFile] = []
    private(set) var diagnostics = DiagnosticList()
    /// Whether a server or the network refused, and not the YAML.
    private(set) var sourceHasFailed = false

    /// So many layers of references within references there may be.
    private static let depthLimit = 10

    init(fetcher: ReferenceFetcher) {
        self.fetcher = fetcher
    }

    /// Plans until nothing is missing; what was found wrong ends it.
    mutating func plan(_ planner: RunPlanner) async throws -> [RunPlan] {
        var planner = planner
        for _ in 0...Self.depthLimit {
            let (plans, problems) = try planner.plan()
            let missing = planner.missing.take()
            if missing.isEmpty {
                diagnostics.add(problems)
                return plans
            }
            for reference in missing {
                let answer = await fetcher.answer(to: reference)
                diagnostics.add(answer.diagnostics)
                if let file = answer.file { files.append(file) }
                if answer.sourceHasFailed { sourceHasFailed = true }
                guard let resolved = answer.resolved else { continue }
                planner.add(resolved, for: reference)
            }
            if diagnostics.hasErrors { return [] }
        }
        diagnostics.add([
            Diagnostic(.error, "references lead to references more than \(Self.depthLimit) deep")
        ])
        return []
    }
}
