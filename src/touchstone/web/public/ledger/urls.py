"""Addresses of this part of the public pages; all share the names of `public`."""

from django.urls import path

from touchstone.web.public.ledger import views

urlpatterns = [
    path("ledger/", views.page, name="ledger"),
    path("ledger/ledger.jsonl", views.whole, name="ledger-file"),
    path("ledger/entries.jsonl", views.some_entries, name="ledger-entries"),
    path("ledger/heads.json", views.all_heads, name="ledger-heads"),
    path("ledger/keys.json", views.all_keys, name="ledger-keys"),
]
