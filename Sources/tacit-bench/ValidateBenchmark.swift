// SPDX-License-Identifier: Apache-2.0
import Platform

/// What it costs to parse and validate a catalog: as many files, of about the size, as Tekton's catalog has
/// of newest Tasks.
enum ValidateBenchmark {
    private static let fileCount = 114

    static func run(in workplace: Workplace) throws -> [Figure] {
        try Directory.create("\(workplace.directory)/catalog", permissions: 0o755)
        for index in 0..<fileCount {
            _ = try workplace.write(task(index), to: "catalog/task-\(index).yaml")
        }
        var samples = Samples()
        for _ in 0..<Samples.rounds {
            let command = [
                workplace.tacit, "validate", "-o", "json", "\(workplace.directory)/catalog",
            ]
            samples.add(try workplace.run(command).seconds * 1000)
        }
        return [
            Figure(
                title: "parse and validate \(fileCount) Tasks of 3 kB each",
                unit: .milliseconds,
                measured: samples.median,
                bound: .below(500)
            )
        ]
    }

    /// A Task with what the catalog's have: params, workspaces, results, and steps with scripts.
    private static func task(_ index: Int) -> String {
        let params = (0..<8).map { number in
            """
                - name: param-\(number)
                  description: What the step does with its value number \(number), in a line.
                  type: string
                  default: "value-\(number)"
            """
        }
        let steps = (0..<3).map { number in
            """
                - name: step-\(number)
                  image: docker.io/library/alpine:3.20
                  workingDir: $(workspaces.source.path)
                  env:
                    - name: PARAM
                      value: $(params.param-\(number))
                  script: |
                    #!/usr/bin/env sh
                    set -eu
                    if [ "$(params.param-3)" = "value-3" ] ; then
                      echo "step \(number) of task \(index) works on $(params.param-4)"
                    fi
                    find . -name '*.go' | while read -r file; do
                      printf '%s: %s\\n' "$file" "$(params.param-5)" >> $(workspaces.source.path)/list
                    done
                    printf '%s' "$(params.param-6)" > $(results.result-\(number).path)
            """
        }
        let results = (0..<3).map {
            "    - name: result-\($0)\n      description: What step \($0) has found."
        }
        return """
            apiVersion: tekton.dev/v1
            kind: Task
            metadata:
              name: catalog-task-\(index)
              labels:
                app.kubernetes.io/version: "0.\(index)"
              annotations:
                tekton.dev/pipelines.minVersion: "0.17.0"
                tekton.dev/categories: Build Tools
                tekton.dev/displayName: "catalog task \(index)"
            spec:
              description: >-
                This Task does what its steps say, to the source in its workspace.
              workspaces:
                - name: source
                  description: The source.
              params:
            \(params.joined(separator: "\n"))
              results:
            \(results.joined(separator: "\n"))
              steps:
            \(steps.joined(separator: "\n"))

            """
    }
}
