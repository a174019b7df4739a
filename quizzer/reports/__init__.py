"""Reports as HTML pages that need nothing but themselves: no script, no font, no request to any host.

One template makes every page, from parts that carry plain texts and numbers. To add a report:

1. Write ``reports/NAME.py`` with a function that turns what core computed into a `quizzer.reports.page.Page`: sections
   of `Tiles`, `Figure`, `Table`, `Fold`, `Prose` and `Answers`. Texts from decks, players and answers go in as they
   are: the template escapes whatever it prints.
2. Draw with the functions of ``reports/charts.py`` (`columns`, `calendar`, `shares`); colours are the CSS variables of
   ``templates/page.css``, so that one drawing serves light, dark and print.
3. In the command, ``cli.pages.write(path, page)`` renders and saves it; a file that quizzer did not write is not
   replaced.

A new kind of part is a dataclass in ``page.py`` with a ``kind`` and a template ``templates/parts/KIND.html``.
"""
