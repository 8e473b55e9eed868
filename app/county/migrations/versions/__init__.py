"""One module for each step, numbered; plain column types only, so that a step means the same for
ever.
"""
