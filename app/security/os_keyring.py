"""The operating system's keyring, as far as it can be trusted.

The only module that imports keyring.

Only the four real ones are taken, by class: a plaintext backend that happens to be installed must
never get a secret. Everything that goes wrong there (none, locked, prompt dismissed, bus gone, no
answer) counts as "not there".
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from types import FrameType
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

ALLOWED = frozenset(
    {
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.Windows.WinVaultKeyring",
        "keyring.backends.macOS.Keyring",
    }
)
SERVICE = "Heshi"
PATIENCE_SECONDS = 30.0
_LOG = logging.getLogger(__name__)
T = TypeVar("T")


class OsKeyring:
    """Satisfies `Secrets`. Looks for a backend when first asked."""

    def __init__(
        self, *, allowed: frozenset[str] = ALLOWED, patience: float = PATIENCE_SECONDS
    ) -> None:
        self._allowed = allowed
        self._patience = patience

    @property
    def name(self) -> str:
        return _class_name(self._backend) if self._backend is not None else ""

    def get(self, account: str) -> str | None:
        backend = self._backend
        if backend is None:
            return None
        return self._ask(lambda: backend.get_password(SERVICE, account))

    def set(self, account: str, value: str) -> bool:
        """Keeps `value` and reads it back: some backends cut, refuse or forget what has its real
        size.
        """
        backend = self._backend
        if backend is None:
            return False
        self._ask(lambda: backend.set_password(SERVICE, account, value))
        return self.get(account) == value

    @cached_property
    def _backend(self) -> KeyringBackend | None:
        return self._ask(self._choose)

    def _choose(self) -> KeyringBackend | None:
        import keyring

        chosen = keyring.get_keyring()
        # A chainer asks several in turn; a secret may go to an allowed one only.
        members = getattr(chosen, "backends", None)
        candidates = [chosen] if members is None else list(members)
        return next((one for one in candidates if _class_name(one) in self._allowed), None)

    def _ask(self, question: Callable[[], T]) -> T | None:
        from keyring.errors import KeyringError

        try:
            with _patience(self._patience):
                return question()
        except (KeyringError, TimeoutError, OSError, RuntimeError) as error:
            _LOG.warning("keyring gave no answer: %s", type(error).__name__)
        except Exception as error:
            # The libraries behind keyring raise what they like (jeepney, pywin32, D-Bus names).
            _LOG.warning("keyring broke: %s", type(error).__name__)
        return None


def _class_name(backend: KeyringBackend) -> str:
    return f"{type(backend).__module__}.{type(backend).__qualname__}"


@contextmanager
def _patience(seconds: float) -> Iterator[None]:
    """Raises TimeoutError after `seconds`, where the system can: a prompt that nobody sees must not
    hold the start for ever.

    An alarm needs the main thread and POSIX, which is where the waiting keyrings are (D-Bus).
    Windows answers at once.
    """
    if (
        not hasattr(signal, "setitimer")
        or threading.current_thread() is not threading.main_thread()
    ):
        yield
        return
    before = signal.signal(signal.SIGALRM, _out_of_patience)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _out_of_patience(number: int, frame: FrameType | None) -> None:
    raise TimeoutError
