"""Files that cannot be read: one refusal each, with a sentence that says what to do."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
import typst

from motcua.planning.reader import ReaderRefused, read_in_child, read_plan
from motcua.planning.reader.refusals import all_refusals

PLANS = Path(__file__).parent / "plans"
DOCX = (PLANS / "table-only-2026.docx").read_bytes()
PDF = (PLANS / "pdf-plain-2026.pdf").read_bytes()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TYPES = b'<?xml version="1.0"?><Types/>'


def packed(**files: bytes) -> bytes:
    """A ZIP archive with these files; "__" stands for "/" in a name, "_D" for a dot."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", files.pop("types", TYPES))
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_D", "."), content)
    return buffer.getvalue()


def locked_pdf() -> bytes:
    """A PDF whose encryption dictionary no empty password opens."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        b"<</Filter/Standard/V 1/R 2/P -4/O<" + b"61" * 32 + b">/U<" + b"62" * 32 + b">>>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 5\n0000000000 65535 f \n" + table
    tail = b"trailer<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<61><61>]>>\nstartxref\n%d\n%%%%EOF"
    return body + head + tail % len(body)


def encrypted_entry() -> bytes:
    """A DOCX whose entries carry the flag of ZIP encryption."""
    data = bytearray(packed(word__document_Dxml=b"<w/>"))
    place = data.rindex(b"PK\x01\x02")
    data[place + 8] |= 1
    return bytes(data)


def typed(text: str) -> bytes:
    """A DOCX with one paragraph."""
    buffer = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(text)
    document.save(buffer)
    return buffer.getvalue()


NOVEL = "Đêm ấy trăng sáng, người con gái ngồi bên bến sông mà nhớ quê nhà. " * 6_000

BAD_FILES = {
    "nothing": ("empty", b""),
    "blank lines": ("empty", b" \r\n\r\n\t\n"),
    "blank after the mark of UTF-8": ("empty", b"\xef\xbb\xbf \n"),
    "DOCX without a word": ("empty", typed("  ")),
    "headings only": (
        "empty",
        "KẾ HOẠCH\nCải cách hành chính năm 2024\nI. MỤC TIÊU\nII. NHIỆM VỤ\n".encode(),
    ),
    "a recipe": (
        "not_a_plan",
        "Canh chua cá lóc\nRửa sạch cá, ướp với muối.\nNấu nước, thả me vào.\n".encode(),
    ),
    "scanned PDF": ("no_text", typst.compile(b"#rect(width: 5cm, height: 5cm)", format="pdf")),
    "PDF with a password": ("encrypted", locked_pdf()),
    "DOCX with a password": ("encrypted", OLE + "EncryptedPackage".encode("utf-16-le")),
    "ZIP encryption": ("encrypted", encrypted_entry()),
    "PDF cut in the middle": ("broken_file", PDF[: len(PDF) // 2]),
    "PDF of noise": ("broken_file", b"%PDF-1.7\n" + b"\x00\xff" * 99 + b"\n%%EOF"),
    "DOCX cut in the middle": ("broken_file", DOCX[: len(DOCX) // 2]),
    "DOCX of noise": ("broken_file", packed(word__document_Dxml=b"<w>")),
    "bomb by ratio": ("zip_bomb", packed(word__document_Dxml=bytes(3_000_000))),
    "bomb by size": (
        "zip_bomb",
        packed(**{f"word__{n}_Dxml": bytes(1_000_000) for n in range(70)}),
    ),
    "bomb by number": ("zip_bomb", packed(**{f"word__{n}_Dxml": b"" for n in range(2_100)})),
    "macros by name": (
        "macros",
        packed(word__document_Dxml=b"<w/>", word__vbaProject_Dbin=b"Sub AutoOpen()"),
    ),
    "macros by type": (
        "macros",
        packed(types=b"<T>ms-word.document.macroEnabled</T>", word__document_Dxml=b"<w/>"),
    ),
    "an object inside": (
        "embedded",
        packed(word__document_Dxml=b"<w/>", word__embeddings__oleObject1_Dbin=b"x"),
    ),
    "a workbook": ("unknown_kind", packed(xl__workbook_Dxml=b"<x/>")),
    "Word before 2007": ("unknown_kind", OLE + b"WordDocument"),
    "a picture": ("unknown_kind", b"\x89PNG\r\n\x1a\n" + bytes(50)),
    "a web page": ("unknown_kind", b"  <!DOCTYPE html><p>1. Muc dich"),
    "an unknown encoding": ("undecodable", bytes(range(128, 255)) * 20),
    "half a UTF-16 letter": ("undecodable", b"\xff\xfeK\x00E"),
    "zeros inside": ("undecodable", b"KE HOACH\x00" * 9),
    "a novel": ("too_long", NOVEL.encode()),
    "a novel in DOCX": ("too_long", typed(NOVEL)),
    "two million letters": ("too_long", b"a\n" * 1_100_000),
    "200 pages of PDF": ("too_long", typst.compile(b"Trang #pagebreak()" * 200, format="pdf")),
}


@pytest.mark.parametrize(("code", "data"), BAD_FILES.values(), ids=BAD_FILES)
def test_file_is_refused(code: str, data: bytes) -> None:
    with pytest.raises(ReaderRefused) as refused:
        read_plan(data, "ke-hoach")
    assert refused.value.code == code
    sentence = str(refused.value)
    assert "%(" not in sentence
    assert "Hãy" in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize("name", ["scanned PDF", "DOCX cut in the middle", "200 pages of PDF"])
def test_child_refuses_with_the_same_sentence(name: str) -> None:
    data = BAD_FILES[name][1]
    with pytest.raises(ReaderRefused) as here:
        read_plan(data, "ke-hoach")
    with pytest.raises(ReaderRefused) as apart:
        read_in_child(data, "ke-hoach")
    assert type(apart.value) is type(here.value)
    assert str(apart.value) == str(here.value)


def test_every_refusal_has_a_name_for_the_child() -> None:
    assert {"NoText", "Encrypted", "BrokenFile", "TooLong", "ZipBomb", "Macros"} <= set(
        all_refusals()
    )
