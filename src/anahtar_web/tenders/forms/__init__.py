"""What people type about tenders: cleaned, not acted on."""

from anahtar_web.tenders.forms.deciding import NOT_SAID, DecideForm, MoveForm, ReasonForm, ReopenForm
from anahtar_web.tenders.forms.fields import VersionForm, version_of
from anahtar_web.tenders.forms.files import ColumnsForm, ExportForm, TakeBackForm, UploadForm
from anahtar_web.tenders.forms.lines import CriterionLine, DecidedLine, Lines, LotLine, ParticipantLine, lines
from anahtar_web.tenders.forms.tender import LessonsForm, TenderForm

__all__ = [
    "NOT_SAID",
    "ColumnsForm",
    "CriterionLine",
    "DecideForm",
    "DecidedLine",
    "ExportForm",
    "LessonsForm",
    "Lines",
    "LotLine",
    "MoveForm",
    "ParticipantLine",
    "ReasonForm",
    "ReopenForm",
    "TakeBackForm",
    "TenderForm",
    "UploadForm",
    "VersionForm",
    "lines",
    "version_of",
]
