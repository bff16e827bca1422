"""Addresses of slips, below those of dossiers."""

from django.urls import path, re_path

from motcua.dossiers.views import books, register, slips

urlpatterns = [
    path("fees/", books.fees, name="fees"),
    path("fees/refunds/", books.refunds, name="refunds"),
    path("guidance/", books.guidance, name="guidance"),
    path("register/", register.register, name="register"),
    path("register.pdf", register.register_pdf, name="register_pdf"),
    re_path(r"^(?P<pk>\d+)/slips/(?P<slip>\d+)\.(?P<form>pdf|docx)$", slips.slip, name="slip"),
    re_path(r"^(?P<pk>\d+)/control\.(?P<form>pdf|docx)$", slips.control, name="control"),
]
