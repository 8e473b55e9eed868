"""Review: supervisors read what committees handed in and decide; mediators see what was said of
their own files.
"""
