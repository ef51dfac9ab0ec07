from django.urls import path

from touchstone.web.decisions import views

app_name = "decisions"
urlpatterns = [
    path("", views.cases, name="cases"),
    path("<slug:reference>/", views.case, name="case"),
    path("<slug:reference>/award/", views.award, name="award"),
    path("<slug:reference>/refuse/", views.refuse, name="refuse"),
]
