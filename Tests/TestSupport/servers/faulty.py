# SPDX-License-Identifier: Apache-2.0
"""A server between a test and a real one, which goes wrong when it is told to.

faulty.py DIR [--upstream URL] [--upstream-ca FILE] [--certificate FILE --key FILE] [--client-ca FILE]

Listens on a free port of 127.0.0.1 and writes it to DIR/port. Without an upstream it answers each request
with what it got, as JSON. Before each answer it reads DIR/faults.json: a list of faults, of which the first
that fits is taken; `times` counts how often it strikes (it is kept in memory by the fault's `name`).

  {"name": "n", "path": "regular expression", "method": "GET", "skip": 0, "times": 1, "fault": F, ...}

  F: status (with `status`, `headers`, `body`), close (no answer), truncate (half of the body), slow (waits
  `seconds`, then goes on), stall (half of the body, then `seconds` of nothing), garbage (no HTTP), redirect
  (to `location`)

Each request is a line of DIR/requests.jsonl.
"""
import argparse, http.client, http.server, json, os, re, ssl, sys, threading, time, urllib.parse

parser = argparse.ArgumentParser()
parser.add_argument("directory")
for option in ("upstream", "upstream-ca", "certificate", "key", "client-ca"):
    parser.add_argument("--" + option)
options = parser.parse_args()
lock = threading.Lock()
struck, seen, under_way, most = {}, {}, 0, 0


def fault_for(method, path):
    try:
        with open(os.path.join(options.directory, "faults.json")) as file:
            faults = json.load(file)
    except FileNotFoundError:
        return None
    for number, fault in enumerate(faults):
        name = fault.get("name", str(number))
        if not re.search(fault.get("path", ""), path) or fault.get("method", method) != method:
            continue
        with lock:
            seen[name] = seen.get(name, 0) + 1
            if seen[name] <= fault.get("skip", 0):
                continue
            if struck.get(name, 0) >= fault.get("times", 1):
                continue
            struck[name] = struck.get(name, 0) + 1
        return fault
    return None


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def handle_any(self):
        global under_way, most
        length = int(self.headers.get("Content-Length") or 0)
        chunked = "chunked" in (self.headers.get("Transfer-Encoding") or "")
        body = self.read_chunks() if chunked else self.rfile.read(length)
        with lock:
            under_way += 1
            most = max(most, under_way)
            record = {"method": self.command, "path": self.path, "body": body.decode("latin-1"),
                      "headers": dict(self.headers.items()), "parallel": most, "time": time.time()}
            with open(os.path.join(options.directory, "requests.jsonl"), "a") as file:
                file.write(json.dumps(record) + "\n")
        try:
            self.answer(record, body)
        finally:
            with lock:
                under_way -= 1

    def read_chunks(self):
        body = b""
        while True:
            size = int(self.rfile.readline().split(b";")[0], 16)
            body += self.rfile.read(size)
            self.rfile.readline()
            if size == 0:
                return body

    def answer(self, record, body):
        fault = fault_for(self.command, self.path)
        kind = fault and fault["fault"]
        if kind == "slow":
            time.sleep(fault["seconds"])
        elif kind == "close":
            self.close_connection = True
            return
        elif kind == "garbage":
            self.close_connection = True
            self.wfile.write(b"\x00\x01 this is no HTTP\r\n\r\n")
            return
        elif kind == "status":
            return self.reply(fault["status"], fault.get("headers", {}), fault.get("body", "").encode())
        elif kind == "redirect":
            return self.reply(307, {"Location": fault["location"]}, b"")
        status, headers, content = self.upstream(record, body)
        half = kind in ("truncate", "stall")
        self.reply(status, headers, content, sent=len(content) // 2 if half else None)
        if half:
            self.wfile.flush()
            if kind == "stall":
                time.sleep(fault["seconds"])
            self.close_connection = True

    def upstream(self, record, body):
        if not options.upstream:
            return 200, {"Content-Type": "application/json"}, json.dumps(record).encode()
        url = urllib.parse.urlsplit(options.upstream)
        if url.scheme == "https":
            context = ssl.create_default_context(cafile=options.upstream_ca)
            connection = http.client.HTTPSConnection(url.hostname, url.port, context=context)
        else:
            connection = http.client.HTTPConnection(url.hostname, url.port)
        headers = {name: value for name, value in self.headers.items()
                   if name.lower() not in ("host", "connection", "content-length", "transfer-encoding")}
        connection.request(self.command, self.path, body=body or None, headers=headers)
        answer = connection.getresponse()
        content = answer.read()
        kept = {name: value for name, value in answer.getheaders()
                if name.lower() not in ("connection", "content-length", "transfer-encoding")}
        connection.close()
        return answer.status, kept, content

    def reply(self, status, headers, content, sent=None):
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content if sent is None else content[:sent])

    def __getattr__(self, name):
        if name.startswith("do_"):
            return self.handle_any
        raise AttributeError(name)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, request, client_address):
        pass

    def finish_request(self, request, client_address):
        # The handshake is the connection's own thread's work, so that a silent client holds nobody up.
        if options.certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(options.certificate, options.key)
            if options.client_ca:
                context.verify_mode = ssl.CERT_REQUIRED
                context.load_verify_locations(options.client_ca)
            request = context.wrap_socket(request, server_side=True)
        super().finish_request(request, client_address)
        if options.certificate:
            try:
                request.shutdown(2)
            except OSError:
                pass
            request.close()


server = Server(("127.0.0.1", 0), Handler)
with open(os.path.join(options.directory, "port.part"), "w") as file:
    file.write(str(server.server_address[1]))
os.rename(os.path.join(options.directory, "port.part"), os.path.join(options.directory, "port"))
# Nobody is left to stop it once the test has ended, however it ended.
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
server.serve_forever()
