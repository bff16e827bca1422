"""Addresses of plans and their versions."""

from django.urls import path

from motcua.planning.views import plans as views

_version = "plans/<int:pk>/versions/<int:no>/"

plans = [
    path("plans/", views.plans, name="plans"),
    path("plans/import/", views.import_file, name="import"),
    path("plans/<int:pk>/", views.plan, name="plan"),
    path("plans/<int:pk>/amend/", views.amend, name="amend"),
    path(_version, views.version, name="version"),
    path(f"{_version}head/", views.head, name="version_head"),
    path(f"{_version}diff/", views.difference, name="diff"),
    path(f"{_version}source/", views.source, name="source"),
    path(f"{_version}steps/<str:step>/", views.version_step, name="version_step"),
    path(f"{_version}confirm/", views.confirm_many, name="confirm_many"),
    path(f"{_version}lead/", views.lead_many, name="lead_many"),
    path(f"{_version}add/", views.add, name="add_item"),
    path(f"{_version}warnings/", views.warnings, name="warnings"),
    path(f"{_version}matches/", views.matches, name="matches"),
    path(f"{_version}keep/", views.keep, name="keep_item"),
    path(f"{_version}warnings/<int:warning>/", views.warning, name="warning"),
    path(f"{_version}items/<int:item>/", views.item, name="item"),
    path(f"{_version}items/<int:item>/split/", views.split, name="split"),
    path(f"{_version}items/<int:item>/<str:step>/", views.item_step, name="item_step"),
]
