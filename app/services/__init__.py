"""Use cases as functions of a unit of work. Never imports Qt, SQL or HTTP: what they need from
outside comes in as an argument.
"""
