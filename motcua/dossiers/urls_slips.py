"""Addresses of slips, below those of dossiers."""

from django.urls import re_path

from motcua.dossiers.views import slips

urlpatterns = [
    re_path(r"^(?P<pk>\d+)/slips/(?P<slip>\d+)\.(?P<form>pdf|docx)$", slips.slip, name="slip"),
    re_path(r"^(?P<pk>\d+)/control\.(?P<form>pdf|docx)$", slips.control, name="control"),
]
