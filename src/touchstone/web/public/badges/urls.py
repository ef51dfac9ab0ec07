"""Addresses of this part of the public pages; all share the names of `public`."""

from django.urls import URLPattern, URLResolver, path

from touchstone.apps.badges.services import Form
from touchstone.web.public.badges import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("badge/badge.js", views.component, name="badge-component"),
    path("badge/<slug:key>.svg", views.badge, {"form": Form.SVG}, name="badge"),
    path("badge/<slug:key>.png", views.badge, {"form": Form.PNG}, name="badge-png"),
    path("badge/<slug:key>.json", views.badge, {"form": Form.JSON}, name="badge-json"),
    path("badge/<slug:key>/<int:number>.svg", views.badge, {"form": Form.SVG}, name="badge-of-grant"),
    path("badge/<slug:key>/<int:number>.png", views.badge, {"form": Form.PNG}, name="badge-of-grant-png"),
]
