"""The console says what it can do: every sub-command has its help and an example that it understands."""

from __future__ import annotations

import shlex

import pytest

from zhitong.site import console


@pytest.mark.parametrize("command", sorted(console.COMMANDS))
def test_each_command_shows_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        console.main([command, "--help"])
    printed = capsys.readouterr().out
    assert ended.value.code == 0
    assert console.COMMANDS[command].lower() in " ".join(printed.lower().split())
    assert f"zhitong {command}" in printed.partition("example:")[2]


@pytest.mark.parametrize("command", sorted(console.COMMANDS))
def test_each_example_is_understood(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module = console._module(command)
    understood = []
    monkeypatch.setattr(console, "_is_prepared", lambda: True)
    monkeypatch.setattr(module, "perform", lambda wanted: understood.append(wanted.command))
    for line in module.EXAMPLE.splitlines():
        _before, found, words = line.partition(f"zhitong {command}")
        if found:
            console.main([command, *shlex.split(words.partition("  ")[0])])
    assert understood, "an example is a line with `zhitong` and the command"


def test_the_list_of_commands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        console.main(["--help"])
    printed = " ".join(capsys.readouterr().out.split())
    assert all(promise in printed for promise in console.COMMANDS.values())


@pytest.mark.parametrize("words", [[], ["fly"], ["run", "--scale", "large"], ["import", "people", "x.csv"]])
def test_wrong_calls_end_with_a_usage(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        console.main(words)
    assert ended.value.code == 2 and "usage: zhitong" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["account", "keeper", "--name", "某人"],
        ["demo"],
        ["import", "posts", "list.csv"],
        ["match", "--org", "某县"],
        ["worker"],
    ],
    ids=lambda words: words[0],
)
def test_what_needs_a_database_says_how_to_prepare_one(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(console, "_is_prepared", lambda: False)
    assert console.main(words) == 1
    assert "zhitong run --prepare-only" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_database_of_this_release_is_prepared() -> None:
    assert console._is_prepared()
