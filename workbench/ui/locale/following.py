"""What a source tells a person, followed back to the texts that stand in it.

What reaches an error, a report of an import or the history is followed back from there through
variables, parameters and functions; an f-string becomes a template with named parts, and a
sentence that is put together in several ways becomes several templates.
"""

import ast
import itertools
import re
from collections.abc import Sequence

from workbench.ui.locale.sources import Function, Place, Source, indexed, last_name
from workbench.ui.locale.templates import (
    LETTERS,
    QUOTED,
    Part,
    Pieces,
    formatted,
    literal,
    plain_name,
    written,
)

_SINKS: dict[str, tuple[str, ...]] = {
    "says": ("text",),
    "and_also": ("sentence",),
    "LeftOut": ("#what", "why"),
    "leave_out": ("#what", "why"),
    "NotRead": ("#what", "place", "why"),
    "Guess": ("what", "because", "confidence"),
    "guess": ("what", "because", "confidence"),
    "Fault": ("problem",),
    "refusal": ("", "where", "problem"),
    "counted": ("", "#what"),
    "number_of": ("", "#what"),
}
"""What is told when these are called, by place; a noun that is counted has a #."""
_ONLY_IN: dict[str, tuple[str | tuple[str, ...], tuple[str, ...]]] = {
    "Finding": (("checks/", "project/checking.py"), ("", "what", "thing", "problem")),
    "Judged": ("checks/", ("", "", "", "why")),
    "Entry": ("checks/", ("", "", "", "why")),
    "_fails": ("checks/", ("", "why")),
    "Step": ("project/", ("", "", "", "", "", "where")),
}
_TELLING = (
    "formats/layouts/",
    "formats/docx.py",
    "formats/html_page.py",
    "formats/html_text.py",
    "formats/odt.py",
    "formats/pdf.py",
    "formats/rtf.py",
    "formats/strict_yaml.py",
    "formats/subtitles.py",
    "formats/textfile.py",
    "formats/transcripts.py",
    "stages/framework/steps.py",
)
"""Modules that hand their sentences on in lists: each whole sentence in them is told."""
_RECEIVERS = {"count": "report", "append": "notes"}
"""Methods of lists and texts too: they tell something only when called on one of these."""
_TOLD = frozenset(
    {
        *("problem", "remedy", "kind", "what", "wanted", "why", "because", "hint", "where"),
        *("looks_like", "found", "thing", "things", "advice", "sentence", "role", "said"),
        *("spoken", "known", "wanted_for", "cited_for", "told", "difference"),
    }
)
"""Parameters that carry words of ours."""
_TRIMS = frozenset(
    {"replace", "capitalize", "rstrip", "strip", "removesuffix", "removeprefix", "lower", "upper"}
)
_COUNTED = frozenset({"counted", "number_of"})
_LISTED = frozenset({"few", "join"})
_NUMBERS = frozenset({"len", "sum", "round", "max", "min"})
_MOST = 24
"""So many ways of one sentence are told apart; what varies more is a part."""

_CHOICES = frozenset(
    {
        "key",
        "field",
        "what",
        "wanted",
        "problems",
        "called",
        "described",
        "side",
        "mark",
        "kind",
        "outcome",
        "role",
        "stance",
        "confidence",
        "state",
    }
)
"""What is chosen out of a few words of ours, which are said in turn too."""
_COUNTED_PART = Part("counted", said=True)


def read(texts: dict[str, str]) -> Source:
    """Return what is told in modules, given by their names.

    >>> made = "def said(what): raise Refused(f'{what} “{n}” is {len(n):,} long.')"
    >>> list(read({"a.py": made + "; said('The title')"}).found)
    ['The title', '{what} “{n}” is {n2} long.']
    """
    source = indexed(texts)
    for name, wanted in _SINKS.items():
        _follow(source, name, wanted)
    for place, raised in (*source.raised, *source.constants.get("LAWS", ())):
        _tell(source, place, raised)
    for name, (module, wanted) in _ONLY_IN.items():
        _follow(source, name, wanted, module)
    for module in texts:
        if module.startswith(_TELLING):
            _overhear(source, Place(module), ast.parse(texts[module]))
    for name, owner in _RECEIVERS.items():
        for place, call in source.calls.get(name, ()):
            if owner in ast.unparse(call.func) and call.args:
                _tell(source, place, call.args[0], noun=name == "count")
    return source


def _overhear(source: Source, place: Place, node: ast.AST) -> None:
    """Tell each text of a module that is a sentence, or a noun that is counted."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            continue
        inner = place
        if isinstance(child, ast.FunctionDef):
            inner = Place(place.module, (*place.functions, child))
        parts = (child.left, child.right) if isinstance(child, ast.BinOp) else (child,)
        whole = any(isinstance(part, ast.JoinedStr | ast.Constant) for part in parts)
        if whole and isinstance(child, ast.expr):
            for pieces in _ways(source, place, child, frozenset()):
                text = written(pieces)
                made = isinstance(child, ast.JoinedStr) and literal(pieces).count(" ") > 3
                if made or re.search(r"[a-z]{2}.* .*\.$", text):
                    source.hear(text)
            continue
        _overhear(source, inner, child)


def _follow(
    source: Source, name: str, wanted: Sequence[str], module: str | tuple[str, ...] = ""
) -> None:
    """Tell what is given to a function wherever it is called, by place or by name."""
    for place, call in list(source.calls.get(name, ())):
        if not place.module.startswith(module):
            continue
        if any(isinstance(a, ast.Starred) for a in call.args):
            for starred in call.args:
                if isinstance(starred, ast.Starred):
                    _tell(source, place, starred.value)
        by_name = {k.arg: k.value for k in call.keywords}
        for n, parameter in enumerate(wanted):
            plain = parameter.lstrip("#")
            given = by_name.get(plain) if plain else None
            if given is None and plain and n < len(call.args):
                given = call.args[n]
            if given is not None and not isinstance(given, ast.Starred):
                _tell(source, place, given, noun=parameter.startswith("#"))


def _tell(source: Source, place: Place, expression: ast.expr, *, noun: bool = False) -> None:
    """Note the templates of an expression, and what its parts are made of."""
    for pieces in _ways(source, place, expression, frozenset()):
        text = written(pieces)
        if LETTERS.search(re.sub(r"\{\w+\}", "", text)):
            source.nouns.setdefault(text) if noun else source.hear(text)


def _ways(source: Source, place: Place, expression: ast.expr, seen: frozenset[str]) -> list[Pieces]:
    """Return the ways an expression comes out, each as texts and parts."""
    match expression:
        case ast.Constant(value=str(text)):
            return [(text,)]
        case ast.Constant():
            return []
        case ast.Attribute(attr=name) if name in _CHOICES:
            return [_part(name)]
        case ast.JoinedStr(values=values):
            return _joined(source, place, values, seen)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _after(_ways(source, place, left, seen), _ways(source, place, right, seen))
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return [*_ways(source, place, left, seen), *_ways(source, place, right, seen)]
        case ast.IfExp(body=body, orelse=other):
            return [*_ways(source, place, body, seen), *_ways(source, place, other, seen)]
        case ast.BoolOp(values=values):
            return [way for one in values for way in _ways(source, place, one, seen)]
        case ast.ListComp(elt=value) | ast.GeneratorExp(elt=value):
            return _ways(source, place, value, seen)
        case ast.Tuple(elts=values) | ast.List(elts=values):
            return [way for one in values for way in _ways(source, place, one, seen)]
        case ast.Dict(values=values):
            return [way for one in values for way in _ways(source, place, one, seen)]
        case ast.NamedExpr(value=value) | ast.Starred(value=value):
            return _ways(source, place, value, seen)
        case ast.Subscript(value=value):
            if isinstance(value, ast.Name) and value.id in source.constants:
                return _ways(source, place, value, seen)
            return [_part(_called(expression))]
        case ast.Name(id=name):
            return _variable(source, place, name, seen)
        case ast.Call():
            return _call(source, place, expression, seen)
    return [(Part(_called(expression)),)]


def _joined(
    source: Source, place: Place, values: Sequence[ast.expr], seen: frozenset[str]
) -> list[Pieces]:
    ways: list[Pieces] = [()]
    for value in values:
        if isinstance(value, ast.FormattedValue):
            before = "".join(p for p in ways[-1] if isinstance(p, str))
            ways = _after(ways, _filled(source, place, value, before, seen))
        elif isinstance(value, ast.Constant):
            ways = [(*way, str(value.value)) for way in ways]
    return ways


def _filled(
    source: Source, place: Place, value: ast.FormattedValue, before: str, seen: frozenset[str]
) -> list[Pieces]:
    """Return what an f-string puts in: as it stands between quotes, else as it is made."""
    inner = value.value
    if value.format_spec is not None and value.conversion == -1:
        return [(Part("n"),)]
    if value.conversion != -1:
        return [(Part("value"),)]
    if QUOTED.search(before) and not isinstance(inner, ast.IfExp):
        return [(Part(_called(inner)),)]
    found = _ways(source, place, inner, seen)
    if isinstance(inner, ast.IfExp | ast.BoolOp) and found:
        return found
    whole = [w for w in found if LETTERS.search(literal(w))]
    if not whole:
        return found[:1] or [(Part(_called(inner)),)]
    if any(way == () or way == ("",) for way in found) or literal(whole[0])[:1] in " ,;:.(":
        return found
    for way in whole:
        source.hear(written(way))
    return [(Part(_called(inner), said=True),)]


def _after(first: list[Pieces], second: list[Pieces]) -> list[Pieces]:
    both = [(*a, *b) for a, b in itertools.product(first, second)]
    return both[:_MOST]


def _variable(source: Source, place: Place, name: str, seen: frozenset[str]) -> list[Pieces]:
    """Return what a variable, a parameter or a constant may hold."""
    ways = _held(source, place, name, seen)
    return ways if name not in _CHOICES or any(map(literal, ways)) else [_part(name)]


def _held(source: Source, place: Place, name: str, seen: frozenset[str]) -> list[Pieces]:
    if name in seen:
        return [(Part(plain_name(name)),)]
    seen |= {name}
    for depth in range(len(place.functions), 0, -1):
        here = Place(place.module, place.functions[:depth])
        function = here.functions[-1]
        ways = _assigned(source, here, function, name, seen)
        parameters = [a.arg for a in (*function.args.args, *function.args.kwonlyargs)]
        if name in parameters:
            if name == "where" and not _of_a_file(source, here):
                return [(Part("path"),)]
            if name in _TOLD:
                return [*ways, *_given(source, here, function, name)]
            return ways or [(Part(plain_name(name)),)]
        if ways:
            return ways
    held = source.constants.get(name, ())
    near = [v for p, v in held if p.module == place.module]
    if not near and name.isupper():
        near = [v for _p, v in held]
    ways = [w for v in near for w in _ways(source, Place(place.module), v, seen)]
    return ways or [_part(name)]


def _assigned(
    source: Source, place: Place, function: Function, name: str, seen: frozenset[str]
) -> list[Pieces]:
    ways: list[Pieces] = []
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    if isinstance(target, ast.Name) and target.id == name:
                        ways += _ways(source, place, value, seen)
                    if isinstance(target, ast.Tuple):
                        for n, one in enumerate(target.elts):
                            if not (isinstance(one, ast.Name) and one.id == name):
                                continue
                            if isinstance(value, ast.Tuple):
                                ways += _ways(source, place, value.elts[n], seen)
                            else:
                                every = _ways(source, place, value, seen)
                                ways += [w for w in every if LETTERS.search(literal(w))]
            case ast.NamedExpr(target=ast.Name(id=held), value=value) if held == name:
                ways += _ways(source, place, value, seen)
    for node in ast.walk(function):
        match node:
            case ast.AugAssign(target=ast.Name(id=held), value=value) if held == name:
                ways += _after(ways, _ways(source, place, value, seen))
    return ways[:_MOST]


def _of_a_file(source: Source, place: Place) -> bool:
    """Whether a function tells where in a file something stands, not where the file is."""
    files = ("BadTable", "InvalidFramework", "refusal")
    return any((place, place.functions[-1]) in source.functions.get(n, ()) for n in files)


def _given(source: Source, place: Place, function: Function, name: str) -> list[Pieces]:
    """Tell what callers give for a parameter; return the part it is in a sentence."""
    called = function.name
    if called == "__init__":
        called = next(n for n, held in source.functions.items() if (place, function) in held)
    parameters = [a.arg for a in function.args.args]
    if parameters[:1] in (["self"], ["cls"]):
        parameters = parameters[1:]
    at = parameters.index(name) if name in parameters else -1
    if (called, name, at) not in source.told:
        source.told.add((called, name, at))
        _follow(
            source,
            called,
            [p if p == name else "" for p in parameters] if name in parameters else [],
        )
        for where, call in list(source.calls.get(called, ())):
            for keyword in call.keywords:
                if keyword.arg == name and name not in parameters:
                    _tell(source, where, keyword.value)
        positions = [*function.args.args[::-1]]
        defaults = [
            *zip(positions, function.args.defaults[::-1], strict=False),
            *zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True),
        ]
        for argument, default in defaults:
            if argument.arg == name and default is not None:
                _tell(source, place, default)
    return [(Part(name, said=True),)]


def _call(source: Source, place: Place, call: ast.Call, seen: frozenset[str]) -> list[Pieces]:
    called = last_name(call.func)
    if ast.unparse(call.func) == "sides.name":
        return [(Part("thing", said=True),)]
    if called in _COUNTED:
        return [(_COUNTED_PART,)]
    if called == "_spoken":
        return [(Part("table", said=True),)]
    if called in _LISTED:
        return [(Part(*_listed(source, place, call.args[0], seen)),)]
    if called in _NUMBERS:
        return [(Part("n"),)]
    if called in _TRIMS and isinstance(call.func, ast.Attribute):
        return _ways(source, place, call.func.value, seen)
    if called == "format" and isinstance(call.func, ast.Attribute):
        texts = [literal(w) for w in _ways(source, place, call.func.value, seen)]
        return [formatted(text) for text in texts]
    if called == "get" and isinstance(call.func, ast.Attribute):
        given = [call.func.value, *call.args[1:]]
        found = [w for one in given for w in _ways(source, place, one, seen)]
        return found if any(literal(w) for w in found) else [(Part(_called(call)),)]
    held = source.functions.get(called, ())
    near = [h for h in held if h[0].module == place.module] or list(held)
    if not near or len(near) > 3 or f"{called}()" in seen:
        return [(Part(_called(call)),)]
    ways: list[Pieces] = []
    for inner, function in near:
        for node in ast.walk(function):
            if isinstance(node, ast.Return | ast.Yield) and node.value is not None:
                ways += _ways(source, inner, node.value, seen | {f"{called}()"})
    told = any(LETTERS.search(literal(way)) or _COUNTED_PART in way for way in ways)
    return ways if told else [(Part(_called(call)),)]


def _listed(
    source: Source, place: Place, listed: ast.expr, seen: frozenset[str]
) -> tuple[str, bool]:
    """Return the part that a list is: said where our own sentences were put into it."""
    found: list[Pieces] = []
    if isinstance(listed, ast.Name) and place.functions:
        function, name = place.functions[-1], listed.id
        if name == "known" and place.module == "errors.py" and function.name == "__init__":
            _given(source, place, function, name)
            return "things", True
        for node in ast.walk(function):
            match node:
                case (
                    ast.Call(
                        func=ast.Attribute(value=ast.Name(id=held), attr="append"), args=[told]
                    )
                    | ast.Assign(targets=[ast.Name(id=held)], value=told)
                    | ast.AugAssign(target=ast.Name(id=held), value=told)
                ) if held == name:
                    found += _ways(source, place, told, seen | {name})
    elif isinstance(listed, ast.GeneratorExp | ast.ListComp):
        found = _ways(source, place, listed, seen)
        if any("“" in literal(way) for way in found):
            return "names", False
    found = [w for w in found if LETTERS.search(literal(w)) or _is_said(w)]
    for way in found:
        source.hear(written(way))
    return ("things", True) if found else ("names", False)


def _part(name: str) -> Pieces:
    """Return a place of that name: what is one of our few words is said in turn."""
    return (Part(plain_name(name), said=name in _CHOICES),)


def _is_said(way: Pieces) -> bool:
    return any(isinstance(piece, Part) and piece.said for piece in way)


def _called(expression: ast.expr) -> str:
    """Return what a part is called: the last name in its expression."""
    match expression:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return plain_name(name)
        case ast.Subscript(slice=ast.Constant(value=str(name))):
            return plain_name(name)
        case ast.Subscript(value=value):
            return _called(value)
        case ast.Call(func=called):
            if last_name(called) in {"short", "_short", "str", "min", "sorted"} and expression.args:
                return _called(expression.args[0])
            return plain_name(last_name(called))
    return "name"
