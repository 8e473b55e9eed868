"""The workspace *Waiting*: the journal's tail in words, each entry with its state, its reason and
the next step.
"""
