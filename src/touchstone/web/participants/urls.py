from django.urls import path

from touchstone.web.participants import handing_in, views

# Included twice: under the expert's workplace and under that of the organisation.
app_name = "participants"
urlpatterns = [
    path("", views.review, name="review"),
    path("upload/", handing_in.upload, name="upload"),
    path("take-over/", views.take_over, name="take-over"),
]
