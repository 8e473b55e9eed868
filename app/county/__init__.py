"""The county server: keeps what laptops send, signs for it, judges it apart, and hands out what
each may see.

Never part of the client, and never holds state in memory: a second process beside it changes
nothing.
"""
