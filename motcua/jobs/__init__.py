"""Background work: a queue in the database, retried, periodic, safe against a killed worker.

Jobs are at least once: each is written so that running it twice does what running it once does.
"""
