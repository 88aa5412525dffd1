// SPDX-License-Identifier: Apache-2.0

/// One thing that happened in a run, in the order in which it happened.
///
/// Events never carry a secret: texts are redacted by the engine before it emits them.
package enum RunEvent: Sendable {
    case runStarted(RunStarted)
    case secretsFetched(SecretsFetched)
    /// Values that a store served anew in place of others.
    case secretsRotated(SecretsFetched)
    case taskRunStarted(name: String, uid: String, task: String)
    case stepStarted(taskRun: String, step: String, image: String)
    case secretAccessed(SecretAccessed)
    case stepFinished(StepFinished)
    case taskRunFinished(name: String, status: String, reason: String, message: String)
    case pipelineRunStarted(name: String, uid: String, pipeline: String)
    /// A task of a pipeline is not run.
    case taskSkipped(pipelineRun: String, task: String, reason: String)
    case pipelineRunFinished(name: String, status: String, reason: String, message: String)
    /// Something the user should know that changes nothing (a short secret, a result left out).
    case noted(String)
    /// `audit`: what was found of secrets in all that the run has written.
    case runFinished(status: String, reason: String, exitCode: Int32, audit: RunAudit? = nil)

    package struct RunStarted: Sendable {
        package var run: String
        package var kind: String
        package var name: String
        package var namespace: String
        package var uid: String
        package var serviceAccount: String
        /// The files as the user named them.
        package var files: [String]

        package init(
            run: String,
            kind: String,
            name: String,
            namespace: String,
            uid: String,
            serviceAccount: String,
            files: [String]
        ) {
            self.run = run
            self.kind = kind
            self.name = name
            self.namespace = namespace
            self.uid = uid
            self.serviceAccount = serviceAccount
            self.files = files
        }
    }

    package struct RunAudit: Sendable {
        package var reads: Int
        /// How many steps read.
        package var steps: Int
        package var masks: Int
        package var leaks: Int
        /// How much was looked through.
        package var bytes: Int

        package init(reads: Int, steps: Int, masks: Int, leaks: Int, bytes: Int) {
            self.reads = reads
            self.steps = steps
            self.masks = masks
            self.leaks = leaks
            self.bytes = bytes
        }
    }

    package struct SecretsFetched: Sendable {
        package struct Object: Sendable {
            package var name: String
            package var version: String
            package var requestID: String
            package var fingerprint: String

            package init(name: String, version: String, requestID: String, fingerprint: String) {
                self.name = name
                self.version = version
                self.requestID = requestID
                self.fingerprint = fingerprint
            }
        }

        package var secretClass: String
        package var provider: String
        package var objects: [Object]

        package init(secretClass: String, provider: String, objects: [Object]) {
            self.secretClass = secretClass
            self.provider = provider
            self.objects = objects
        }
    }

    package struct SecretAccessed: Sendable {
        package var access: AccessedSecret.Access
        package var secret: AccessedSecret
        package var pid: Int32
        package var uid: UInt32
        package var executable: String

        package init(
            _ access: AccessedSecret.Access,
            to secret: AccessedSecret,
            pid: Int32,
            uid: UInt32,
            executable: String
        ) {
            self.access = access
            self.secret = secret
            self.pid = pid
            self.uid = uid
            self.executable = executable
        }
    }

    package struct StepFinished: Sendable {
        package var taskRun: String
        package var step: String
        package var exitCode: Int32
        package var reason: String
        package var terminationReason: String

        package init(
            taskRun: String,
            step: String,
            exitCode: Int32,
            reason: String,
            terminationReason: String
        ) {
            self.taskRun = taskRun
            self.step = step
            self.exitCode = exitCode
            self.reason = reason
            self.terminationReason = terminationReason
        }
    }
}
