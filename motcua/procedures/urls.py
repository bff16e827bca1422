"""Addresses of ``procedures``."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from motcua.procedures.views import catalogue, editing, exchange, internal, reviews


class CodeConverter(StringConverter):
    """A national code in an address."""

    regex = r"[0-9]\.[0-9]{6}"


register_converter(CodeConverter, "procedure")

app_name = "procedures"
urlpatterns = [
    path("", catalogue.catalogue, name="catalogue"),
    path("new/", editing.new, name="new"),
    path("import/", exchange.import_file, name="import"),
    path("catalogue.<str:kind>", exchange.export_file, name="export"),
    path("internal/", internal.inventory, name="internal"),
    path("internal/new/", internal.new, name="new_internal"),
    path("internal/<int:pk>/", internal.procedure, name="internal_procedure"),
    path("internal/<int:pk>/edit/", internal.edit, name="edit_internal"),
    path("internal/<int:pk>/end/", internal.end, name="end_internal"),
    path("reviews/", reviews.plans, name="review_plans"),
    path("reviews/new/", reviews.new_plan, name="new_review_plan"),
    path("reviews/plans/<int:pk>/", reviews.plan, name="review_plan"),
    path("reviews/plans/<int:pk>/approve/", reviews.approve, name="approve_review_plan"),
    path("reviews/<int:pk>/", reviews.review, name="review"),
    path("reviews/<int:pk>/assess/", reviews.assess, name="assess_review"),
    path("reviews/<int:pk>/decide/", reviews.decide, name="decide_review"),
    path("<procedure:code>/", catalogue.procedure, name="procedure"),
    path("<procedure:code>/new/", editing.draft, name="draft"),
    path("<procedure:code>/versions/<int:no>/", catalogue.version, name="version"),
    path("<procedure:code>/versions/<int:no>/edit/", editing.edit, name="edit"),
    path("<procedure:code>/versions/<int:no>/steps/<str:name>/", editing.step, name="step"),
    path("<slug:state>/", catalogue.catalogue, name="catalogue_state"),
]
