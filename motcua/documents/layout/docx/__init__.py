"""DOCX by python-docx: what a clerk may still edit in Word, with the measures of the PDF."""

from motcua.documents.layout.docx.render import render_docx

__all__ = ["render_docx"]
