from django.urls import path

from touchstone.web.public import scheme_views
from touchstone.web.public.badges import urls as badges
from touchstone.web.public.credentials import urls as credentials
from touchstone.web.public.ledger import urls as ledger
from touchstone.web.public.open_data import urls as open_data
from touchstone.web.public.proofs import urls as proofs
from touchstone.web.public.register import urls as register
from touchstone.web.public.verification import urls as verification
from touchstone.web.public.watching import urls as watching

app_name = "public"
urlpatterns = [
    *badges.urlpatterns,  # first, because other sites' pages ask for them all day
    path("scheme/", scheme_views.scheme, name="scheme"),
    path("scheme/rules/", scheme_views.rules, name="scheme-rules"),
    path("scheme/packs/<slug:name>/", scheme_views.variant, name="scheme-pack"),
    path("scheme/<str:id>/", scheme_views.item, name="scheme-item"),
    *register.urlpatterns,
    *credentials.urlpatterns,
    *verification.urlpatterns,
    *ledger.urlpatterns,
    *proofs.urlpatterns,
    *watching.urlpatterns,
    *open_data.urlpatterns,
]
