"""The trace: an append-only, hash-chained record of every change of a business record.

One chain per agency. Protected against UPDATE and DELETE by the database itself; checked by
``motcua verify``. Format: ``docs/reference/chain.md``.
"""
