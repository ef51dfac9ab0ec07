"""Addresses of credentials, their status lists and the issuer's keys; all share the names of `public`."""

from django.urls import URLPattern, URLResolver, path

from touchstone.web.public.credentials import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("credentials/<int:number>.json", views.credential, name="credential"),
    path("credentials/<int:number>.jwt", views.credential_token, name="credential-token"),
    path("credentials/status/<slug:purpose>/<int:number>", views.status_list, name="status-list"),
    path(
        "credentials/status/<slug:purpose>/<int:number>.jwt",
        views.status_list_token,
        name="status-list-token",
    ),
    path(".well-known/did.json", views.did, name="did"),
    # Where the installation has a folder of its host: did:web leaves `.well-known` out then.
    path("did.json", views.did, name="did-of-folder"),
]
