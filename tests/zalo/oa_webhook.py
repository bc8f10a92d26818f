"""How Zalo reports what people do: signed, with two seconds' patience, hardly ever twice."""

import asyncio
import hashlib
from typing import TYPE_CHECKING, Any

import aiohttp
import orjson

from tests.zalo.oa_rules import APP_ID, OA_ID, OA_SECRET_KEY, Bubble

if TYPE_CHECKING:
    from tests.zalo.oa_server import OaServer

PATIENCE = 2.0
RETRIES = (30, 300, 900, 1800, 3600)  # seconds; then the webhook is switched off


class Webhook:
    """Knobs: where the time stands that is signed, the form of the signature, bad manners."""

    def __init__(self, server: "OaServer") -> None:
        self._server = server
        self.url = ""
        self.timestamp = "body"  # or "header": another time, which is signed; or "both"
        self.prefix = "mac="
        self.first = APP_ID  # the signed text begins with it; or OA_ID
        self.key = ""  # sign with this instead of the OA's key
        self.signed = True
        self.duplicates = False  # everything is reported twice
        self.echoes = True  # what the account says is reported as well
        self.receipts = False  # and that it was received and seen
        self.retries = False  # try again when no connection can be made
        self.patience = PATIENCE
        self.haste = 1000.0  # shortens the waits between tries
        self.is_off = False
        self.answers: list[tuple[str, int]] = []  # event and HTTP status; 0: none in time
        self.last: dict[str, Any] = {}  # the last thing that somebody did
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        if self._session:
            await self._session.close()

    async def report(self, event: dict[str, Any]) -> int:
        """Report what somebody did; returns the last HTTP status (0: none)."""
        now = int(self._server.clock().timestamp() * 1000)
        event = {"app_id": APP_ID, "user_id_by_app": "552177279717587730", **event}
        event.setdefault("timestamp", str(now))
        if not event["event_name"].startswith("oa_"):
            self.last = event
        return await self.deliver(event)

    async def deliver(self, event: dict[str, Any]) -> int:
        status = await self._deliver(event)
        return await self._deliver(event) if self.duplicates else status

    async def probe(self) -> int:
        """What the console sends when the address is entered."""
        return await self._post(b"{}", {}, "probe")

    async def echo(self, kind: str, user: str, bubble: Bubble) -> None:
        if self.echoes:
            await self.report(
                {
                    "event_name": f"oa_send_{kind}",
                    "sender": {"id": OA_ID},
                    "recipient": {"id": user},
                    "message": {"text": bubble.text, "msg_id": bubble.id},
                }
            )
        if self.receipts:
            for name in ("user_received_message", "user_seen_message"):
                said = {"msg_ids": [bubble.id]} if "seen" in name else {"msg_id": bubble.id}
                await self._deliver(
                    {
                        "app_id": APP_ID,
                        "event_name": name,
                        "sender": {"id": user},
                        "recipient": {"id": OA_ID},
                        "message": said,
                        "timestamp": str(int(self._server.clock().timestamp() * 1000)),
                    }
                )

    async def _deliver(self, event: dict[str, Any]) -> int:
        body = orjson.dumps(event)
        time = event["timestamp"]
        headers = {"Content-Type": "application/json"}
        if self.timestamp == "header":
            time = str(int(time) + 7)
        if self.timestamp in ("header", "both"):
            headers["X-ZEvent-Timestamp"] = time
        key = self.key or OA_SECRET_KEY
        plain = self.first.encode() + body + time.encode() + key.encode()
        if self.signed:
            headers["X-ZEvent-Signature"] = self.prefix + hashlib.sha256(plain).hexdigest()
        name = event["event_name"]
        status = await self._post(body, headers, name)
        if status != -1 or not self.retries:
            return max(status, 0)
        for number, wait in enumerate(RETRIES, 1):
            await asyncio.sleep(wait / self.haste)
            status = await self._post(body, headers | {"num_retry": str(number)}, name)
            if status != -1:
                return status
        self.is_off = True
        return 0

    async def _post(self, body: bytes, headers: dict[str, str], name: str) -> int:
        """Return the status; 0 when none came in time, -1 when there was no connection."""
        if not self.url or self.is_off:
            self.answers.append((name, 0))
            return 0
        if self._session is None:
            self._session = aiohttp.ClientSession()
        try:
            async with self._session.post(
                self.url,
                data=body,
                headers=headers,
                timeout=aiohttp.ClientTimeout(total=self.patience),
            ) as response:
                status = response.status
        except aiohttp.ClientConnectionError:
            status = -1
        except TimeoutError:
            status = 0
        self.answers.append((name, max(status, 0)))
        return status
