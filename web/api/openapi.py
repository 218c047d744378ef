"""The OpenAPI 3.1 document of the interface, made from the models and the routes themselves."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

from apiflask import APIBlueprint, APIFlask
from flask import Response, current_app
from pydantic import BaseModel

from socialmap.domain.codes import Niveau
from web.api.answers import API_PREFIX, API_VERSION, answer_all
from web.api.area_work_models import NieuweInventarisatie, NieuwSignaal
from web.api.change_models import Losmaking, Samenvoeging, Velden, Versiekeuze
from web.api.coverage_models import Plaatsingsvraag
from web.api.experiences import Ervaring
from web.api.import_models import Importbestanden
from web.api.models import Probleem
from web.api.questions import body_of, body_type_of, question_of
from web.finding_input import Zoekvraag
from web.security import permission, required_of, right_of

openapi = APIBlueprint("api_openapi", __name__, url_prefix=API_PREFIX, enable_openapi=False)

Spec = dict[str, Any]
_KEPT = "socialmap_openapi"
_PATH_PART = re.compile(r"<(?:\w+:)?(\w+)>")
_PROBLEMS = {
    400: "De vraag klopt niet; het antwoord zegt welk deel en wat er wel kan.",
    401: "Dit vraagt een account; stuur een sleutel mee in Authorization.",
    403: "Dit account mag dit niet zien of doen.",
    404: "Dit is er niet, of het is niet voor deze lezer.",
    405: "Dit adres kent deze methode niet.",
    409: "Dit kan nu niet; kijk wat er nu staat, en doe het opnieuw.",
    412: "Iemand anders was eerst; het antwoord geeft wat er nu staat.",
    413: "Dit is te groot.",
    414: "Dit adres is te lang; vraag minder tegelijk.",
    422: "De vraag is te lezen en kan toch niet; het antwoord zegt welk veld en wat er wel kan.",
    428: "Stuur in If-Match de ETag mee van wat u las.",
    500: "Er ging bij ons iets mis; geef het nummer door als het blijft misgaan.",
}
_DESCRIPTION = (
    "Wie er in de wijk iets doet, wat een bewoner er kan vinden, en wie met wie werkt. "
    "Deze aanroepen geven wat iedereen mag zien. Bewaard wordt alleen hoe verwijzen afliep, waar "
    "iemand keek, en wat er niet werkt in een gebied. "
    "Een sleutelfiguur staat er nooit in."
)

_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "De ETag van wat u las. Zonder: 428; was iemand anders eerst: 412.",
    "schema": {"type": "string"},
    "example": '"0f3a"',
}


_ASKED = (
    Zoekvraag,
    Ervaring,
    Plaatsingsvraag,
    NieuweInventarisatie,
    NieuwSignaal,
    Velden,
    Versiekeuze,
    Samenvoeging,
    Importbestanden,
    Losmaking,
)


@openapi.get("/openapi.json")
@permission(Niveau.OPENBAAR)
def give_document() -> Response:
    """Give the document; it does not change while the program runs."""
    kept = current_app.extensions
    if _KEPT not in kept:
        kept[_KEPT] = cast(APIFlask, current_app).spec
    return answer_all(kept[_KEPT])


def describe(app: APIFlask) -> None:
    """Tell APIFlask how the document is made."""
    app.title = "Sociale kaart van de wijk"
    app.version = API_VERSION
    app.description = _DESCRIPTION
    app.servers = [{"url": API_PREFIX}]
    app.license = {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}
    app.config.update(
        OPENAPI_VERSION="3.1.0",
        AUTO_404_RESPONSE=False,
        AUTO_VALIDATION_ERROR_RESPONSE=False,
        SUCCESS_DESCRIPTION="Gelukt.",
    )

    @app.spec_processor
    def _finish(spec: Spec | str) -> Spec | str:
        return finish(cast(Spec, spec), app)


def finish(spec: Spec, app: APIFlask) -> Spec:
    """
    Complete what APIFlask made of the routes: parameters, headers, problems and short names.

    Parameters
    ----------
    spec
        The document so far; changed and returned.
    app
        Has the routes.
    """
    schemas: Spec = spec["components"]["schemas"]
    schemas["Probleem"] = _schema_of(Probleem)
    for model in _ASKED:
        asked = _schema_of(model)
        schemas |= asked.pop("$defs", {}) | {model.__name__: asked}
    spec["components"]["responses"] = {
        f"Probleem{code}": _problem(words) for code, words in _PROBLEMS.items()
    }
    for rule in app.url_map.iter_rules():
        path = _PATH_PART.sub(r"{\1}", rule.rule)
        if path in spec["paths"]:
            for method, operation in spec["paths"][path].items():
                if method.upper() in (rule.methods or ()):
                    _finish_operation(operation, app, rule.endpoint, reads=method == "get")
    spec["paths"] = {
        path.removeprefix(API_PREFIX): operations
        for path, operations in sorted(spec["paths"].items())
    }
    spec["components"]["schemas"] = {
        name.rsplit(".", 1)[-1]: schema for name, schema in sorted(schemas.items())
    }
    return cast(Spec, _plain(spec))


def _finish_operation(operation: Spec, app: APIFlask, endpoint: str, *, reads: bool) -> None:
    view = app.view_functions[endpoint]
    question = question_of(view)
    in_path = [part for part in operation.get("parameters", ()) if part["in"] == "path"]
    for part in in_path:
        part["description"] = "De vaste code."
    operation["operationId"] = endpoint.rsplit(".", 1)[-1]
    operation["parameters"] = in_path + (_parameters(question) if question else [])
    body = body_of(view)
    if body:
        schema = {"$ref": f"#/components/schemas/{body}"}
        content = {body_type_of(view): {"schema": schema}}
        operation["requestBody"] = {"required": True, "content": content}
    headers = {"API-Version": _header("Versie van deze koppeling.", API_VERSION)}
    if reads:
        headers["ETag"] = _header(
            "Merk van dit antwoord; stuur het terug in If-None-Match.", '"0f3a"'
        )
        operation["responses"]["304"] = {"description": "Niet veranderd sinds uw If-None-Match."}
    gives = next(code for code in ("200", "201") if code in operation["responses"])
    operation["responses"][gives]["headers"] = headers
    changes_one = bool(right_of(view) and in_path and not reads)
    if changes_one:
        operation["parameters"].append(_IF_MATCH)
        operation["responses"]["204"] = {"description": "Gedaan; u ziet dit record nu niet meer."}
    wrong = [
        *([400] if question or not reads else []),
        *([414] if question else []),
        *([404] if in_path or "404" in operation["responses"] else []),
        405,
        *([] if reads else [413]),
        *([422] if not reads or (in_path and _asks_account(view)) else []),
        *([401, 403] if _asks_account(view) else []),
        *([409, 412, 428] if changes_one else []),
        500,
    ]
    for code in wrong:
        operation["responses"][str(code)] = {"$ref": f"#/components/responses/Probleem{code}"}


def _asks_account(view: Callable[..., Any]) -> bool:
    return right_of(view) is not None or required_of(view) is not Niveau.OPENBAAR


def _parameters(question: type[BaseModel]) -> list[Spec]:
    schema = _schema_of(question)
    needed = schema.get("required", ())
    return [_parameter(name, part, name in needed) for name, part in schema["properties"].items()]


def _parameter(name: str, part: Spec, needed: bool) -> Spec:
    described = {"name": name, "in": "query", "required": needed}
    own = dict(part)
    described["description"] = own.pop("description", "")
    examples = own.pop("examples", None)
    if examples:
        described["example"] = examples[0]
    if own.get("default", "") is None:
        del own["default"]
    kinds = [kind for kind in own.pop("anyOf", ()) if kind.get("type") != "null"]
    if kinds:
        own = {**kinds[0], **own}
    described["schema"] = own
    return described


def _schema_of(model: type[BaseModel]) -> Spec:
    return model.model_json_schema(ref_template="#/components/schemas/{model}")


def _problem(words: str) -> Spec:
    schema = {"$ref": "#/components/schemas/Probleem"}
    return {"description": words, "content": {"application/problem+json": {"schema": schema}}}


def _header(words: str, example: str) -> Spec:
    return {"description": words, "schema": {"type": "string"}, "example": example}


def _plain(part: Any) -> Any:
    """Leave out titles that only repeat a name, and name nested models by their own name."""
    if isinstance(part, list):
        return [_plain(item) for item in part]
    if not isinstance(part, dict):
        return part
    made = {}
    for key, value in part.items():
        if key == "title" and isinstance(value, str) and "version" not in part:
            continue
        if key == "$ref":
            head, name = value.rsplit("/", 1)
            value = f"{head}/{name.rsplit('.', 1)[-1]}"
        made[key] = _plain(value)
    return made
