"""Domain to paper: what each form says about a case, made into PDF, and pictures of its pages.

Never asks a store or a network for anything: a whole case file comes in, bytes go out.
"""
