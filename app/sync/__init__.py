"""The wire to the county. Knows HTTP and nothing of records, threads or windows."""
