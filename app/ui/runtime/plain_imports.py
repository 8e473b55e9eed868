"""Plain imports after Qt. Qt for Python reads the source of every module that is imported after it
and keeps it in memory, to see whether its opt-in names (`from __feature__ import ...`) may matter
there. Nobody here uses them, and it costs a third of the start.

Goes when Qt for Python asks for that only where the names are used.
"""

from __future__ import annotations

import builtins


def use_plain_imports() -> None:
    """Loads Qt's core and takes the reading of sources out of the import statement again; harmless
    where Qt left it alone.
    """
    import PySide6.QtCore  # noqa: F401  # it takes the import statement over while it is loaded

    own = getattr(builtins, "__orig_import__", None)
    if own is not None:
        builtins.__import__ = own
