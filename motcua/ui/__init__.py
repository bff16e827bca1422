"""The look of Một Cửa, and the helpers every screen is made with. Django without business.

Base pages, components (``templatetags.ui_tags``), the list that serves every list (``listing``),
forms and widgets (``forms``), charts drawn on the server (``charts``), page-or-fragment
(``respond``) and the middleware of requests. Law: Decree 30/2020/ND-CP for dates and numbers.
"""
