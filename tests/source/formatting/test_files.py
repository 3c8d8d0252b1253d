"""`kg fmt` as its users meet it."""

import stat

import pytest

from tests.test_cli import kg

ROUGH = "@prefix e: <http://e/>.\ne:b e:p 1 . e:a e:p 1 .\n"
GOOD = "@prefix e: <http://e/> .\n\ne:a\n  e:p 1 .\n\ne:b\n  e:p 1 .\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "rough.ttl").write_text(ROUGH, encoding="utf-8")
    (tmp_path / "good.ttl").write_text(GOOD, encoding="utf-8")
    (tmp_path / "data.nt").write_text("<u:b> <u:p> <u:c> .\n<u:a> <u:p> <u:c> .", encoding="utf-8")
    return tmp_path


def test_a_folder_is_formatted_and_what_is_formatted_is_named(folder):
    done = kg("fmt", folder)
    assert (0, f"formatted: {folder}/rough.ttl\n") == (done.returncode, done.stdout)
    assert "1 of 2 files formatted" in done.stderr
    assert GOOD == (folder / "rough.ttl").read_text(encoding="utf-8")
    again = kg("fmt", folder)
    assert (0, "") == (again.returncode, again.stdout)


def test_check_writes_nothing_names_the_files_and_exits_with_1(folder):
    done = kg("fmt", folder, "--check")
    assert (1, f"would be formatted: {folder}/rough.ttl\n") == (done.returncode, done.stdout)
    assert ROUGH == (folder / "rough.ttl").read_text(encoding="utf-8")
    assert 0 == kg("fmt", "--check", folder / "good.ttl").returncode


def test_diff_shows_what_would_change_and_writes_nothing(folder):
    done = kg("fmt", folder, "--diff")
    assert 0 == done.returncode
    assert "+e:a\n" in done.stdout
    assert "-e:b e:p 1 . e:a e:p 1 .\n" in done.stdout
    assert ROUGH == (folder / "rough.ttl").read_text(encoding="utf-8")


def test_a_file_keeps_its_mode_a_link_stays_one_and_nothing_is_left_beside(folder):
    path = folder / "rough.ttl"
    path.chmod(0o640)
    (folder / "link.ttl").symlink_to(path)
    assert 0 == kg("fmt", folder / "link.ttl").returncode
    assert GOOD == path.read_text(encoding="utf-8")
    assert 0o640 == stat.S_IMODE(path.stat().st_mode)
    assert (folder / "link.ttl").is_symlink()
    assert ["data.nt", "good.ttl", "link.ttl", "rough.ttl"] == sorted(
        one.name for one in folder.iterdir()
    )


def test_line_ends_and_a_byte_order_mark_are_normalised(folder):
    path = folder / "rough.ttl"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert 0 == kg("fmt", path).returncode
    assert GOOD.encode() == path.read_bytes()


def test_broken_files_are_told_with_every_error_and_the_others_are_formatted(folder):
    (folder / "bad.ttl").write_text("<u:a> <u:p> , .\n<u:a> <u:p> ; .\n", encoding="utf-8")
    done = kg("fmt", folder)
    assert 2 == done.returncode
    assert "bad.ttl:1:13: found `,`" in done.stderr
    assert "bad.ttl:2:13: found `;`" in done.stderr
    assert GOOD == (folder / "rough.ttl").read_text(encoding="utf-8")
    assert "<u:a> <u:p> , .\n<u:a> <u:p> ; .\n" == (folder / "bad.ttl").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("data.nt", "kg fmt writes Turtle (.ttl) and TriG (.trig) only."),
        ("nowhere", "no such folder or file"),
    ],
)
def test_what_cannot_be_formatted_is_refused_in_words(folder, name, message):
    done = kg("fmt", folder / name)
    assert 2 == done.returncode
    assert message in done.stderr


def test_a_project_says_what_is_sorted_and_which_prefixes_are_its_own(folder):
    (folder / "kg.toml").write_text(
        'base = "http://own/"\n[folders]\ndata = "."\n[format]\nsorted = ["objects"]\n',
        encoding="utf-8",
    )
    text = "@prefix a: <http://a/> .\n@prefix o: <http://own/> .\no:b a:p 2, 1 .\no:a a:p 1 .\n"
    path = folder / "sub" / "a.ttl"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    # a file is formatted as its project says, wherever the command is run
    assert 0 == kg("fmt", path).returncode
    assert [*"oa"] == [line[8] for line in path.read_text(encoding="utf-8").splitlines()[:2]]
    assert "o:b\n  a:p\n    1 ,\n    2 .\n\no:a\n" in path.read_text(encoding="utf-8")


def test_what_cannot_be_sorted_is_refused(folder):
    done = kg("fmt", folder, KG_FORMAT_SORTED="subjects commas")
    assert 2 == done.returncode
    assert "format.sorted: 'commas' is not one of subjects, predicates, objects" in done.stderr
