"""Sends prepared batches over a few connections that stay open; as little work per call as a client can do.

``python -m benchmarks.load PORT KEY BATCHES SALT`` prints the events per second; every answer must be 200.
"""

from __future__ import annotations

import base64
import json
import socket
import sys
import time
from concurrent.futures import ThreadPoolExecutor

SIZE = 100
CONNECTIONS = 4


def request(key: str, number: int, salt: str) -> bytes:
    """One whole HTTP request with a hundred events that no other request has."""
    items = [
        {
            "type": "track",
            "messageId": f"{salt}-{number}-{place}",
            "event": "order.paid",
            "userId": f"u{(number * SIZE + place) % 20_000}",
            "timestamp": "2026-01-01T10:00:00.000Z",
            "properties": {
                "amount": place + 0.5,
                "sku": f"sku-{place % 50}",
                "channel": "wecom",
                "gift": place % 7 == 0,
            },
        }
        for place in range(SIZE)
    ]
    body = json.dumps({"batch": items, "sentAt": "2026-01-01T10:00:01.000Z"}).encode()
    token = base64.b64encode(f"{key}:".encode()).decode()
    head = (
        f"POST /v1/batch HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Basic {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def send(port: int, requests: list[bytes]) -> None:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for each in requests:
            connection.sendall(each)
            _read_answer(connection)


def _read_answer(connection: socket.socket) -> None:
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += connection.recv(65_536)
    head, _, body = answer.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(answer[:500].decode())
    length = next(
        int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")
    )
    while len(body) < length:
        body += connection.recv(65_536)


def main() -> None:
    port, key, batches, salt = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4]
    requests = [request(key, number, salt) for number in range(batches)]
    started = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(lambda place: send(port, requests[place::CONNECTIONS]), range(CONNECTIONS)))
    print(batches * SIZE / (time.perf_counter() - started))


if __name__ == "__main__":
    main()
