"""Measurements against yardsticks taken in the same run. Never a timed test: a figure is a ratio,
and a person judges it.
"""
