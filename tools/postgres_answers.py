"""Exit 0 when the PostgreSQL of DATABASE_URL answers, else 1."""

import os
import sys

import psycopg

try:
    psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=3).close()
except psycopg.OperationalError:
    sys.exit(1)
