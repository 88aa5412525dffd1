# SPDX-License-Identifier: Apache-2.0
"""An http server that misbehaves in one way, named by the first argument; prints its port.

Behind it stands a real git repository's answers, recorded by the caller into the second argument's
directory: `refs` (info/refs) and `pack` (the answer to git-upload-pack).
"""
import http.server, os, ssl, sys, time

mode, directory = sys.argv[1], sys.argv[2]
other = sys.argv[3] if len(sys.argv) > 3 else ""
log = open(os.path.join(directory, "requests"), "a", buffering=1)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def answer(self, status, kind, body, length=None):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        log.write(f"GET {self.path} {self.headers.get('Authorization', '-')}\n")
        if mode == "stall-refs":
            time.sleep(600)
        if mode in ("redirect", "redirect-downgrade", "redirect-loop", "redirect-elsewhere"):
            if self.headers.get("Authorization") is None and mode == "redirect":
                self.send_response(401)
                self.send_header("WWW-Authenticate", 'Basic realm="x"')
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            target = other + self.path if mode != "redirect-loop" else self.path
            if mode == "redirect-elsewhere":
                target = other + "/somewhere"
            self.send_response(302)
            self.send_header("Location", target)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        body = open(os.path.join(directory, "refs"), "rb").read()
        if mode == "truncate-refs":
            self.answer(200, "application/x-git-upload-pack-advertisement", body[: len(body) // 2], len(body))
            self.close_connection = True
            return
        if mode == "wrong-type":
            self.answer(200, "text/html", b"<html>welcome</html>")
            return
        self.answer(200, "application/x-git-upload-pack-advertisement", body)

    def do_POST(self):
        log.write(f"POST {self.path} {self.headers.get('Authorization', '-')}\n")
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        body = open(os.path.join(directory, "pack"), "rb").read()
        kind = "application/x-git-upload-pack-result"
        if mode == "stall-pack":
            self.answer(200, kind, body[: len(body) // 2], len(body))
            self.wfile.flush()
            time.sleep(600)
        elif mode == "truncate-pack":
            self.answer(200, kind, body[: len(body) // 2], len(body))
            self.close_connection = True
        elif mode == "short-pack":
            self.answer(200, kind, body[: len(body) // 2])
        elif mode == "lie-size":
            at = body.find(b"PACK")
            lie = body[: at + 8] + b"\x7f\xff\xff\xff" + body[at + 12 :]
            self.answer(200, kind, lie)
        elif mode == "flip":
            at = body.find(b"PACK") + 400
            self.answer(200, kind, body[:at] + bytes([body[at] ^ 0x55]) + body[at + 1 :])
        elif mode == "endless":
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b"0009\x02spam")
            except OSError:
                pass
        else:
            self.answer(200, kind, body)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
if os.environ.get("SERVER_CERTIFICATE"):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(os.environ["SERVER_CERTIFICATE"], os.environ["SERVER_KEY"])
    context.load_verify_locations(os.environ["CLIENT_AUTHORITY"])
    context.verify_mode = ssl.CERT_REQUIRED
    server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_port, flush=True)
server.serve_forever()
