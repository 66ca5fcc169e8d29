"""Plays an OpenID Connect provider on loopback, at which one person signs in without a password."""

import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwk, jwt


class Provider(ThreadingHTTPServer):
    """Lets in whoever `person` is, with the claims that are told of them."""

    daemon_threads = True

    def __init__(self, client: str, person: dict[str, Any]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.client, self.person = client, person
        self.key = jwk.RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
        self.nonces: dict[str, str] = {}

    @property
    def address(self) -> str:
        """Where it is, without a path."""
        return f"http://127.0.0.1:{self.server_port}"

    def described(self) -> dict[str, Any]:
        """Return what a client must know of it."""
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def token(self, code: str) -> dict[str, Any]:
        """Return what a client gets for a code."""
        now = int(time.time())
        claims = {
            "iss": self.address,
            "aud": self.client,
            "iat": now,
            "exp": now + 600,
            "nonce": self.nonces.pop(code),
            **self.person,
        }
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
        return {"access_token": "none", "token_type": "Bearer", "id_token": signed}


class _Handler(BaseHTTPRequestHandler):
    server: Provider

    def log_message(self, *_: object) -> None:
        """Keep quiet."""

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path == "/authorize":
            asked = {name: values[0] for name, values in parse_qs(address.query).items()}
            code = secrets.token_hex(8)
            self.server.nonces[code] = asked.get("nonce", "")
            back = urlencode({"code": code, "state": asked["state"]})
            self.send_response(302)
            self.send_header("location", f"{asked['redirect_uri']}?{back}")
            self.end_headers()
        elif address.path == "/keys":
            self._send({"keys": [self.server.key.as_dict(private=False)]})
        else:
            self._send(self.server.described())

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["content-length"])).decode()
        self._send(self.server.token(parse_qs(sent)["code"][0]))

    def _send(self, value: dict[str, Any]) -> None:
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def providing(client: str, person: dict[str, Any]) -> Iterator[Provider]:
    """Give a provider that runs."""
    with Provider(client, person) as provider:
        Thread(target=provider.serve_forever, daemon=True).start()
        yield provider
        provider.shutdown()
