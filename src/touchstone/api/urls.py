"""Addresses of the programming interface, below /api/."""

from django.urls import path

from touchstone.api.operations import api
from touchstone.api.pages import interface, openapi, unknown
from touchstone.api.quickly import status

app_name = "api"
urlpatterns = [
    path("", interface, name="page"),
    path("v1/openapi.json", openapi, name="openapi"),
    path("v1/organisations/<str:key>/status", status, name="status"),
    path("v1/", api.urls),
    path("<path:elsewhere>", unknown),
]
