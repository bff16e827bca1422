"""The machine's face: ``/api/v1``, the same actions as the pages."""
