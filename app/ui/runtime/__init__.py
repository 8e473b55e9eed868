"""What every part of the window stands on: jobs, changes, sentences, names, theme. Never builds a
page.
"""
