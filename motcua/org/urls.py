"""Addresses of the organisation's pages."""

from django.urls import path

from motcua.org import views

app_name = "org"
urlpatterns = [
    path("", views.organisation, name="organisation"),
    path("me/", views.me, name="me"),
    path("me/delegate/", views.delegate_to, name="delegate"),
    path("me/delegations/<int:pk>/revoke/", views.revoke, name="revoke"),
    path("me/tokens/", views.new_token, name="new_token"),
    path("me/tokens/<int:pk>/revoke/", views.end_token, name="revoke_token"),
    path("people/new/", views.new_person, name="new_person"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/end/", views.end, name="end_service"),
    path("people/<int:pk>/link/", views.new_link, name="new_link"),
    path("trace/", views.trace, name="trace"),
    path("first/<str:secret>/", views.first_password, name="first_password"),
]
