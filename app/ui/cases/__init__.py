"""The workspace *Cases*: the list, the case page, the oral-case card. The exemplary workspace:
others are built like it.

How it is divided: `workspace.py` frames list and page; `list_*.py` and `filters.py` are the list;
`case_page.py` composes `head.py`, `sections/` and `missing_margin.py`; `next_step.py` decides
(without Qt) which step comes next and what forbids it; the `*actions.py` hold every verb. Nothing
here reads or writes the store except through a verb given to `jobs.run`.
"""
