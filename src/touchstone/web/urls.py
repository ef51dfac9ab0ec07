from django.contrib.auth.views import LogoutView
from django.urls import include, path

from touchstone.web import views

urlpatterns = [
    path("", include("touchstone.web.public.urls")),
    path("sign-in/", views.SignIn.as_view(), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("workspace/", views.workspace, name="workspace"),
    path("documents/<int:id>/", views.document, name="document"),
    path("assessments/", include("touchstone.web.expert.urls")),
    path(
        "assessments/<slug:reference>/participants/",
        include("touchstone.web.participants.urls", namespace="expert-participants"),
    ),
    path("secretariat/", include("touchstone.web.secretariat.urls")),
    path("decisions/", include("touchstone.web.decisions.urls")),
    path("labels/", include("touchstone.web.labels.urls")),
    path("my/", include("touchstone.web.cluster.urls")),
    path(
        "my/<slug:reference>/participants/",
        include("touchstone.web.participants.urls", namespace="cluster-participants"),
    ),
    path("insights/", include("touchstone.web.insights.urls")),
]
