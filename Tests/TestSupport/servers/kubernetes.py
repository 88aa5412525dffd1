# SPDX-License-Identifier: Apache-2.0
"""The part of a Kubernetes API server that stores ask whether a service account's token is good.

kubernetes.py DIR

Listens on a free port of 127.0.0.1 and writes it to DIR/port. A token is good when its payload names a
service account as subject and its last part is in DIR/signatures, a line each.
"""
import base64, http.server, json, os, sys, threading

directory = sys.argv[1]


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_POST(self):
        review = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        token = review["spec"]["token"]
        with open(os.path.join(directory, "signatures")) as file:
            good = token.split(".")[2] in file.read().split()
        payload = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        review["status"] = {"authenticated": good}
        if good:
            review["status"]["audiences"] = review["spec"].get("audiences", [])
            review["status"]["user"] = {
                "username": claims["sub"], "uid": "uid-of-" + claims["sub"].split(":")[-1],
                "groups": ["system:serviceaccounts", "system:authenticated"],
            }
        answer = json.dumps(review).encode()
        self.send_response(201)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
with open(os.path.join(directory, "port.part"), "w") as file:
    file.write(str(server.server_address[1]))
os.rename(os.path.join(directory, "port.part"), os.path.join(directory, "port"))
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
server.serve_forever()
