"""``python -m tests.bench [--quick] [section …]``: every figure beside a peer's and its aim.

The bot, the crowd with the Bot API server, and this program run in processes of their own. On two
processors the crowd takes one of them and the bot the other, so a bot that answers faster than
the crowd can ask is measured as slower than it is.
"""

import argparse
import os
import sys
import time

from tests.bench.sections import SECTIONS
from tests.bench.table import HEAD, show


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("sections", nargs="*", help=f"of {', '.join(SECTIONS)}; none: all")
    parser.add_argument("--quick", action="store_true", help="shorter runs, rougher figures")
    options = parser.parse_args()
    for name in options.sections:
        if name not in SECTIONS:
            parser.error(f"{name}: one of {', '.join(SECTIONS)}")
    began = time.monotonic()
    sys.stdout.write(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}\n{HEAD}\n")
    missed = 0
    for name in options.sections or SECTIONS:
        sys.stdout.write(f"-- {name}: {SECTIONS[name].__doc__}\n")
        for line in SECTIONS[name](quick=options.quick):
            show(line)
            missed += line.met is False
    seconds = time.monotonic() - began
    sys.stdout.write(f"{missed} missed, {seconds:.0f} s, load {os.getloadavg()[0]:.1f}\n")


if __name__ == "__main__":
    main()
