"""The type of words for people: plain text, or text that is translated when it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # The stubs know a translated string by this name; at run time it is a plain Promise.
    from django.utils.functional import _StrPromise as Promise
else:
    from django.utils.functional import Promise

Text = str | Promise
