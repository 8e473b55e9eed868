"""Keys, the device's identity and the logs.

Never knows a record, and never shows or writes down what it guards.
"""
