"""Publish a folder of Turtle as validated, versioned, dereferenceable linked data.

The flow is a row of functions, each from one immutable value to the next:

    project = open_project(Path("."))
    source = load(project)
    report = validate(source)
    snapshot = build(source, report)
    description = describe(snapshot, "https://w3id.org/claimgraph/id/claim/c-0045")

docs/api.md describes all of them; `kg.web.app.create_app` makes the web application.
"""

import lazy_loader

__version__ = "0.1.0"

# a process that evaluates queries is there in a fifth of the time that all of this takes to import
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
