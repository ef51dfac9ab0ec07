from django.urls import path

from touchstone.web.public import scheme_views, views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("register/", views.register, name="register"),
    path("register/<slug:key>/", views.organisation, name="organisation"),
    path("verify/<int:number>/", views.verify, name="verify"),
    path("badge/<slug:key>.svg", views.badge, name="badge"),
    path("scheme/", scheme_views.scheme, name="scheme"),
    path("scheme/rules/", scheme_views.rules, name="scheme-rules"),
    path("scheme/packs/<slug:name>/", scheme_views.variant, name="scheme-pack"),
    path("scheme/<str:id>/", scheme_views.item, name="scheme-item"),
]
