"""``heshi-county serve``: answers laptops until it is stopped. Whatever stands in the way is said
before anything listens.
"""

from __future__ import annotations

import argparse
import logging
import socket
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.county.clock import utc_now
from app.county.database import writing
from app.county.keys import load_key
from app.county.verbs import spoken_error

if TYPE_CHECKING:
    from uvicorn import Config

_PORTS = range(65_536)


def serve(arguments: argparse.Namespace, url: str, tell: Callable[[str], None]) -> None:
    """Serves the database at `url` until it is told to stop; `tell` hears where it listens. Raises
    ValueError with a sentence for a port, an address or a certificate that cannot be used.
    """
    if arguments.port not in _PORTS:
        raise ValueError(f"a port is a number from 0 to {_PORTS[-1]}")
    if arguments.certificate_key and not arguments.certificate:
        raise ValueError("--certificate-key needs --certificate")
    for file in filter(None, (arguments.certificate, arguments.certificate_key)):
        if not Path(file).is_file():
            raise ValueError(f"no such file: {file}")
    # Late: the other verbs need no web server, and an administrator waits for each of them.
    import uvicorn

    from app.county.app import create_app
    from app.county.patience import PatientProtocol

    key = load_key(arguments.data)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    app = create_app(url, key, data=arguments.data, debug=arguments.debug)
    county = app.state.county
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        ws="none",
        http=PatientProtocol,
        # Connections, silent ones too, each a few kB: a county has some hundred laptops. What they
        # ask is worked off by far fewer threads.
        limit_concurrency=1000,
        timeout_keep_alive=15,
        ssl_certfile=arguments.certificate,
        ssl_keyfile=arguments.certificate_key,
    )
    try:
        _make_ready(config, arguments)
        with _listener(arguments.host, arguments.port) as listener:
            with writing(county.engine) as session:
                county.files.sweep(session, utc_now())
            scheme = "https" if arguments.certificate else "http"
            port = listener.getsockname()[1]
            tell(f"listening on {scheme}://{arguments.host}:{port}")
            uvicorn.Server(config).run(sockets=[listener])
    finally:
        county.engine.dispose()


def _make_ready(config: Config, arguments: argparse.Namespace) -> None:
    """Reads the certificate, which else would be read when the address is told already."""
    files = ", ".join(filter(None, (arguments.certificate, arguments.certificate_key)))
    try:
        config.load()
    except ssl.SSLError:
        raise ValueError(f"no certificate with its key: {files}") from None
    except OSError as error:
        raise ValueError(f"{files}: {spoken_error(error)}") from None


def _listener(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port))
    except OSError as error:
        raise ValueError(f"cannot listen on {host}:{port}: {spoken_error(error)}") from None
