"""Bad days of Zalo's: refusals with a code, pages of proxies, broken connections."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import orjson
from aiohttp import web

from tests.botapi.faults import Fault


@dataclass
class OaFault(Fault):
    """As Fault, and with a code of Zalo's."""

    code: int = 0


async def go_wrong(
    request: web.Request, fault: Fault, answer: Callable[[], Awaitable[web.Response]]
) -> web.StreamResponse:
    await asyncio.sleep(fault.hang)
    if fault.status:
        headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after else {}
        if fault.status in (301, 302):
            headers["Location"] = fault.body
        return web.Response(
            status=fault.status, text=fault.body, content_type="text/html", headers=headers
        )
    if fault.body:
        return web.Response(text=fault.body, content_type="text/html")
    response = web.Response() if fault.cut == "before" else await answer()
    await asyncio.sleep(fault.hang_after)
    if fault.cut and request.transport:
        request.transport.abort()
    return response


def json_answer(content: Any) -> web.Response:
    return web.Response(body=orjson.dumps(content), content_type="text/json")
