"""The root of all addresses: the pages, and Django's admin for accounts."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/", include("touchstone.api.urls")),
    path("", include("touchstone.web.urls")),
]
