"""The sections of the case page in the order of a case's life.

Each a read view with its form in place.
"""
