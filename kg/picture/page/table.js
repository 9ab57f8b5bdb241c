/* The same data as tables, for reading line by line and for screen readers. */
'use strict';

newskg.makeTable = (model, state, subset, evidence) => {
  const { el, byId, fill, button } = newskg.elements;
  const { words } = newskg;
  const box = byId('table');
  const PAGE = 200;
  let which = 'facts';
  let sorting = { column: -1, down: false };
  let rows = PAGE;
  let shown = null;

  const percent = (trust) => `${Math.round(trust * 100)} %`;
  const quote = (spans) => (spans.length ? words.shorten(evidence.sentence(spans)?.text || '', 300) : '');

  /** Where something stands: the article as a link to its passage, and its date. */
  function place(article, span) {
    if (!article) return '';
    return el(
      'div',
      { className: 'whereabouts' },
      button(words.shorten(article.title, 60), () => evidence.openAt(article, span), { className: 'link' }),
      article.date ? [el('br'), el('span', { className: 'quiet' }, words.day(article.date))] : null,
    );
  }

  /** Those who make a statement, as links, or in the words of the article. */
  function sayers({ speakers, speakerText }) {
    if (!speakers.length) return speakerText || 'Unnamed';
    return el('span', {}, evidence.inline(words.listed(speakers)));
  }

  const TABLES = {
    facts: {
      name: 'Facts',
      columns: ['Subject', 'Relation', 'Object', 'Sentence', 'Where', 'Sure'],
      rows: (shownNow) =>
        subset.contentsOf(shownNow).facts.map((fact) => ({
          cells: [
            fact.subject || 'The article',
            words.relation(fact),
            words.object(fact),
            () => quote(fact.spans),
            () => place(fact.article, fact.spans[0]),
            percent(fact.trust),
          ],
        })),
    },
    statements: {
      name: 'Statements',
      columns: ['Speaker', 'Word', 'What was said', 'About', 'Where', 'Sure'],
      rows: (shownNow) =>
        subset.contentsOf(shownNow).statements.map((each) => ({
          cells: [
            () => sayers(each),
            each.cue || each.quote,
            () => words.shorten(each.text, 400),
            each.about.map((thing) => thing.label).join('; '),
            () => place(each.article, each.spans[0]),
            percent(each.trust),
          ],
        })),
    },
    things: {
      name: 'People and things',
      columns: ['Name', 'Kind', 'What it is', 'Other names', 'Ties', 'Statements'],
      rows: (shownNow) =>
        shownNow.things.map((thing) => ({
          cells: [
            thing,
            words.kinds(thing.kind, 1),
            words.caption(thing),
            thing.aliases.join('; '),
            thing.edges.length,
            thing.said.length,
          ],
        })),
    },
  };

  function plain(value) {
    const content = typeof value === 'function' ? value() : value;
    if (content instanceof Element) return content.textContent;
    return content && content.label !== undefined ? content.label : content;
  }

  function sorted(found) {
    if (sorting.column < 0) return found;
    const key = (row) => plain(row.cells[sorting.column]);
    const compare = (p, q) => (typeof p === 'number' ? p - q : String(p).localeCompare(String(q)));
    return found.slice().sort((p, q) => compare(key(p), key(q)) * (sorting.down ? -1 : 1));
  }

  /** A cell; `column` names it where the rows stand as cards, in a narrow window. */
  function cell(value, column) {
    const content = typeof value === 'function' ? value() : value;
    const properties = { role: 'cell', 'data-column': column };
    if (content instanceof Element) return el('td', properties, content);
    if (content && content.label !== undefined) return el('td', properties, evidence.name(content));
    return el('td', { ...properties, dir: 'auto' }, String(content ?? ''));
  }

  function head(table) {
    return el(
      'tr',
      { role: 'row' },
      table.columns.map((name, n) =>
        el(
          'th',
          {
            scope: 'col',
            role: 'columnheader',
            'aria-sort': sorting.column === n ? (sorting.down ? 'descending' : 'ascending') : 'none',
          },
          button(name, () => {
            sorting = { column: n, down: sorting.column === n && !sorting.down };
            draw(shown);
          }),
        ),
      ),
    );
  }

  function draw(shownNow) {
    shown = shownNow;
    const table = TABLES[which];
    const found = sorted(table.rows(shownNow));
    fill(
      box,
      el(
        'div',
        { className: 'tables', role: 'tablist' },
        Object.entries(TABLES).map(([name, each]) =>
          button(
            each.name,
            () => {
              which = name;
              sorting = { column: -1, down: false };
              rows = PAGE;
              draw(shown);
            },
            { role: 'tab', 'aria-selected': String(which === name) },
          ),
        ),
      ),
      el(
        'table',
        { className: which, role: 'table' },
        el('caption', {}, `${table.name}: ${words.number(found.length)}`),
        el('thead', { role: 'rowgroup' }, head(table)),
        el(
          'tbody',
          { role: 'rowgroup' },
          found.slice(0, rows).map((row) =>
            el(
              'tr',
              { role: 'row' },
              row.cells.map((value, n) => cell(value, table.columns[n])),
            ),
          ),
        ),
      ),
      found.length > rows
        ? button(
            `Show ${words.number(Math.min(PAGE, found.length - rows))} more of ${words.number(found.length)}`,
            () => {
              rows += PAGE;
              draw(shown);
            },
            { className: 'more' },
          )
        : null,
    );
  }

  return { draw, tables: TABLES, plain };
};
