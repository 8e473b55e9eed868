"""The workspace *Settings*: this computer, the committee, the county. Never a case."""
