"""Addresses of the gallery: for people who build screens, and for the browser tests."""

from __future__ import annotations

from django.urls import path

from motcua.ui import views
from motcua.ui.gallery import SCREENS

app_name = "ui"

urlpatterns = [
    path("", views.gallery, name="gallery"),
    *(
        path(f"{screen}/", views.gallery, {"screen": screen}, name=f"gallery-{screen}")
        for screen in SCREENS
        if screen != "components"
    ),
    path("error/<int:status>/", views.gallery_error, name="gallery-error"),
]
