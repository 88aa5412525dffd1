// SPDX-License-Identifier: Apache-2.0
package import Cryptography
package import Platform

/// Reads files straight into locked memory.
package enum LockedFile {
    /// What went wrong.
    package enum Failure: Error, Equatable, CustomStringConvertible {
        case system(SystemError)
        case cryptography(CryptographyError)
        case tooLarge(limit: Int)

        package var description: String {
            switch self {
            case .system(let error): "\(error)"
            case .cryptography(let error): "\(error)"
            case .tooLarge(let limit): "more than \(limit) bytes"
            }
        }
    }

    /// Reads the file at `path`; more bytes than `limit` are an error.
    package static func read(_ path: String, limit: Int) throws(Failure) -> LockedBytes {
        do {
            let file = try FileDescriptor.open(path)
            return try readToEnd(file, limit: limit)
        } catch let error as Failure {
            throw error
        } catch let error as SystemError {
            throw .system(error)
        } catch {
            throw .tooLarge(limit: limit)
        }
    }

    /// Reads standard input to its end; more bytes than `limit` are an error.
    package static func readStandardInput(limit: Int) throws(Failure) -> LockedBytes {
        let input: FileDescriptor
        do {
            input = try FileDescriptor.standardInput()
        } catch {
            throw .system(error)
        }
        return try readToEnd(input, limit: limit)
    }

    /// Reads a file, a pipe or a terminal to its end.
    ///
    /// Blocks on a pipe until its writers are done. More bytes than `limit` are an error. With
    /// `stopsAfterLine` it is enough that a read ends in a line feed, as a terminal's do.
    package static func readToEnd(
        _ file: borrowing FileDescriptor,
        limit: Int,
        stopsAfterLine: Bool = false
    ) throws(Failure) -> LockedBytes {
        do {
            return try gather(file, limit: limit, stopsAfterLine: stopsAfterLine)
        } catch let error as SystemError {
            throw .system(error)
        } catch let error as CryptographyError {
            throw .cryptography(error)
        } catch {
            throw .tooLarge(limit: limit)
        }
    }

    private static func gather(
        _ file: borrowing FileDescriptor,
        limit: Int,
        stopsAfterLine: Bool
    ) throws -> LockedBytes {
        let status = try FileStatus(of: file)
        // One byte more than the file has, so that its end is seen without growing.
        let expected = status.kind == .regular ? min(status.byteCount, limit) + 1 : 4096
        var writer = try LockedWriter(capacity: expected)
        while true {
            try writer.reserve(1)
            let count = try writer.fill { output throws(SystemError) in
                try file.read(appendingTo: &output)
            }
            if count == 0 { return writer.finish() }
            if writer.count > limit { throw Failure.tooLarge(limit: limit) }
            let isLine = writer.withBytes { bytes in bytes[bytes.count - 1] == 0x0a }
            if stopsAfterLine, isLine { return writer.finish() }
        }
    }
}
