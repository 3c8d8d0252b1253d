"""What the reconciliation service says of itself (storey 4).

Source: https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from collections.abc import Mapping
from typing import Any

from kg.dataset.reconciling import name_of
from kg.publication import Publication
from kg.rdf.namespaces import RDFS
from kg.views.site import site_part
from kg.web.reconcile_requests import BATCH

# pixels of a preview
WIDTH, HEIGHT = 420, 220


def manifest(publication: Publication, address: str) -> Mapping[str, Any]:
    """Return the manifest of the service at that address, which ends with a slash."""
    snapshot = publication.snapshot
    here = f"{address}reconcile"
    kinds = ("entity", "type", "property")
    return {
        "versions": ["0.2"],
        "name": site_part(snapshot).title.text,
        "identifierSpace": snapshot.base,
        "schemaSpace": f"{RDFS}Class",
        "view": {"url": f"{address}resource?iri={{{{id}}}}"},
        "defaultTypes": [
            {"id": iri, "name": name_of(snapshot, iri)} for iri in publication.project.site.classes
        ],
        "batchSize": BATCH,
        "suggest": {
            kind: {
                "service_url": here,
                "service_path": f"/suggest/{kind}",
                "flyout_service_url": here,
                "flyout_service_path": f"/flyout/{kind}?id=${{id}}",
            }
            for kind in kinds
        },
        "preview": {"url": f"{here}/preview?id={{{{id}}}}", "width": WIDTH, "height": HEIGHT},
        "extend": {
            "propose_properties": {"service_url": here, "service_path": "/propose"},
            "property_settings": [
                {
                    "name": "limit",
                    "label": "Limit",
                    "type": "number",
                    "default": 0,
                    "help_text": "The most values of one row, 0 for all",
                }
            ],
        },
    }
