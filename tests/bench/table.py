"""The lines that a run prints: ours, the peer's, the ratio, the aim, met or not."""

import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    what: str
    ours: float
    unit: str
    peer: float | None = None
    peer_name: str = ""
    aim: float | None = None
    aim_is: str = "most"  # most, least: of ours; ratio: ours to the peer's

    @property
    def ratio(self) -> float | None:
        """How many times better than the peer."""
        if not self.peer or not self.ours:
            return None
        more_is_better = self.unit.endswith("/s")
        return self.ours / self.peer if more_is_better else self.peer / self.ours

    @property
    def met(self) -> bool | None:
        if self.aim is None:
            return None
        if self.aim_is == "ratio":
            return self.ratio is not None and self.ratio >= self.aim
        return self.ours <= self.aim if self.aim_is == "most" else self.ours >= self.aim


HEAD = f"{'':47} {'ours':>14} {'peer':>14} {'ratio':>7} {'aim':>10}"


def show(line: Line) -> None:
    """Print a line as soon as it is known."""
    peer = _number(line.peer, line.unit) if line.peer is not None else ""
    ratio = f"{line.ratio:.1f}x" if line.ratio else ""
    sign = {"most": "<=", "least": ">=", "ratio": ">= x"}[line.aim_is]
    aim = f"{sign}{line.aim:g}" if line.aim is not None else ""
    met = {None: "", True: "met", False: "MISSED"}[line.met]
    ours = _number(line.ours, line.unit)
    sys.stdout.write(
        f"{line.what:47} {ours:>14} {peer:>14} {ratio:>7} {aim:>10} {met:6} {line.peer_name}\n"
    )
    sys.stdout.flush()


def _number(value: float, unit: str) -> str:
    return f"{value:,.0f} {unit}" if value >= 100 else f"{value:.3g} {unit}"
