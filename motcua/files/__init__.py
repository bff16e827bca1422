"""Attachments: checked at the door, kept by their hash, never executed, never deleted.

A file belongs to a record of an upper app by (object_type, object_id); that app decides who may
read it and sends it through :func:`motcua.files.views.send`.
"""
