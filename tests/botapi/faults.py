"""Bad days: refusals, broken connections, slowness, and the flood limits."""

import math
import time
from collections import deque
from dataclasses import dataclass


@dataclass
class Fault:
    """What happens to the next ``times`` calls of ``method`` ("*": any but getUpdates)."""

    method: str
    times: int = 1
    skip: int = 0  # so many calls go well before
    status: int = 0  # answer with this instead of acting
    description: str = ""
    retry_after: int = 0
    body: str = ""  # answer with this page instead of JSON
    cut: str = ""  # "before": break the connection instead of acting; "after": after acting
    hang: float = 0.0  # seconds to wait before anything else
    hang_after: float = 0.0  # seconds to wait after acting

    def concerns(self, method: str) -> bool:
        name = self.method.lower()
        return name == method or (name == "*" and method != "getupdates")


class Faults:
    def __init__(self) -> None:
        self.waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self.waiting.append(fault)

    def take(self, method: str) -> Fault | None:
        for fault in self.waiting:
            if not fault.concerns(method):
                continue
            if fault.skip:
                fault.skip -= 1
                continue
            fault.times -= 1
            if fault.times <= 0:
                self.waiting.remove(fault)
            return fault
        return None


class Floods:
    """About 30 messages a second to all, and 1 a second to one chat with short bursts."""

    def __init__(self, a_second: int = 30, burst: int = 5) -> None:
        self._a_second = a_second
        self._burst = burst
        self._sent: deque[float] = deque()
        self._chats: dict[int, float] = {}  # when the chat's allowance will be whole again
        self.refused = 0

    def take(self, chat: int, messages: int = 1) -> int:
        """0, or the seconds after which to come again."""
        now = time.monotonic()
        while self._sent and self._sent[0] <= now - 1:
            self._sent.popleft()
        whole_at = max(now, self._chats.get(chat, now)) + messages
        too_soon = whole_at - now - self._burst
        if len(self._sent) + messages > self._a_second or too_soon > 0:
            self.refused += 1
            return max(1, math.ceil(too_soon))
        self._sent.extend([now] * messages)
        self._chats[chat] = whole_at
        return 0
