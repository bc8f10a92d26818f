"""What ``python -m bot check`` says of a channel."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found; ``key`` is of the bot's texts."""

    key: str
    arguments: Mapping[str, str] = field(default_factory=dict)
    good: bool = False
