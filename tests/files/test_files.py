"""Attachments at the door and in storage."""

import io
import zipfile

import pytest
from django.core.files.storage import default_storage

from motcua.audit.models import Entry
from motcua.files.actions import attach, withdraw
from motcua.files.models import Attachment
from motcua.files.rules import (
    MAX_BYTES,
    FileDamaged,
    FileEmpty,
    FileKindRefused,
    FileTooLarge,
    check_file,
    clean_name,
)
from motcua.files.views import send


def archive(*members):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members:
            made.writestr(name, content)
    return raw.getvalue()


PDF = b"%PDF-1.7\n...\n%%EOF\n"


@pytest.mark.parametrize(
    ("name", "content", "media"),
    [
        ("bao-cao.pdf", PDF, "application/pdf"),
        ("anh.PNG", b"\x89PNG\r\n\x1a\n..", "image/png"),
        ("ghi chú.txt", "Đã họp".encode(), "text/plain"),
        ("utf16.txt", "Đã họp".encode("utf-16"), "text/plain"),
        ("a.zip", archive(("a", b"b")), "application/zip"),
    ],
)
def test_good_files_come_in(name, content, media):
    assert check_file(name, content) == media


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("a.pdf", b"", FileEmpty),
        ("a.pdf", b"%PDF-" + b"0" * MAX_BYTES, FileTooLarge),
        ("a.exe", b"MZ", FileKindRefused),
        ("a", b"no extension", FileKindRefused),
        ("a.pdf", b"<html>", FileKindRefused),
        ("a.pdf", b"%PDF-1.7 cut in the middle", FileDamaged),
        ("a.txt", b"MZ\x00\x00", FileKindRefused),
        ("a.docx", b"PK\x03\x04 cut", FileDamaged),
        ("a.docx", archive(("word/document.xml", b"0" * 50_000_000)), FileDamaged),
    ],
)
def test_bad_files_stay_out(name, content, refusal):
    with pytest.raises(refusal, match=name):
        check_file(name, content)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\báo cáo.docx", "báo cáo.docx"),
        ('a<b>:"|?*.pdf', "ab.pdf"),
        ("x" * 300 + ".pdf", "x" * 140 + ".pdf"),
        ("", "tep"),
        ("a\x00b.txt", "ab.txt"),
    ],
)
def test_names_are_cleaned(name, clean):
    assert clean_name(name) == clean


def keep(org, now, content=PDF, name="bao-cao.pdf"):
    return attach(
        chain=org.commune.code,
        to=org.commune,
        kind="evidence",
        name=name,
        content=content,
        by=org.vanphong.actor,
        at=now,
    )


def test_a_kept_file_reads_back_and_is_traced(org, now):
    kept = keep(org, now)
    assert kept.read() == PDF
    assert Entry.objects.order_by("-pk")[0].action == "files.attach"


def test_the_same_file_is_kept_once(org, now):
    assert keep(org, now).pk == keep(org, now).pk
    assert Attachment.objects.count() == 1


def test_the_same_content_elsewhere_shares_its_bytes(org, now):
    first = keep(org, now)
    other = attach(
        chain=org.commune.code,
        to=org.district,
        kind="evidence",
        name="b.pdf",
        content=PDF,
        by=org.vanphong.actor,
        at=now,
    )
    assert other.path == first.path
    assert default_storage.exists(first.path)


def test_a_withdrawn_file_is_out_of_sight_but_kept(org, now):
    kept = keep(org, now)
    for _ in range(2):
        withdraw(attachment=kept, reason="Nhầm tệp", by=org.vanphong.actor, at=now)
    assert not Attachment.objects.of(org.commune).exists()
    assert kept.read() == PDF
    assert Entry.objects.filter(action="files.withdraw").count() == 1


def test_a_sent_file_stays_harmless(org, now):
    response = send(keep(org, now, name="báo cáo.pdf"))
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
