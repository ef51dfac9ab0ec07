"""The seal of a certificate: a PAdES signature (ETSI.CAdES.detached) that certifies the file as it is.

ECDSA over P-256 with SHA-256, made with the installation's own key. The signature is invisible, outside the
page; what the paper shows is a printed mark. Nothing is fetched, neither to seal nor to check.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from touchstone.output.keys import SealKey, fingerprint_of

if TYPE_CHECKING:
    from pyhanko.sign.fields import SigFieldSpec
    from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

FIELD: Final = "Seal"
RESERVED: Final = 8192  # hexadecimal digits for the signature, which takes about a third of them


class SealState(StrEnum):
    """What the check of a file's seal found."""

    INTACT = "intact"  # sealed here, and unchanged since
    CHANGED = "changed"  # something of what was sealed is otherwise now
    APPENDED = "appended"  # what was sealed is there still, and more has been added
    UNKNOWN = "unknown"  # sealed, but with none of the given seals
    MISSING = "missing"  # a PDF without a seal
    UNREADABLE = "unreadable"  # no PDF, or a broken one


@dataclass(frozen=True, slots=True, kw_only=True)
class SealCheck:
    """The outcome of a check. `fingerprint` and `sealed_at` are what the seal says of itself, if anything."""

    state: SealState
    fingerprint: str = ""
    sealed_at: datetime | None = None

    @property
    def intact(self) -> bool:
        return self.state is SealState.INTACT


def seal(pdf: bytes, key: SealKey, *, at: datetime) -> bytes:
    """The file with the seal on it. `at` (aware) is the time of sealing that the signature states."""
    from asn1crypto.keys import PrivateKeyInfo  # type: ignore[import-untyped]  # it has no types
    from asn1crypto.x509 import Certificate  # type: ignore[import-untyped]  # it has no types
    from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    signer = SimpleSigner(
        signing_cert=Certificate.load(key.certificate),
        signing_key=PrivateKeyInfo.load(key.private),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]  # it has no types
    )
    about = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    place = SigFieldSpec(FIELD, invis_sig_settings=InvisSigSettings(box_out_of_bounds=True))
    return _signed(pdf, about, signer, place, at)


def _signed(
    pdf: bytes, about: "PdfSignatureMetadata", signer: "SimpleSigner", place: "SigFieldSpec", at: datetime
) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.signers import PdfSigner

    class Writer(IncrementalPdfFileWriter):
        """Leaves the file's description as it is: it would be given the clock's time otherwise."""

        def _update_meta(self) -> None:
            return

    class Signer(PdfSigner):
        """Signs at a given time. Declares no extension: one would lift the file out of PDF 1.7 and PDF/A."""

        def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
            # Any: passed on as they came.
            session = super().init_signing_session(*args, **kwargs)
            session.system_time = at
            return session

        def register_extensions(self, *_: object, **__: object) -> None:
            return

    sealed = io.BytesIO()
    Signer(about, signer, new_field_spec=place).sign_pdf(
        Writer(io.BytesIO(pdf)), bytes_reserved=RESERVED, output=sealed
    )
    return sealed.getvalue()


def check_seal(pdf: bytes, seals: Mapping[str, bytes]) -> SealCheck:
    """Whether a file is sealed with one of the given certificates (fingerprint → DER) and unchanged.

    Any bytes are taken; the check asks no network and no clock.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        found = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        return _checked(pdf, found[0], seals) if found else SealCheck(state=SealState.MISSING)
    except Exception:  # noqa: BLE001  (the reader raises all kinds on bytes from outside)
        return SealCheck(state=SealState.UNREADABLE)


def _checked(pdf: bytes, found: "EmbeddedPdfSignature", seals: Mapping[str, bytes]) -> SealCheck:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    fingerprint = fingerprint_of(found.signer_cert.dump())
    at = found.self_reported_timestamp

    def outcome(state: SealState) -> SealCheck:
        return SealCheck(state=state, fingerprint=fingerprint, sealed_at=at)

    # Whose seal it is, the list of seals says; of the chain only the signature itself is asked, at its time.
    context = ValidationContext(trust_roots=[found.signer_cert], allow_fetching=False, moment=at)
    status = validate_pdf_signature(found, context, skip_diff=True)
    if not (status.intact and status.valid and status.trusted) or not _is_whole(pdf, found):
        return outcome(SealState.CHANGED)
    if status.coverage is not SignatureCoverageLevel.ENTIRE_FILE:
        return outcome(SealState.APPENDED)
    return outcome(SealState.INTACT if fingerprint in seals else SealState.UNKNOWN)


def _is_whole(pdf: bytes, found: "EmbeddedPdfSignature") -> bool:
    """Whether the gap that the signature leaves out of its sums holds what sealing put there, to the byte."""
    _, before, after, _ = (int(part) for part in found.byte_range)
    gap = pdf[before:after]
    signature = _container(found).hex().upper().encode()
    return gap == b"<" + signature.ljust(len(gap) - 2, b"0") + b">"


def _container(found: "EmbeddedPdfSignature") -> bytes:
    """The container (CMS) of a signature, made anew from those of its parts that are signed or checked."""
    from asn1crypto import cms  # type: ignore[import-untyped]  # it has no types

    signer, certificate = found.signer_info, found.signer_cert
    sha256 = {"algorithm": "sha256"}
    made = cms.SignerInfo(
        {
            "version": "v1",
            "sid": {"issuer_and_serial_number": _named(certificate)},
            "digest_algorithm": sha256,
            "signature_algorithm": {"algorithm": "sha256_ecdsa"},
            "signed_attrs": signer["signed_attrs"],
            "signature": signer["signature"],
        }
    )
    content = {
        "version": "v1",
        "digest_algorithms": [sha256],
        "encap_content_info": {"content_type": "data"},
        "certificates": [certificate],
        "signer_infos": [made],
    }
    whole: bytes = cms.ContentInfo({"content_type": "signed_data", "content": content}).dump()
    return whole


def _named(certificate: Any) -> dict[str, object]:
    # Any: the library has no types.
    return {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
