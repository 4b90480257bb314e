"""The pages of a PDF as JSON: run as a program of its own by `pdf`.

PDFium is not ours and a PDF may be made to hurt, so that whatever happens in it happens
to this program alone, which has a limited time and limited memory.
"""

import json
import sys
from contextlib import suppress

_MEMORY = 2_000_000_000
_WRONG_PASSWORD = 4


def pages(data: bytes, most: int, limit: int) -> dict[str, object]:
    """Return the texts of the pages, or what is wrong: “password”, “open”, “many”, “large”."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == _WRONG_PASSWORD
        return {"wrong": "password" if locked else "open"}
    if len(document) > most:
        return {"wrong": "many", "number": len(document)}
    out: list[str] = []
    size = 0
    for number in range(len(document)):
        try:
            out.append(document[number].get_textpage().get_text_range())
        except pypdfium2.PdfiumError:
            return {"wrong": "page", "number": number + 1}
        size += len(out[-1])
        if size > limit:
            return {"wrong": "large", "number": size}
    return {"pages": out}


def _with_little_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    with suppress(ValueError, OSError):  # where the system sets no such limit
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    _with_little_memory()
    answer = pages(sys.stdin.buffer.read(), int(sys.argv[1]), int(sys.argv[2]))
    sys.stdout.buffer.write(json.dumps(answer).encode())
