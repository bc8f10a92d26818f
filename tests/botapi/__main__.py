"""Run the server by itself: ``python -m tests.botapi --port 8081``."""

import argparse
import asyncio
import sys

from tests.botapi.control import Control
from tests.botapi.faults import Floods
from tests.botapi.server import TOKEN, BotApi


async def serve(options: argparse.Namespace) -> None:
    api = BotApi(
        options.token,
        haste=options.haste,
        floods=Floods() if options.floods else None,
        latency=options.latency,
    )
    Control(api)
    await api.start(port=options.port)
    sys.stdout.write(f"BOT_TELEGRAM_API_URL={api.url} BOT_TELEGRAM_TOKEN={api.token}\n")
    sys.stdout.flush()
    try:
        await asyncio.Event().wait()
    finally:
        await api.stop()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.botapi", description=__doc__)
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--floods", action="store_true", help="30 a second, 1 a second to a chat")
    parser.add_argument("--haste", type=float, default=1.0, help="shorten webhook retries by this")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds added to each call")
    try:
        asyncio.run(serve(parser.parse_args()))
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main()
