"""A bound for uploaded files that holds before they fill the disk.

The view that takes files is `csrf_exempt`, puts a `Quota` first among the upload handlers, and calls a view
under `csrf_protect`: the check itself reads the body, and handlers cannot be set once it has.
"""

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

_TOO_LARGE = "touchstone.too_large"


def too_large(request: HttpRequest) -> bool:
    """Whether a file of the request was let go of because it was larger than the quota."""
    return _TOO_LARGE in request.META


class Quota(FileUploadHandler):
    """Lets go of a file once it is larger than `most` bytes."""

    def __init__(self, request: HttpRequest, *, most: int) -> None:
        super().__init__(request)
        self.most = most

    def new_file(self, *args: object, **kwargs: object) -> None:
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        self.seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002  (Django names them)
        self.seen += len(raw_data)
        if self.seen > self.most:
            assert self.request is not None  # noqa: S101  (it is given above)
            self.request.META[_TOO_LARGE] = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:  # noqa: ARG002  (Django names it)
        """The file is made by the handlers behind this one."""
        return
