"""The frame around the workspaces: start, navigation, status, doors. Decides nothing about
mediation.
"""
