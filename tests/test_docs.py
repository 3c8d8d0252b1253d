"""The documentation is complete and true, as far as a program can tell."""

import html
import re
import shlex
import subprocess
from dataclasses import fields, is_dataclass

import pytest
import typer

import kg
from kg.cli.app import app
from kg.project import Project
from tests.conftest import REPO

README = (REPO / "README.md").read_text(encoding="utf-8")
SETTINGS = (REPO / "docs" / "settings.md").read_text(encoding="utf-8")
DOCUMENTS = sorted(REPO.glob("*.md")) + sorted((REPO / "docs").rglob("*.md"))


def test_every_setting_is_documented_with_its_variable_and_default():
    project = Project(root=REPO)
    tables = [one.name for one in fields(project) if is_dataclass(getattr(project, one.name))]
    assert {"folders", "site", "log"} <= set(tables)
    for section in tables:
        settings = getattr(project, section)
        for setting in fields(settings):
            default = getattr(settings, setting.name)
            variable = f"KG_{section}_{setting.name}".upper()
            shown = "none" if default == () else f"`{default}`"
            row = f"| `[{section}]` `{setting.name}` | `{variable}` | {shown} |"
            assert row in SETTINGS


def test_every_command_and_option_is_documented():
    group = typer.main.get_command(app)
    assert {"validate", "serve", "query", "fmt"} <= set(group.commands)
    for name, command in group.commands.items():
        assert f"`kg {name} " in SETTINGS
        for parameter in command.params:
            assert parameter.help, f"kg {name} {parameter.name} has no help"


def test_every_public_name_of_the_api_is_documented():
    text = (REPO / "docs" / "api.md").read_text(encoding="utf-8")
    assert [name for name in kg.__all__ if f"`{name}" not in text] == []


def test_every_dependency_has_its_reason():
    project = (REPO / "pyproject.toml").read_text(encoding="utf-8")
    names = re.findall(r'^  "([a-z0-9-]+)>=', project, flags=re.MULTILINE)
    text = (REPO / "docs" / "decisions.md").read_text(encoding="utf-8")
    assert len(names) > 12
    assert [name for name in names if f"**{name}**" not in text] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.relative_to(REPO).as_posix())
def test_every_link_to_a_file_leads_to_one(path):
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    assert [t for t in targets if not (path.parent / t).exists()] == []


def commands_of(text: str) -> list[str]:
    """The curl lines of a document's shell blocks, continued lines joined."""
    blocks = re.findall(r"```sh\n(.*?)```", text, flags=re.DOTALL)
    lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
    return [line for line in lines if line.startswith("curl")]


def test_the_readme_shows_three_curl_lines_on_its_first_screen():
    assert 3 == len(commands_of(README))
    assert README.index("make serve") < README.index("![") < README.index("curl")


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, "cg:Attribution"), (1, "claim,label"), (2, "does not conform")],
    ids=["a claim as Turtle", "a query as CSV", "a validation"],
)
def test_the_curl_lines_of_the_readme_work(server, number, expected):
    command = commands_of(README)[number].replace("http://127.0.0.1:8000", server.url)
    done = subprocess.run(
        shlex.split(command), capture_output=True, text=True, timeout=30, check=True
    )
    assert expected in done.stdout


WALK = commands_of((REPO / "docs" / "walkthrough.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, "cg:Attribution"),
        (1, "iri,name,speaker"),
        (2, "Raqqa"),
        (3, "claim,value"),
        (4, '"claims"'),
        (5, "<https://w3id.org/claimgraph/id/claim/c-0045>"),
    ],
)
def test_the_commands_of_the_walkthrough_work(server, number, expected):
    command = WALK[number].replace("http://127.0.0.1:8000", server.url)
    done = subprocess.run(
        [*shlex.split(command), "--fail"], capture_output=True, text=True, timeout=60, check=True
    )
    assert expected in done.stdout
    assert 6 == len(WALK)


def test_the_session_of_the_api_page_works(monkeypatch):
    text = (REPO / "docs" / "api.md").read_text(encoding="utf-8")
    (session,) = re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL)
    monkeypatch.chdir(REPO)
    scope: dict[str, object] = {}
    exec(session, scope)
    assert scope["conforms"] is True
    assert b"c-0045" in scope["turtle"]
    assert int(scope["csv"].split()[1]) >= 100


def test_the_guide_to_the_data_cites_a_claim_as_its_page_does(server):
    page = server.get("/doc/claim/c-0045", "text/html").text
    (shown,) = re.findall(r'<p class="citation">(.*?)</p>', page, flags=re.DOTALL)
    guide = (REPO / "docs" / "data.md").read_text(encoding="utf-8")
    quoted = guide.partition("## Citing a claim")[2].split("\n\n")[2]
    words = html.unescape(re.sub("<[^>]*>", "", shown)).split()
    assert words == re.sub("[>*]", "", quoted).split()
