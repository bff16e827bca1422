"""The official slips of a dossier, the control slip and the register, as PDF, DOCX and XLSX."""
