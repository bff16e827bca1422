"""Addresses for everybody: the days' roots."""

from django.urls import path

from motcua.audit import views

app_name = "audit"

urlpatterns = [
    path("", views.roots, name="roots"),
    path("roots.json", views.roots_file, name="roots_file"),
]
