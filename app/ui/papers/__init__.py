"""The workspace *Papers*: what belongs to no single case. Decides no rule."""
