"""The route of `/llms.txt` (storey 4).

Source: https://llmstxt.org/
"""

from fastapi import APIRouter, Request, Response

from kg.publication import Publication
from kg.rdf.formats import TEXT
from kg.views.llms import llms_text
from kg.views.representation import representation
from kg.web.readers import Readers
from kg.web.responses import respond


def router(publication: Publication, readers: Readers) -> APIRouter:
    """Return the route; the file is made when somebody asks."""
    routes = APIRouter()
    reader = next(iter(readers.by_language.values()))

    @routes.api_route("/llms.txt", methods=["GET", "HEAD"], include_in_schema=False)
    def llms(request: Request) -> Response:
        """Answer with the file, whose links name the server under which it was asked."""
        at = str(request.base_url).rstrip("/")
        text = llms_text(reader.snapshot, reader.site, publication.dumps, at)
        return respond(representation(text.encode(), TEXT.media_type))

    return routes
