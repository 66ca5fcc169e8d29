"""Write small PDFs, line by line, for the tests of the reader."""

from collections.abc import Sequence

HEIGHT = 800


def printed(
    pages: Sequence[Sequence[tuple[float, float, float, str]]], *, title: str = ""
) -> bytes:
    """Return a PDF of pages; each line has its left edge, its baseline, its size and its text."""
    fonts = "<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        f"<< /Title ({title}) >>",
    ]
    for number, lines in enumerate(pages):
        content = "".join(
            f"BT /F1 {size} Tf {left} {base} Td ({_escaped(text)}) Tj ET\n"
            for left, base, size, text in lines
        )
        objects += [
            (
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 {HEIGHT}] /Resources {fonts} "
                f"/Contents {5 + 2 * number} 0 R >>"
            ),
            f"<< /Length {len(content)} >>\nstream\n{content}endstream",
        ]
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n"
    end += f"<< /Size {len(objects) + 1} /Root 1 0 R /Info 3 0 R >>\nstartxref\n{len(data)}\n%%EOF"
    return data + end.encode()


def column(
    left: float, top: float, *lines: str, size: float = 10
) -> list[tuple[float, float, float, str]]:
    """Return lines under each other; a line that begins with a space is indented."""
    return [
        (left + (12 if line.startswith(" ") else 0), top - 12 * number, size, line.strip())
        for number, line in enumerate(lines)
    ]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", r"\(").replace(")", r"\)")
