"""Addresses of this part of the public pages; all share the names of `public`."""

from django.urls import URLPattern, URLResolver, path

from touchstone.web.public.proofs import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("proof/", views.ask, name="proof"),
    path("proof/pdf/", views.as_pdf, name="proof-pdf"),
    path("proof/json/", views.as_json, name="proof-json"),
]
