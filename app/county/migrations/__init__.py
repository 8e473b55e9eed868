"""The history of the county's tables, run by Alembic at every start.

A revision that was released is never edited.
"""
