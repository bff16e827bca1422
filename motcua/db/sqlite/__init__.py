"""A Django database backend over a safe SQLite (>= 3.51.3) with a fair queue of writers.

SQLite 3.7.0 to 3.51.2 can corrupt a WAL database when two connections write or checkpoint at
once; Debian 12 ships 3.40.1. This engine puts ``pysqlite3`` in the place of ``sqlite3`` before
Django imports it, and refuses to run on an engine without the fix.
"""
