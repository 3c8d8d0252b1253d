"""Errors as HTTP: one status for each, decided in one place."""

import inspect

from kg import errors
from kg.web.errors import STATUS, status_of


def test_every_error_has_a_status_of_its_own_or_its_parents():
    classes = [c for _, c in inspect.getmembers(errors, inspect.isclass)]
    known = [c for c in classes if issubclass(c, errors.KgError)]
    assert len(known) > 12
    assert all(any(parent in STATUS for parent in c.__mro__) for c in known)


def test_a_failing_engine_is_never_not_found():
    assert 503 == status_of(errors.StoreUnavailable("gone"))
    assert 503 == status_of(errors.QueryTimeout(1))
    assert 404 == status_of(errors.NotFound("http://example.org/"))


def test_the_tree_in_the_docstring_is_the_tree_of_the_classes():
    drawn = [
        line.split()[-len(line.split()) :] for line in errors.__doc__.splitlines() if "──" in line
    ]
    names = {word for line in drawn for word in line if word.isidentifier() and word[0].isupper()}
    defined = {
        name
        for name, c in inspect.getmembers(errors, inspect.isclass)
        if issubclass(c, errors.KgError) and name != "KgError"
    }
    assert defined <= names
