"""Databases of QualCoder, RQDA and Taguette made by hand, in the shapes they have had."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

QUALCODER_V3 = """
CREATE TABLE project (databaseversion text, date text, memo text, about text);
CREATE TABLE source (id integer primary key, name text, fulltext text, mediapath text, memo text,
    owner text, date text, unique(name));
CREATE TABLE code_image (imid integer primary key, id integer, x1 integer, y1 integer,
    width integer, height integer, cid integer, memo text, date text, owner text);
CREATE TABLE code_av (avid integer primary key, id integer, pos0 integer, pos1 integer,
    cid integer, memo text, date text, owner text);
CREATE TABLE annotation (anid integer primary key, fid integer, pos0 integer, pos1 integer,
    memo text, owner text, date text);
CREATE TABLE attribute_type (name text primary key, date text, owner text, memo text,
    caseOrFile text, valuetype text);
CREATE TABLE attribute (attrid integer primary key, name text, attr_type text, value text,
    id integer, date text, owner text);
CREATE TABLE case_text (id integer primary key, caseid integer, fid integer, pos0 integer,
    pos1 integer, owner text, date text, memo text);
CREATE TABLE cases (caseid integer primary key, name text, memo text, owner text, date text,
    constraint ucm unique(name));
CREATE TABLE code_cat (catid integer primary key, name text, owner text, date text, memo text,
    supercatid integer, unique(name));
CREATE TABLE code_text (cid integer, fid integer, seltext text, pos0 integer, pos1 integer,
    owner text, date text, memo text, avid integer);
CREATE TABLE code_name (cid integer primary key, name text, memo text, catid integer, owner text,
    date text, color text, unique(name));
CREATE TABLE journal (jid integer primary key, name text, jentry text, date text, owner text);
"""

QUALCODER_4 = (
    QUALCODER_V3
    + """
ALTER TABLE project ADD codername text;
ALTER TABLE source ADD av_text_id integer;
ALTER TABLE source ADD risid integer;
ALTER TABLE code_text ADD important integer;
ALTER TABLE code_name ADD supercid integer;
CREATE TABLE coder_names (name text unique not null, visibility integer not null default 1);
CREATE TABLE stored_sql (title text, description text, grouper text, ssql text, unique(title));
CREATE TABLE graph (grid integer primary key, name text, description text, date text);
CREATE VIEW code_text_visible AS SELECT * FROM code_text;
"""
)

TAGUETTE = """
CREATE TABLE users (login TEXT PRIMARY KEY, hashed_password TEXT, email TEXT);
CREATE TABLE projects (id INTEGER PRIMARY KEY, name TEXT, description TEXT, created DATETIME);
CREATE TABLE project_members (project_id INTEGER, user_login TEXT, privileges TEXT);
CREATE TABLE documents (id INTEGER PRIMARY KEY, name TEXT, description TEXT, filename TEXT,
    created DATETIME, project_id INTEGER, text_direction TEXT, contents TEXT);
CREATE TABLE commands (id INTEGER PRIMARY KEY, date DATETIME, user_login TEXT,
    project_id INTEGER, document_id INTEGER, payload TEXT);
CREATE TABLE tags (id INTEGER PRIMARY KEY, project_id INTEGER, path TEXT, description TEXT);
CREATE TABLE highlights (id INTEGER PRIMARY KEY, document_id INTEGER, start_offset INTEGER,
    end_offset INTEGER, snippet TEXT);
CREATE TABLE highlight_tags (highlight_id INTEGER, tag_id INTEGER);
"""

RQDA = """
CREATE TABLE source (name text, id integer, file text, memo text, owner text, date text,
    dateM text, status integer);
CREATE TABLE freecode (name text, memo text, owner text, date text, dateM text, id integer,
    status integer, color text);
CREATE TABLE treecode (cid integer, catid integer, date text, dateM text, memo text,
    status integer, owner text);
CREATE TABLE treefile (fid integer, catid integer, date text, dateM text, memo text,
    status integer, owner text);
CREATE TABLE filecat (name text, fid integer, catid integer, owner text, date text, dateM text,
    memo text, status integer);
CREATE TABLE codecat (name text, cid integer, catid integer, owner text, date text, dateM text,
    memo text, status integer);
CREATE TABLE coding (cid integer, fid integer, seltext text, selfirst real, selend real,
    status integer, owner text, date text, memo text);
CREATE TABLE coding2 (cid integer, fid integer, seltext text, selfirst real, selend real,
    status integer, owner text, date text, memo text);
CREATE TABLE project (databaseversion text, date text, dateM text, memo text, about text,
    imageDir text);
CREATE TABLE cases (name text, memo text, owner text, date text, dateM text, id integer,
    status integer);
CREATE TABLE caselinkage (caseid integer, fid integer, selfirst real, selend real,
    status integer, owner text, date text, memo text);
CREATE TABLE attributes (name text, status integer, date text, dateM text, owner text, memo text,
    class text);
CREATE TABLE caseAttr (variable text, value text, caseID integer, date text, dateM text,
    owner text, status integer);
CREATE TABLE fileAttr (variable text, value text, fileID integer, date text, dateM text,
    owner text, status integer);
CREATE TABLE journal (name text, journal text, date text, dateM text, owner text, status integer);
CREATE TABLE annotation (fid integer, position integer, annotation text, owner text, date text,
    dateM text, status integer);
CREATE TABLE image (name text, id integer, date text, dateM text, owner text, status integer);
CREATE TABLE imageCoding (cid integer, iid integer, x1 integer, y1 integer, x2 integer,
    y2 integer, memo text, date text, dateM text, owner text, status integer);
"""


class Made:
    """A database in a file, filled row by row."""

    def __init__(self, path: Path, schema: str) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self.run(schema)

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path)) as connection:
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("PRAGMA journal_mode = MEMORY")
            yield connection
            connection.commit()

    def run(self, script: str) -> None:
        with self.open() as connection:
            connection.executescript(script)

    def insert(self, table: str, **values: object) -> None:
        with self.open() as connection:
            names, marks = ", ".join(values), ", ".join("?" * len(values))
            query = f"INSERT INTO {table} ({names}) VALUES ({marks})"
            connection.execute(query, [*values.values()])


class QualCoder(Made):
    """A project of QualCoder; `code` gives words a code as a coder would."""

    def __init__(self, path: Path, schema: str = QUALCODER_4, version: str = "v16") -> None:
        super().__init__(path, schema)
        self.insert("project", databaseversion=version, date="2024-05-01 10:00:00", memo="")

    def text(self, number: int, name: str, words: object, **more: object) -> None:
        self.insert("source", id=number, name=name, fulltext=words, owner="ane", **more)

    def code(self, number: int, name: str, **more: object) -> None:
        self.insert("code_name", cid=number, name=name, owner="ane", **more)

    def coding(
        self, code: int, text: int, start: object, stop: object, quote: object, owner: str = "ane",
        **more: object,
    ) -> None:  # fmt: skip
        given = {"cid": code, "fid": text, "pos0": start, "pos1": stop, "seltext": quote}
        self.insert("code_text", **given, owner=owner, **more)


class Rqda(Made):
    """A project of RQDA; rows are live unless they are given another status."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, RQDA)
        self.insert("project", databaseversion="0.2.2", date="Wed May  1 10:00:00 2024", memo="")

    def live(self, table: str, **values: object) -> None:
        self.insert(table, **{"status": 1, "owner": "default", **values})

    def coding(self, code: int, text: int, start: object, stop: object, quote: str, **more: object):
        given = {"cid": code, "fid": text, "selfirst": start, "selend": stop, "seltext": quote}
        self.live("coding", **given, **more)


def small_qualcoder(path: Path, schema: str = QUALCODER_4, version: str = "v16") -> Path:
    """Make a project with two coders, a category, a case, an attribute, and each kind of memo."""
    made = QualCoder(path, schema, version)
    made.text(1, "shed.txt", "I: Well?\nKari: The shed is full.", memo="Read aloud.")
    made.insert("code_cat", catid=1, name="Sheds", memo="All of them.")
    made.code(1, "Room", memo="How full it is.", catid=1, color="#ff8800")
    made.code(2, "Tools")
    made.coding(1, 1, 15, 23, "The shed")
    made.coding(1, 1, 15, 23, "The shed", "bo", memo="Is it?")
    made.coding(2, 1, 0, 8, "I: Well?")
    made.insert("annotation", fid=1, pos0=24, pos1=31, memo="So?", owner="bo")
    made.insert("cases", caseid=1, name="Kari", memo="Came late.", owner="ane")
    made.insert("case_text", caseid=1, fid=1, pos0=0, pos1=32, owner="ane")
    made.insert("attribute_type", name="Years", caseOrFile="case", valuetype="numeric")
    made.insert("attribute", name="Years", attr_type="case", value="12", id=1)
    made.insert("journal", jid=1, name="Why", jentry="Ask her.", owner="bo")
    return path


def small_rqda(path: Path) -> Path:
    """Make a project with a category, a case, an attribute, memos, and rows that were deleted."""
    made = Rqda(path)
    words = "I: Well?\nKari: The shed is full."
    made.live("source", name="shed", id=1, file=words, memo="Read aloud.")
    made.live("source", name="gone", id=2, file="Gone.", status=0)
    made.live("codecat", name="Sheds", catid=1, memo="All of them.")
    made.live("freecode", name="Room", id=1, memo="How full it is.", color="#ff8800")
    made.live("freecode", name="Tools", id=2, color="red")
    made.live("freecode", name="Gone", id=3, status=0)
    made.live("treecode", cid=1, catid=1)
    made.coding(1, 1, 15.0, 23.0, "The shed", memo="Is it?")
    made.coding(2, 1, 0.0, 8.0, "I: Well?", owner="bo")
    made.coding(2, 1, 9.0, 13.0, "Kari", status=0)
    made.coding(2, 1, 24.0, 31.0, "is full", status=-1)
    made.live("cases", name="Kari", id=1, memo="Came late.")
    made.live("caselinkage", caseid=1, fid=1, selfirst=0.0, selend=32.0)
    made.live("attributes", name="Years", **{"class": "numeric"})
    made.live("caseAttr", variable="Years", value="12", caseID=1)
    made.live("journal", name="Why", journal="Ask her.")
    made.live("annotation", fid=1, position=24, annotation="So?")
    return path
