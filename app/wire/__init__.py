"""What travels between laptop, county and files, shared by client and server. Never opens a file, a
socket or a database.
"""
