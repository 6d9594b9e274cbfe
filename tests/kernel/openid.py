"""A small identity provider (OpenID Connect) on this machine's own loopback, for tests: discovery, keys, tokens."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT = "zhitong-in-tests"


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """Signs in whoever the test says, with the claims that the test says."""

    address: str = ""
    key: rsa.RSAPrivateKey = field(default_factory=new_key)
    codes: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def answer(self, question: str, username: str, *, key: Any = None, **claims: Any) -> dict[str, str]:
        """Return what the browser brings back after a question (the address to which it was sent)."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(question).query).items()}
        now = int(time.time())
        told = {
            "iss": self.address, "aud": asked["client_id"], "sub": f"subject-{username}", "iat": now,
            "exp": now + 300, "preferred_username": username, "nonce": asked.get("nonce", ""), **claims,
        }  # fmt: skip
        code = f"code-{len(self.codes)}"
        kept = {name: value for name, value in told.items() if value is not None}
        token = jwt.encode(kept, key or self.key, algorithm="RS256", headers={"kid": "k1"})
        self.codes[code] = {"id_token": token, "access_token": code, "token_type": "Bearer"}
        self.people[code] = {"sub": f"subject-{username}", "preferred_username": username}
        return {"code": code, "state": asked["state"]}

    people: dict[str, dict[str, Any]] = field(default_factory=dict)

    def told(self, path: str, body: str, bearer: str) -> dict[str, Any]:
        """Return the provider's answer at one of its addresses."""
        self.asked.append(path)
        if path == "/token":
            return self.codes[parse_qs(body)["code"][0]]
        if path == "/userinfo":
            return self.people[bearer]
        if path == "/jwks":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
            return {"keys": [{**public, "kid": "k1", "alg": "RS256", "use": "sig"}]}
        places = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        ends = {f"{name}_endpoint": f"{self.address}/{place}" for name, place in places.items()}
        return {
            "issuer": self.address, "jwks_uri": f"{self.address}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"], **ends,
        }  # fmt: skip


@contextmanager
def provider() -> Iterator[Provider]:
    """Run a provider for the length of a test."""
    made = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
            content = json.dumps(made.told(self.path, self.rfile.read(size).decode(), bearer)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET

        def log_message(self, *told: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=[0.01], daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
