"""What a bot of this kind would import when it starts, and the pickled bot behind it."""

import sys

import aiohttp
import apscheduler.schedulers.asyncio
import docx
import PIL.Image
import sqlalchemy.ext.asyncio

from tests.bench.peers import committed

IMPORTED = (aiohttp, apscheduler, docx, PIL, sqlalchemy)

if __name__ == "__main__":
    committed.main(*sys.argv[1:])
