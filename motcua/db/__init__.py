"""The database's own matters, no business: the safe SQLite engine, encrypted fields, keys."""
