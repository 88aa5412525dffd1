# SPDX-License-Identifier: Apache-2.0
"""A small http proxy on loopback: CONNECT and plain requests, both behind basic auth; prints its port.

Every request and the credential that came with it go to the file of the first argument.
"""
import base64, http.client, http.server, select, socket, sys
from urllib.parse import urlsplit

log = open(sys.argv[1], "a", buffering=1)
wanted = "Basic " + base64.b64encode(sys.argv[2].encode()).decode()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def admits(self):
        given = self.headers.get("Proxy-Authorization")
        log.write(f"{self.command} {self.path} {'known' if given == wanted else 'stranger'}\n")
        if given == wanted:
            return True
        self.send_response(407)
        self.send_header("Proxy-Authenticate", 'Basic realm="proxy"')
        self.send_header("Content-Length", "0")
        self.end_headers()
        return False

    def do_CONNECT(self):
        if not self.admits():
            return
        host, port = self.path.rsplit(":", 1)
        far = socket.create_connection((host, int(port)))
        self.send_response(200)
        self.end_headers()
        ends = [self.connection, far]
        while True:
            for end in select.select(ends, [], [])[0]:
                data = end.recv(65536)
                if not data:
                    self.close_connection = True
                    far.close()
                    return
                ends[1 - ends.index(end)].sendall(data)

    def forward(self):
        if not self.admits():
            return
        address = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        kept = {k: v for k, v in self.headers.items() if k.lower() not in ("proxy-authorization", "proxy-connection")}
        far = http.client.HTTPConnection(address.hostname, address.port)
        far.request(self.command, address.path + ("?" + address.query if address.query else ""), body, kept)
        answer = far.getresponse()
        data = answer.read()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ("transfer-encoding", "content-length", "connection", "date", "server"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = forward


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
