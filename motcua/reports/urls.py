"""Addresses of ``reports``."""

from django.urls import path

from motcua.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.reports, name="reports"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.report, name="report"),
    path("<int:pk>/sections/<str:code>/", views.section, name="section"),
    path("<int:pk>/steps/<str:name>/", views.step, name="step"),
    path("<int:pk>/correct/", views.correct, name="correct"),
    path("<int:pk>/figures/<path:key>/", views.figure, name="figure"),
    path("<int:pk>/report.<str:form>", views.download, name="download"),
]
