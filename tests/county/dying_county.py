"""A county server that is killed between its commit and its answer: ``python dying_county.py FOLDER
PORT``.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from pathlib import Path

import uvicorn

from app.county import answering, exchange
from app.county.app import create_app
from app.county.database import sqlite_url
from app.county.keys import load_key
from app.county.pull import Page


def die(*arguments: object, **more: object) -> Page:
    """Stands where the answer is gathered, after everything was committed."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("still alive")


folder, port = Path(sys.argv[1]), int(sys.argv[2])
vars(exchange)["read_page"] = die
vars(answering)["read_log_page"] = die
app = create_app(sqlite_url(folder), load_key(folder))
listener = socket.create_server(("127.0.0.1", port))
sys.stdout.write("listening\n")
sys.stdout.flush()
uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off")).run(sockets=[listener])
