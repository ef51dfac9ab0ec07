from django.urls import path

from touchstone.web.public.verification import views

urlpatterns = [
    path("verify/", views.check, name="check"),
    path("verify/trust.json", views.trust, name="trust"),
    path("verify/<int:number>/", views.verify, name="verify"),
]
