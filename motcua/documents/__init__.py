"""Official documents: what leaves the house on paper or as a signed file.

For now the layout (``documents.layout``): PDF and DOCX by Decree 30/2020/ND-CP, Annex I. Registers,
numbers, signing and the archive (arts. 13-30 of the decree) join it here.
"""
