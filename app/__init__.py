"""Heshi 和事: an offline-first case client for China's village mediators, and its county server.
`app/README.md` is the map.
"""
