"""What an error tells of the names that are there."""

from workbench.errors import UnknownName


def test_of_many_names_the_nearest_three_are_told_and_none_that_is_far() -> None:
    known = [f"wait {n}" for n in range(40)] + ["access", "trust"]
    error = UnknownName("code", "wait 7", [n for n in known if n != "wait 7"], hint="Look.")
    assert len(error.near) == 3
    assert all(n.startswith("wait") for n in error.near)
    assert str(error).count("“") == 4
    assert str(error).endswith(" Look.")


def test_where_nothing_is_near_nothing_is_suggested() -> None:
    assert str(UnknownName("code", "xyz", ["access", "trust"])) == (
        "There is no code “xyz” in this project."
    )
    assert UnknownName("code", "acess", ["access", "access"]).near == ("access",)
