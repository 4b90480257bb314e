"""People of the team, and the project's settings."""

from collections.abc import Mapping

from workbench.errors import BadValue, Refused, UnknownName
from workbench.model.ladder import template_of
from workbench.model.memo import PERSON_ROLES, PersonRole
from workbench.model.palette import palette_of
from workbench.project.edits.registry import edit
from workbench.project.names import Names, as_name
from workbench.store import records
from workbench.store.history import Act

_PROFILE = ("name", "role", "credentials", "occupation", "experience")

SETTINGS = (
    "title",
    "objective",
    "synthetic",
    "doi",
    "authors",
    "language",
    "method",
    "stages",
    "colours",
)
"""What a project can say about itself; `method` names the levels of new ladders (see
`ladder.template_of`), `stages` a stage template, `colours` the palette of the categories (see
`palette.PALETTES`), `synthetic` says what is invented."""


@edit("add person")
def add_person(
    act: Act,
    handle: str,
    *,
    name: str = "",
    role: PersonRole = "coder",
    credentials: str = "",
    occupation: str = "",
    experience: str = "",
) -> str:
    """Add a member of the team and return the id."""
    handle = as_name("A handle", handle)
    if records.one(act.connection, "person", handle=handle) is not None:
        raise Refused(f"“{handle}” is in the team already.")
    if role not in PERSON_ROLES:
        raise BadValue("A person's role", role, ", ".join(PERSON_ROLES))
    profile = dict(zip(_PROFILE, (name, role, credentials, occupation, experience), strict=True))
    act.says(f"Added {handle} to the team")
    return put_person(act, handle, **profile)


def put_person(act: Act, handle: str, **profile: str) -> str:
    """Return the id of the person of that handle, who is added if new."""
    handle = as_name("A handle", handle)
    held = records.one(act.connection, "person", handle=handle)
    if held is not None:
        return str(held["id"])
    blank = {**dict.fromkeys(_PROFILE, ""), "role": "coder"}
    (new,) = records.insert(act, "person", [{"handle": handle, **blank, **profile}])
    return new


@edit("change person")
def change_person(
    act: Act, handle: str, field: str, value: str, *, row_version: int | None = None
) -> None:
    """Set one field of a person's profile: name, role, credentials, occupation, experience."""
    _refuse_bad_field(field, value)
    person = Names(act.connection).person(handle)
    records.update(act, "person", person["id"], {field: value}, row_version=row_version)
    act.says(f"Set {field} of {handle}")


def _refuse_bad_field(field: str, value: str) -> None:
    if field not in _PROFILE:
        hint = "“workbench person change --help” lists them."
        raise UnknownName("field of a person", field, _PROFILE, hint=hint)
    if field == "role" and value not in PERSON_ROLES:
        raise BadValue("A person's role", value, ", ".join(PERSON_ROLES))


@edit("change profile")
def change_profile(
    act: Act, handle: str, profile: Mapping[str, str], *, row_version: int | None = None
) -> None:
    """Set several fields of a person's profile at once (see `change_person`).

    Raises:
        ChangedMeanwhile: somebody else changed the person after `row_version` was read.
    """
    for field, value in profile.items():
        _refuse_bad_field(field, value)
    person = Names(act.connection).person(handle)
    records.update(act, "person", person["id"], profile, row_version=row_version)
    act.says(f"Changed the profile of {handle}: {', '.join(profile)}")


@edit("change setting")
def change_setting(act: Act, key: str, value: str, *, row_version: int | None = None) -> None:
    """Set what the project says about itself (see `SETTINGS`).

    Raises:
        ChangedMeanwhile: somebody else set it after `row_version` was read (0 where it
            was not set).
    """
    put_setting(act, key, value, row_version=row_version)
    act.says(f"Set {key}")


@edit("change settings")
def change_settings(
    act: Act, settings: Mapping[str, str], *, row_versions: Mapping[str, int] | None = None
) -> None:
    """Set several things that the project says about itself (see `SETTINGS`), all or none.

    Raises:
        ChangedMeanwhile: somebody else set one after its row version was read (0 where it
            was not set).
    """
    for key, value in settings.items():
        put_setting(act, key, value, row_version=(row_versions or {}).get(key))
    act.says(f"Set {', '.join(settings)}")


def put_setting(act: Act, key: str, value: str, *, row_version: int | None = None) -> None:
    """Do what `change_setting` does, inside an act that does more."""
    if key not in SETTINGS:
        raise UnknownName("setting", key, SETTINGS, hint="“workbench set --help” lists them.")
    value = _read(key, value)
    held = records.one(act.connection, "setting", key=key)
    records.as_read("setting", held, row_version)
    if held is None:
        records.insert(act, "setting", [{"key": key, "value": value}])
    elif held["value"] != value:
        records.update(act, "setting", held["id"], {"value": value})


def _read(key: str, value: str) -> str:
    """Return a setting as it is stored; one that chooses may be empty, but nothing else."""
    if key == "method" and value.strip():
        return template_of(value).key
    if key == "colours" and value.strip():
        return palette_of(value.strip()).key
    return value
