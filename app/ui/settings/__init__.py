"""The workspace *Settings*: this computer, the committee, the county. Never anything about a case."""
