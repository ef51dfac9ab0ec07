"""Addresses of this part of the public pages; all share the names of `public`."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
