"""Addresses of ``indicators``."""

from django.urls import path

from motcua.indicators import views

app_name = "indicators"
urlpatterns = [
    path("", views.indicators, name="indicators"),
    path("targets/<int:pk>/", views.target, name="target"),
    path("targets/<int:pk>/connect/", views.connect, name="connect"),
    path("targets/<int:pk>/disconnect/", views.disconnect, name="disconnect"),
    path("rows/<str:code>/", views.rows, name="rows"),
    path("compare/", views.comparison, name="compare"),
    path("posts/", views.posts, name="posts"),
    path("index-766/", views.index, name="index"),
    path("<slug:code>/", views.indicator, name="indicator"),
    path("<slug:code>/by/<slug:kind>/", views.by_part, name="divided"),
    path("<slug:code>/forecast/", views.forecast, name="forecast"),
]
