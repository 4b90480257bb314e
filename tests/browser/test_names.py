"""Names are found, replaced and taken out for good in a browser, and the key goes along."""

import pytest
from driving import serious, settled
from playwright.sync_api import expect

import workbench
from workbench.project import door, originals, pseudonyms

SAID = (
    "I: Who helps you?\nTorunn: My neighbour Kåre. On Sundays Kåre comes by with bread.\n"
    "I: And else?\nTorunn: Nobody. KÅRE is enough.\n"
)
NAMES = ("Torunn", "Kåre", "KÅRE")


@pytest.fixture
def named(study, tmp_path):
    """The study with a talk in which two people are named."""
    path = tmp_path / "neighbours.txt"
    path.write_text(SAID, encoding="utf-8")
    with workbench.open(study, who="ingrid") as project:
        project.import_files(path)
    return study


def held(study):
    """Return the names that are anywhere in the project's files."""
    kept = b"".join(file.read_bytes() for file in study.parent.glob(f"{study.name}*"))
    return {name for name in NAMES if name.encode() in kept}


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()
    settled(page)


def test_names_are_found_replaced_and_sealed_from_one_page(serve, visit, named, tmp_path):
    page = visit(serve(named), "?view=names", accept_downloads=True)
    page.get_by_label("Names that you know, one a line").fill("Nobody")
    press(page, "Find names")
    page.get_by_text("3. Look at every place").wait_for()
    expect(page.get_by_role("button", name="Replace the names")).to_have_count(0)

    page.get_by_label("Passphrase", exact=True).fill("a tree")
    page.get_by_label("The passphrase once more").fill("a bush")
    press(page, "Make the key")
    expect(page.get_by_text("The two passphrases are not the same.")).to_be_visible()
    page.get_by_label("The passphrase once more").fill("a tree")
    press(page, "Make the key")
    assert serious(page) == []
    replace = page.get_by_role("button", name="Replace the names")
    expect(replace).to_be_disabled()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Take the key").click()
    key = tmp_path / "names.key"
    waiting.value.save_as(key)
    settled(page)
    replace.click()
    page.get_by_text("new versions").wait_for()
    settled(page)
    assert {"Torunn", "Kåre", "Nobody"} <= {
        row.name for row in pseudonyms.real_names(key, "a tree")
    }
    assert held(named) == set(NAMES)

    page.locator(".st-key-originals-key input[type=file]").set_input_files(str(key))
    page.get_by_label("Passphrase of the key").fill("a tree")
    press(page, "See what would go")
    page.get_by_text("To go for good").wait_for()
    assert serious(page) == []
    seal = page.get_by_role("button", name="Seal them in a file", exact=True)
    expect(seal).to_be_disabled()  # the sample's framework quotes one of the speakers
    page.get_by_text("These words are no names there: they may stay").click()
    settled(page)
    seal.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name of the project").fill("another")
    dialog.get_by_role("button", name="Take them out").click()
    dialog.get_by_text("give study.fwb").wait_for()
    assert held(named) == set(NAMES)
    dialog.get_by_label("Name of the project").fill("study.fwb")
    dialog.get_by_role("button", name="Take them out").click()
    page.get_by_text("sealed in a file").wait_for()
    settled(page)
    expect(page.get_by_text("did not foresee")).to_have_count(0)
    assert held(named) == set()
    originals.unseal(named.with_name("study.sealed"), "a tree", tmp_path / "out")
    assert SAID in {file.read_text("utf-8") for file in (tmp_path / "out").iterdir()}
    with door.open_project(named) as project:
        assert [f for f in project.check() if f.severity == "broken"] == []
