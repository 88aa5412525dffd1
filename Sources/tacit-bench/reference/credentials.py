# SPDX-License-Identifier: Apache-2.0
"""Logs with planted credentials, all made up, and how many of them a report names.

credentials.py make LOG LINES         writes LOG, and LOG.truth: `line kind` of each
credentials.py score LOG REPORT       prints how many are named, and how many other lines are; REPORT is the JSON of
                                      `tacit audit leaks -o json` or of `kingfisher scan --format json`
"""
import base64, hashlib, json, random, subprocess, sys, zlib

BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"
chance = random.Random(7)


def digits(number, alphabet, width):
    text = ""
    while number:
        number, digit = divmod(number, len(alphabet))
        text = alphabet[digit] + text
    return text.rjust(width, alphabet[0])


def text(count, alphabet=BASE62):
    return "".join(chance.choice(alphabet) for _ in range(count))


def octets(count):
    return bytes(chance.getrandbits(8) for _ in range(count))


def url64(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def with_crc(prefix):
    body = text(30)
    return prefix + body + digits(zlib.crc32(body.encode()), BASE62, 6)


def github_fine():
    body = "github_pat_1" + text(21) + "_" + text(43)
    return body + base64.b32encode(hashlib.sha256(body.encode()).digest()).decode()[:8] + text(8)


def gitlab_routable():
    body = "glpat-" + text(32) + ".01.0w"
    return body + digits(zlib.crc32(body.encode()), BASE36, 7)


def aws_key():
    account = chance.randrange(10**11, 10**12)
    number = account << 7 | chance.getrandbits(7) | 1 << 47
    return "AKIA" + base64.b32encode(number.to_bytes(6, "big") + octets(4)).decode()


def pypi():
    identifier = (text(8).lower() + "-4be0-4d1f-9a6e-0c55d2e4b7f1").encode()
    caveat = b'[2,"' + text(24).encode() + b'"]'
    raw = b"\x02\x01\x08pypi.org\x02" + bytes([len(identifier)]) + identifier
    return "pypi-" + url64(raw + b"\x00\x02" + bytes([len(caveat)]) + caveat + b"\x00\x00\x06\x20" + octets(32))


def token():
    claims = {"sub": text(8), "iss": "ci", "exp": 1999999999}
    parts = [json.dumps({"alg": "HS256", "typ": "JWT"}).encode(), json.dumps(claims).encode(), octets(32)]
    return ".".join(url64(part) for part in parts)


def key():
    command = ["openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode().strip()


def number():
    return chance.randrange(10**12, 10**13)


KINDS = {
    "github": lambda: "token: " + with_crc("ghp_"),
    "github-oauth": lambda: "oauth " + with_crc("gho_"),
    "github-fine": lambda: "GITHUB_TOKEN=" + github_fine(),
    "gitlab": lambda: "GITLAB_TOKEN=glpat-" + text(20),
    "gitlab-routable": lambda: "GITLAB_TOKEN=" + gitlab_routable(),
    "aws": lambda: f"AWS_ACCESS_KEY_ID={aws_key()} AWS_SECRET_ACCESS_KEY={text(40, BASE62 + '+/')}",
    "slack": lambda: f"SLACK_BOT_TOKEN=xoxb-{number()}-{number()}-{text(24)}",
    "stripe": lambda: "STRIPE_KEY=sk_" + "live_" + text(chance.choice([24, 99])),
    "google": lambda: "key=AIza" + text(35, BASE62 + "-_"),
    "azure-storage": lambda: f"AccountName=blob{chance.randrange(99)};AccountKey={base64.b64encode(octets(64)).decode()};E=1",
    "azure-secret": lambda: "AZURE_CLIENT_SECRET=" + text(3) + "8Q~" + text(34),
    "npm": lambda: "//registry.npmjs.org/:_authToken=" + with_crc("npm_"),
    "pypi": lambda: "TWINE_PASSWORD=" + pypi(),
    "jwt": lambda: "Authorization: Bearer " + token(),
    "key": key,
}
# What documentation shows: naming one of these is a false report.
EXAMPLES = [
    "AKIAIOSFODNN7EXAMPLE", "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "ghs_16C7e42F292c69C2E7C10c838347Ae178B4a", "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "glpat-xxxxxxxxxxxxxxxxxxxx", "xoxb-your-token-here", "sk_live_your_key_here",
]


def make(path, lines):
    step = lines // (len(KINDS) * 20)
    names, at = list(KINDS), 0
    with open(path, "w") as log, open(path + ".truth", "w") as truth:
        for index in range(lines):
            digest = hashlib.sha256(str(index).encode()).hexdigest()
            log.write(f"[{index}] compiling Sources/module{index % 37}/file{index}.c -O2 -Wall sha256:{digest}\n")
            at += 1
            if index % 5000 == 2500:
                log.write(f"see {EXAMPLES[index // 5000 % len(EXAMPLES)]}\n")
                at += 1
            if index % step == step - 1:
                name = names[index // step % len(names)]
                planted = KINDS[name]()
                truth.write(f"{at + 1} {name}\n")
                log.write(planted + "\n")
                at += planted.count("\n") + 1


def score(path, report):
    truth = {int(line.split()[0]) for line in open(path + ".truth")}
    document = json.JSONDecoder().raw_decode(open(report).read())[0]
    named = {(f.get("finding") or f)["line"] for f in document["findings"]}
    print(len(named & truth), len(named - truth))


if sys.argv[1] == "make":
    make(sys.argv[2], int(sys.argv[3]))
else:
    score(sys.argv[2], sys.argv[3])
