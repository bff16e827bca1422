'''Every list of the product: filter, order, search, page, select, export.

A view describes its columns and filters once and answers with one call::

    COLUMNS = (
        Column("title", _("Nhiệm vụ"), order_by="title", primary=True),
        Column("lead", _("Chủ trì"), path="lead__full_name", order_by="lead__full_name"),
        Column("due", _("Hạn"), order_by="due", template="planning/cells/due.html"),
        Column("cost", _("Kinh phí"), order_by="cost", align="end", render=lambda t: money(t.cost)),
    )
    FILTERS = (
        ChoiceFilter("status", _("Trạng thái"), Task.Status.choices),
        ChoiceFilter("field", _("Lĩnh vực"), FIELDS, path="field"),
        DateRangeFilter("due", _("Hạn")),
        BooleanFilter("late", _("Chỉ việc trễ hạn"), when=lambda qs: qs.late(today)),
    )

    def tasks(request: HttpRequest) -> HttpResponse:
        """The list of tasks."""
        rows = listing(
            request,
            Task.objects.visible_to(request.person).select_related("lead"),
            COLUMNS,
            filters=FILTERS,
            order="due",                       # key of a column, "-due" for the other way
            search="folded",                   # a column with a word index, or a callable
            row_url=lambda task: reverse("planning:task", args=[task.pk]),
            row_tone=lambda task: task.tone,   # "", "late", "soon" or "done"
            empty=Empty(_("Chưa có nhiệm vụ nào"), _("Nhiệm vụ có khi kế hoạch được duyệt.")),
            file_name="nhiem-vu",
        )
        return rows.respond("planning/tasks.html")

and its page template shows it with ``{% include "ui/listing.html" %}`` (the listing is in the
context as ``listing``).

The state lives in the address, so a list can be sent, marked and gone back to:

===========  ==============================================================
parameter    meaning
===========  ==============================================================
``q``        search text
``order``    key of a column, with ``-`` before it for the other direction
``after``    cursor of the next page
``before``   cursor of the previous page; ``before=end`` is the last page
``export``   ``xlsx`` or ``csv``: the rows that the filters leave, no paging
``column``   keys of the columns that the file gets; none: all
others       the filters, by their keys
===========  ==============================================================

Pages are cut by cursor (``WHERE (due, id) > (…)``), so page 1000 of a million rows costs what
page 1 costs; give the table an index on ``(order column, id)``. A nullable order column sorts
its empty values last on both databases, which no plain index serves: for a table that grows,
order by a column that is never null. The count is exact up to 10,000 and "hơn 10.000" above.

Each page costs two queries: the count and the rows (plus what the caller prefetches).
'''

from __future__ import annotations

from motcua.ui.listing.columns import Column, Empty
from motcua.ui.listing.export import EXPORT_LIMIT, TooManyRows
from motcua.ui.listing.filters import (
    BooleanFilter,
    ChoiceFilter,
    DateRangeFilter,
    Filter,
    TextFilter,
)
from motcua.ui.listing.page import BulkAction, Listing, listing

__all__ = [
    "EXPORT_LIMIT",
    "BooleanFilter",
    "BulkAction",
    "ChoiceFilter",
    "Column",
    "DateRangeFilter",
    "Empty",
    "Filter",
    "Listing",
    "TextFilter",
    "TooManyRows",
    "listing",
]
