"""Addresses for everybody: the days' roots, and the program that checks with them."""

from django.urls import path

from motcua.audit import views

app_name = "audit"

urlpatterns = [
    path("", views.roots, name="roots"),
    path("roots.json", views.roots_file, name="roots_file"),
    path("verify_receipt.py", views.program, name="program"),
]
