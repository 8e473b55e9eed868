"""Fields, forms, tables, paper: what pages are made of. Never knows a workspace and never decides
anything.
"""
