"""Small XLSX files, written by hand."""

import io
import zipfile
from html import escape

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET = "xl/worksheets/sheet1.xml"


def cell(value: object, *, place: str = "") -> str:
    """Write a cell, its text in the cell itself."""
    at = f' r="{place}"' if place else ""
    if isinstance(value, int | float):
        return f"<c{at}><v>{value}</v></c>"
    return f'<c{at} t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def sheet_of(*rows: str) -> str:
    """Write a sheet of rows that are written already."""
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(rows)}</sheetData></worksheet>'
    )


def workbook(sheet: str | None, *, target: str = "worksheets/sheet1.xml") -> bytes:
    """Write the smallest workbook that a reader takes, with one sheet named Tally."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship '
        f'Id="r1" Type="{_LINK}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINK}"><sheets>'
        '<sheet name="Tally" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_LINK}/worksheet" Target="{target}"/>'
        "</Relationships>",
    }
    if sheet is not None:
        parts[SHEET] = sheet
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()
