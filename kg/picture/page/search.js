/* The search box: names, other names and articles, with suggestions. */
'use strict';

newskg.makeSearch = (model, state) => {
  const { el, byId, fill, glyph, sheet } = newskg.elements;
  const { words } = newskg;
  const input = byId('query');
  const box = byId('suggestions');
  const MOST = 9;
  /** Letters that do not come apart into a letter and an accent. */
  const PLAIN = { ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i', '’': "'" };
  const fold = (text) =>
    text
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[øłđðþßæœı’]/g, (letter) => PLAIN[letter]);
  let index = null;
  let found = [];
  let active = -1;

  function build() {
    const names = [];
    for (const thing of model.things) {
      for (const name of [thing.label, ...thing.aliases])
        names.push({ folded: fold(name.slice(0, 300)), name, thing, weight: thing.edges.length });
    }
    for (const article of model.articles)
      names.push({ folded: fold(article.title.slice(0, 300)), name: article.title, article, weight: 0 });
    return names;
  }

  /** 0 for the whole name, 1 for its start, 2 for the start of a word, 3 for inside; -1 for none. */
  function closeness(folded, query) {
    const at = folded.indexOf(query);
    if (at < 0) return -1;
    if (at === 0) return folded.length === query.length ? 0 : 1;
    return folded.includes(` ${query}`) || folded.includes(`-${query}`) ? 2 : 3;
  }

  function search(text) {
    index ||= build();
    const query = fold(text.trim());
    if (!query) return [];
    const best = new Map();
    for (const entry of index) {
      const rank = closeness(entry.folded, query);
      if (rank < 0) continue;
      const key = entry.thing || entry.article;
      const known = best.get(key);
      if (!known || rank < known.rank) best.set(key, { ...entry, rank });
    }
    return [...best.values()]
      .sort((p, q) => p.rank - q.rank || q.weight - p.weight || p.folded.length - q.folded.length)
      .slice(0, MOST);
  }

  function choose(entry) {
    close();
    input.value = '';
    if (entry.thing) {
      state.go({
        node: entry.thing,
        edge: null,
        tab: 'read',
        view: state.now.view === 'table' ? 'map' : state.now.view,
      });
      byId('canvas').focus({ preventScroll: true });
    } else state.go({ tab: 'articles', article: entry.article, at: null });
  }

  function close() {
    box.hidden = true;
    active = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  }

  function option(entry, n) {
    const also = entry.thing && entry.name !== entry.thing.label ? ` (${words.shorten(entry.name, 40)})` : '';
    const caption = entry.thing
      ? words.caption(entry.thing) || words.kinds(entry.thing.kind, 1)
      : ['article', words.published(entry.article)].filter(Boolean).join(', ');
    return el(
      'li',
      {
        id: `suggestion-${n}`,
        role: 'option',
        'aria-selected': String(n === active),
        onmousedown: (event) => {
          event.preventDefault();
          choose(entry);
        },
      },
      entry.thing ? glyph(model.data.shapes[entry.thing.kind], `var(--${entry.thing.kind})`) : sheet(),
      el('bdi', {}, words.shorten(entry.thing ? entry.thing.label : entry.name, 70)),
      also,
      el('span', { className: 'quiet' }, words.shorten(caption, 60)),
    );
  }

  function draw() {
    fill(
      box,
      found.length
        ? found.map(option)
        : el('li', { className: 'quiet', role: 'option', 'aria-disabled': 'true' }, 'Nothing by that name'),
    );
    box.hidden = false;
    input.setAttribute('aria-expanded', 'true');
    if (active >= 0) input.setAttribute('aria-activedescendant', `suggestion-${active}`);
  }

  input.addEventListener('input', () => {
    found = search(input.value);
    active = found.length ? 0 : -1;
    if (input.value.trim()) draw();
    else close();
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (!found.length) return;
      active = (active + (event.key === 'ArrowDown' ? 1 : -1) + found.length) % found.length;
      draw();
      event.preventDefault();
    } else if (event.key === 'Enter' && found[active]) choose(found[active]);
    else if (event.key === 'Escape') {
      close();
      input.value = '';
      byId('canvas').focus({ preventScroll: true });
      event.stopPropagation();
    }
  });
  input.addEventListener('blur', close);

  return {
    focus: () => {
      input.focus();
      input.select();
    },
    search,
  };
};
