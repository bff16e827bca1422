"""Codes of procedures in the national database."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from motcua.core.errors import Refused
from motcua.core.errors import mark as _

#: "1.001193", with the suffix of the agency that localised it: "1.000948.H38",
#: "3.000181.000.00.00.H22".
_CODE: Final = re.compile(r"(?P<national>\d\.\d{6})(?:\.(?:\d{3}\.\d{2}\.\d{2}\.)?[A-Z]\d{2})?")


class CodeWrong(Refused):
    """What was typed is no code of the national database."""

    code = "procedure_code"
    message = _("“%(text)s” không phải mã thủ tục; hãy ghi như 1.001193.")
    status: ClassVar[int] = 422


def national_code(text: str) -> str:
    """The national code in a code as it is written, a local suffix dropped: it names the agency
    that localised the procedure, not another procedure. Raises :class:`CodeWrong`."""
    found = _CODE.fullmatch(text.strip().upper())
    if found is None:
        raise CodeWrong(text=text.strip())
    return found["national"]
