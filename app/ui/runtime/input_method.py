"""Chinese input on Linux. The Qt that we ship knows ibus and not fcitx; fcitx5 answers as ibus when
it is asked through the portal.

Must run before the first `QGuiApplication`. Never changes anything where the portal is not there.
"""

from __future__ import annotations

import os
import sys

PORTAL = "org.freedesktop.portal.IBus"


def before_application() -> None:
    """Switches to the portal when the desktop uses fcitx and fcitx offers it."""
    if not sys.platform.startswith("linux") or not wants_portal(dict(os.environ)):
        return
    from PySide6.QtDBus import QDBusConnection

    bus = QDBusConnection.sessionBus()
    interface = bus.interface()
    if (
        bus.isConnected()
        and interface is not None
        and interface.isServiceRegistered(PORTAL).value()
    ):
        os.environ["QT_IM_MODULE"] = "ibus"
        os.environ["IBUS_USE_PORTAL"] = "1"


def wants_portal(environment: dict[str, str]) -> bool:
    """Whether the desktop asks for fcitx, by Qt's own variable or by the one of X."""
    asked = environment.get("QT_IM_MODULE", "") or environment.get("XMODIFIERS", "").removeprefix(
        "@im="
    )
    return asked in ("fcitx", "fcitx5") and bool(
        environment.get("DBUS_SESSION_BUS_ADDRESS") or environment.get("XDG_RUNTIME_DIR")
    )
