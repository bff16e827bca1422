"""The product's addresses, the gallery, and views that only the tests need."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import include, path

from motcua.core.errors import Refused
from motcua.ui.respond import redirect_after, respond


class Taken(Refused):
    code = "taken"
    message = "Việc này %(who)s đang làm."


def refuse(request):
    raise Taken(who="Lê Thị An")


def breaks(request):
    raise RuntimeError("broken")


def two_faces(request):
    messages.success(request, "Đã lưu")
    parts = {"beside": "ui/_message.html", "list": "ui/print.html"}
    part = parts if "parts" in request.GET else "ui/_message.html"
    return respond(request, "ui/error.html", part, {"text": "một phần", "heading": "cả trang"})


def away(request):
    return redirect_after(request, "/den/")


def own_policy(request):
    return HttpResponse("x", headers={"Content-Security-Policy": "sandbox"})


urlpatterns = [
    path("t/refuse/", refuse),
    path("t/breaks/", breaks),
    path("t/faces/", two_faces),
    path("t/away/", away),
    path("t/policy/", own_policy),
    path("ui/", include("motcua.ui.urls")),
    path("", include("motcua.site.urls")),
]
handler500 = "motcua.site.views.server_error"
