"""A local server that behaves as it is told, well or badly, and remembers what came."""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal
from urllib.parse import urlsplit

Framing = Literal["length", "chunked", "cut", "cut-chunked", "none"]


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What to answer; `cut` promises the whole body and closes after `cut_at` bytes."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    framing: Framing = "length"
    cut_at: int = 0
    has_ranges: bool = True
    delay_s: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request that came."""

    method: str
    path: str
    headers: Message
    body: str


class Server:
    """Replies by path; of several the next one each time, and the last one ever after."""

    def __init__(self) -> None:
        self.replies: dict[str, list[Reply]] = {}
        self.asked: list[Asked] = []
        self.address = ""

    def answer(self, path: str, *replies: Reply) -> None:
        self.replies[path] = list(replies)

    def next_reply(self, target: str) -> Reply:
        queue = self.replies.get(target) or self.replies.get(urlsplit(target).path)
        if not queue:
            return Reply(status=404, body=b'{"message": "no such thing"}')
        return queue.pop(0) if len(queue) > 1 else queue[0]

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def of(self, path: str) -> list[Asked]:
        return [asked for asked in self.asked if urlsplit(asked.path).path == path]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    state: Server

    def do_GET(self) -> None:
        self._serve("")

    def do_POST(self) -> None:
        n_bytes = int(self.headers.get("Content-Length", 0))
        self._serve(self.rfile.read(n_bytes).decode())

    def _serve(self, body: str) -> None:
        state = self.state
        state.asked.append(
            Asked(method=self.command, path=self.path, headers=self.headers, body=body)
        )
        reply = state.next_reply(self.path)
        time.sleep(reply.delay_s)
        status, content, headers = self._conditional(reply)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self._send(reply, content)

    def _conditional(self, reply: Reply) -> tuple[int, bytes, dict[str, str]]:
        etag, headers = reply.headers.get("ETag"), dict(reply.headers)
        if reply.status != 200 or etag is None:
            return reply.status, reply.body, headers
        if self.headers.get("If-None-Match") == etag:
            return 304, b"", headers
        wanted = self.headers.get("Range")
        if wanted and reply.has_ranges and self.headers.get("If-Range") == etag:
            start = int(wanted.removeprefix("bytes=").rstrip("-"))
            total = len(reply.body)
            if start >= total:
                return 416, b"", headers
            headers["Content-Range"] = f"bytes {start}-{total - 1}/{total}"
            return 206, reply.body[start:], headers
        return 200, reply.body, headers

    def _send(self, reply: Reply, content: bytes) -> None:
        is_cut = reply.framing.startswith("cut")
        sent = content[: reply.cut_at] if is_cut else content
        if reply.framing in {"chunked", "cut-chunked"}:
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            half = len(sent) // 2
            for chunk in (sent[:half], sent[half:]):
                if chunk:
                    self.wfile.write(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n")
            if not is_cut:
                self.wfile.write(b"0\r\n\r\n")
        else:
            if reply.framing == "none":
                self.send_header("Connection", "close")
            else:
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(sent)
        self.close_connection = is_cut or reply.framing == "none"

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[Server]:
    """Serve on a port of this machine for the length of a `with` block."""
    state = Server()
    handler = type("Handler", (_Handler,), {"state": state})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        state.address = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(
            target=server.serve_forever, kwargs={"poll_interval": 0.01}
        )
        thread.start()
        try:
            yield state
        finally:
            server.shutdown()
            thread.join()
