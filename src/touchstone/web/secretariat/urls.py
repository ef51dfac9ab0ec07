from django.urls import path

from touchstone.web import reports
from touchstone.web.secretariat import misuse, old_pages, views

app_name = "secretariat"
urlpatterns = [
    path("", views.cases, name="cases"),
    path("old-pages/", old_pages.pages, name="old-pages"),
    path("old-pages/new/", old_pages.take_in, name="old-page-new"),
    path("old-pages/<int:id>/", old_pages.page, name="old-page"),
    path("old-pages/rows/<int:id>/", old_pages.row, name="old-row"),
    path("misuse/", misuse.misuse, name="misuse"),
    path("<slug:reference>/", views.case, name="case"),
    path("<slug:reference>/report/", views.make_report, name="make-report"),
    path("<slug:reference>/progress/", reports.progress, name="progress"),
    path("<slug:reference>/send-back/", views.send_back, name="send-back"),
    path("<slug:reference>/send/", views.send, name="send"),
]
