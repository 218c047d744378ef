"""The vocabulary: codes of themes and groups with the words that people see."""

from __future__ import annotations

from apiflask import APIBlueprint
from flask import Response

from socialmap.domain.codes import Niveau
from web.api import models
from web.api.answers import API_PREFIX, answer_reader
from web.api.questions import Question, takes
from web.context import vocabulary
from web.security import permission

woorden = APIBlueprint("api_woorden", __name__, tag="Woorden", url_prefix=API_PREFIX)


@woorden.get("/woorden")
@woorden.output(models.Woorden)
@takes(Question)
@permission(Niveau.OPENBAAR)
def list_words() -> Response:
    """Thema’s en doelgroepen, met hun woorden."""
    known = vocabulary()
    themes = [
        {
            "code": theme.code,
            "label": theme.label,
            "zrm_domein": theme.zrm_domein or None,
            "positieve_gezondheid": [
                part for part in theme.positieve_gezondheid.split("|") if part
            ],
        }
        for theme in known.themas.values()
    ]
    groups = [{"code": group.code, "label": group.label} for group in known.doelgroepen.values()]
    return answer_reader({"themas": themes, "doelgroepen": groups})
