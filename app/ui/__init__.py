"""The window: shell, workspaces, widgets, runtime. Never sees a row, a session or a socket."""
