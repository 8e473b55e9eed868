"""Whether this computer has any way out at all: asks the system's own table of routes.

Sends nothing, looks up no name, knows no county. Never says that somebody answers at the other end.
"""

from __future__ import annotations

import socket

# Addresses kept for documentation (RFC 5737, RFC 3849): nobody is there, the way out is the same.
_SOMEWHERE = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))
_PORT = 443


def has_way_out() -> bool:
    """True where the system would know over which network to send to a distant address."""
    return any(_way(family, address) for family, address in _SOMEWHERE)


def _way(family: socket.AddressFamily, address: str) -> bool:
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((address, _PORT))  # of a datagram: only chooses the route
    except OSError:
        return False
    return True
