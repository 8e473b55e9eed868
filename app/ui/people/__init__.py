"""People and organisations: found again by name, pinyin, initials, phone or address; written once
and used in every case.
"""
