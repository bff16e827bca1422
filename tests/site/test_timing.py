"""What an answer says of the time it took."""

from __future__ import annotations

import re

import pytest
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from motcua.site.middleware import TimingMiddleware


@pytest.mark.django_db
def test_an_answer_says_how_many_statements_it_took() -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(str(ContentType.objects.count() + ContentType.objects.count()))

    answer = TimingMiddleware(view)(RequestFactory().get("/"))
    told = re.fullmatch(r'app;dur=([\d.]+), db;dur=([\d.]+);desc="2"', answer["Server-Timing"])
    assert told
    assert float(told[1]) >= float(told[2])
