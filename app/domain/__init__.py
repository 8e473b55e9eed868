"""Words and rules of people's mediation in plain Python. Never imports Qt, SQL, HTTP, files or any
other room of the house.
"""
