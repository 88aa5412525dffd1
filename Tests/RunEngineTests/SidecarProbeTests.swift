// SPDX-License-Identifier: Apache-2.0
import JSON
import Platform
import Testing

@testable import RunEngine

@Suite struct SidecarProbeTests {
    private func probe(_ text: String, ports: String = "[]") throws -> SidecarProbe {
        let ports = try JSONValue.parse(Array(ports.utf8)).array ?? []
        return try SidecarProbe(try JSONValue.parse(Array(text.utf8)), ports: ports)
    }

    private func refusal(_ text: String) -> String {
        do {
            _ = try probe(text)
            return ""
        } catch let refusal as SidecarProbe.Refusal {
            return refusal.field
        } catch {
            return "\(error)"
        }
    }

    @Test func `what is left out has Kubernetes' defaults`() throws {
        let probe = try probe(#"{"exec": {"command": ["a", "b"]}}"#)
        #expect(probe.action == .command(["a", "b"]))
        #expect(
            (probe.initialDelay, probe.period, probe.timeout) == (.zero, .seconds(10), .seconds(1))
        )
        #expect((probe.successThreshold, probe.failureThreshold) == (1, 3))
    }

    @Test func `a port is a number, its digits, or the name of one of the sidecar's`() throws {
        let ports = #"[{"name": "web", "containerPort": 8080}]"#
        for (port, number) in [("80", 80), ("\"81\"", 81), ("\"web\"", 8080)] {
            let probe = try probe(#"{"tcpSocket": {"port": \#(port)}}"#, ports: ports)
            #expect(probe.action == .connection(port: UInt16(number)))
        }
        let get = try probe(
            #"{"httpGet": {"port": 1, "path": "ok", "httpHeaders": [{"name": "A", "value": "b"}]}}"#
        )
        #expect(get.action == .httpGet(port: 1, path: "/ok", headers: ["A: b"]))
    }

    @Test func `what a host cannot ask is refused by its field`() {
        #expect(refusal(#"{"grpc": {"port": 1}}"#) == "grpc")
        #expect(refusal(#"{"tcpSocket": {"port": "nosuch"}}"#) == "tcpSocket.port")
        #expect(refusal(#"{"tcpSocket": {"port": 70000}}"#) == "tcpSocket.port")
        #expect(refusal(#"{"tcpSocket": {"port": 1, "host": "example.com"}}"#) == "tcpSocket.host")
        #expect(refusal(#"{"httpGet": {"port": 1, "scheme": "HTTPS"}}"#) == "httpGet.scheme")
        #expect(refusal(#"{"httpGet": {"port": 1, "path": "/\r\nX: y"}}"#) == "httpGet")
    }

    @Test func `the status is read from the first line of an answer`() {
        #expect(PortProbe.status(in: Array("HTTP/1.1 204 No Content\r\nA: b\r\n".utf8)) == 204)
        #expect(PortProbe.status(in: Array("HTTP/1.0 500".utf8)) == 500)
        for text in ["", "HTTP/1.1", "SSH-2.0 200 x\r\n", "HTTP/1.1 2000 x\r\n"] {
            #expect(PortProbe.status(in: Array(text.utf8)) == nil)
        }
    }

    @Test func `a port on which nothing listens is not ready`() throws {
        let first = try LoopbackConnection.socket()
        let accepts = PortProbe.accepts(first, port: 1, milliseconds: 200)
        #expect(!accepts)
        let second = try LoopbackConnection.socket()
        let answers = PortProbe.answers(second, port: 1, path: "/", headers: [], milliseconds: 200)
        #expect(!answers)
    }
}
