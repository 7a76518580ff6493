"""The bulletin as PDF: A4, an embedded font with all Vietnamese letters, the same bytes for the same bulletin."""

from __future__ import annotations

from pathlib import Path

from fpdf import FPDF, FontFace

from contracts.bulletin import FIGURES, bulletin_as_of, bulletin_title, whole
from contracts.reply import source_line, vietnamese_time
from newsroom.bulletins.forms.edition import Edition

FONTS = Path(__file__).resolve().parents[1] / "fonts"  # DejaVu Sans; its licence lies beside it
FAMILY = "dejavu"
DRAFT = "BẢN NHÁP, CHƯA PHÁT HÀNH"


class _Sheet(FPDF):
    """A page with a footer, and with a mark on drafts."""

    def __init__(self, edition: Edition) -> None:
        super().__init__(format="A4")
        self._draft = edition.draft
        self.add_font(FAMILY, "", FONTS / "DejaVuSans.ttf")
        self.add_font(FAMILY, "B", FONTS / "DejaVuSans-Bold.ttf")
        self.set_title(bulletin_title(edition.payload))
        self.set_lang("vi-VN")
        self.set_creation_date(bulletin_as_of(edition.payload))
        self.set_auto_page_break(auto=True, margin=20)

    def header(self) -> None:
        """Only drafts are marked."""
        if self._draft:
            self.set_font(FAMILY, "B", 12)
            self.set_text_color(170, 20, 20)
            self.cell(0, 8, DRAFT, align="C", new_x="LMARGIN", new_y="NEXT")
            self.set_text_color(0, 0, 0)

    def footer(self) -> None:
        """Page of pages."""
        self.set_y(-15)
        self.set_font(FAMILY, "", 9)
        self.cell(0, 8, f"Trang {self.page_no()}/{{nb}}", align="C")

    def block(self, heading: str, text: str) -> None:
        """A heading with paragraphs; nothing when there is no text."""
        if not text:
            return
        self.ln(3)
        self.set_font(FAMILY, "B", 12)
        self.multi_cell(0, 7, heading, new_x="LMARGIN", new_y="NEXT")
        self.set_font(FAMILY, "", 11)
        self.multi_cell(0, 6, text, align="L", new_x="LMARGIN", new_y="NEXT")

    def picture(self, edition: Edition) -> None:
        """The picture over the whole width, at most a third of the page high, with whose it is."""
        if edition.picture is None:
            return
        self.ln(3)
        self.image(str(edition.picture), w=self.epw, h=self.eph / 3, keep_aspect_ratio=True)
        self.set_font(FAMILY, "", 9)
        credit = f"Hình: {edition.payload['picture']['credit']}"
        self.multi_cell(0, 5, credit, align="L", new_x="LMARGIN", new_y="NEXT")

    def grid(self, rows: list[tuple[str, str]]) -> None:
        """Two columns, numbers at the right."""
        self.set_font(FAMILY, "", 11)
        heading = FontFace(emphasis="BOLD")
        with self.table(
            col_widths=(70, 30), text_align=("LEFT", "RIGHT"), headings_style=heading, line_height=7
        ) as table:
            for row in rows:
                table.row(row)


def bulletin_pdf(edition: Edition) -> bytes:
    """The document, as bytes."""
    payload = edition.payload
    sheet = _Sheet(edition)
    sheet.add_page()
    sheet.set_font(FAMILY, "B", 16)
    sheet.multi_cell(0, 9, bulletin_title(payload), align="C", new_x="LMARGIN", new_y="NEXT")
    sheet.set_font(FAMILY, "", 11)
    cut_off = f"Số liệu tính đến {vietnamese_time(bulletin_as_of(payload))}"
    sheet.multi_cell(0, 7, cut_off, align="C", new_x="LMARGIN", new_y="NEXT")
    sheet.ln(2)
    figures = payload["figures"]
    sheet.grid(
        [("Chỉ số", "Số lượng"), *((label, whole(figures[name])) for name, label in FIGURES.items() if name in figures)]
    )
    sheet.picture(edition)
    sheet.block("Diễn giải", str(payload["commentary"]))
    sheet.block("Khuyến cáo", str(payload["advice"]))
    if payload["districts"]:
        sheet.block("Ca mắc mới theo huyện", " ")
        sheet.grid([("Huyện", "Ca mắc mới"), *((d["name"], whole(d["new_cases"])) for d in payload["districts"])])
    sheet.block("Tệp kèm theo", "\n".join(f"{item['title']}: {item['url']}" for item in payload["attachments"]))
    sheet.block("Nguồn", source_line(edition.source).removeprefix("Nguồn: ") if edition.source else "")
    return bytes(sheet.output())
