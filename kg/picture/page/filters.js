/* The legend, which is also the filter of kinds, and the other filters. */
'use strict';

newskg.makeFilters = (model, state, subset) => {
  const { el, byId, fill, button, glyph, svg } = newskg.elements;
  const { words } = newskg;
  const box = byId('filters');
  const RELATION_WORDS = {
    role: 'Posts',
    participation: 'Taking part',
    place: 'Places of events',
    partOf: 'Parts of events',
    statement: 'Statements',
    other: 'Other facts',
  };
  const kindCount = Object.fromEntries(
    model.data.kinds.map((kind) => [kind, model.things.filter((thing) => thing.kind === kind).length]),
  );
  /** Each post and each other fact once, in however many sentences it stands. */
  const distinct = new Map(state.RELATIONS.map((relation) => [relation, new Set()]));
  for (const { role, predicate, subject, target } of model.facts) {
    if (role && predicate === 'holdsRole') distinct.get('role').add(role);
    else if (!role && target) {
      const relation = subset.relationOf({ role, predicate });
      distinct.get(relation).add([subject ? subject.i : '', predicate, target.i].join(' '));
    }
  }
  const relationCount = Object.fromEntries([...distinct].map(([relation, found]) => [relation, found.size]));
  relationCount.statement = model.counts.statements;

  const toggled = (values, value, all) =>
    all.filter((each) => (each === value ? !values.includes(value) : values.includes(each)));

  function kindBox(kind) {
    return el(
      'label',
      { className: 'legend' },
      el('input', {
        type: 'checkbox',
        checked: state.now.kinds.includes(kind),
        onchange: () => state.go({ kinds: toggled(state.now.kinds, kind, model.data.kinds) }),
      }),
      glyph(model.data.shapes[kind], `var(--${kind})`),
      el(
        'span',
        {},
        words.kinds(kind).replace(/^./, (c) => c.toUpperCase()),
      ),
      el('span', { className: 'number' }, words.number(kindCount[kind])),
    );
  }

  /** The kinds with their shapes, for narrow windows, where the legend stands far below the picture. */
  fill(
    byId('key'),
    model.data.kinds
      .filter((kind) => kindCount[kind])
      .map((kind) => el('li', {}, glyph(model.data.shapes[kind], `var(--${kind})`), words.kinds(kind))),
  );

  function stroke(kind) {
    const line = svg('svg', { viewBox: '0 0 26 10', class: 'stroke', 'aria-hidden': 'true' });
    line.append(svg('line', { x1: 1, y1: 5, x2: 25, y2: 5, class: kind }));
    return line;
  }

  function relationBox(relation) {
    return el(
      'label',
      { className: 'legend' },
      el('input', {
        type: 'checkbox',
        checked: state.now.relations.includes(relation),
        onchange: () => state.go({ relations: toggled(state.now.relations, relation, state.RELATIONS) }),
      }),
      el('span', {}, RELATION_WORDS[relation]),
      el('span', { className: 'number' }, words.number(relationCount[relation] || 0)),
    );
  }

  function tally(values) {
    const counts = new Map();
    for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
    return [...counts].sort((p, q) => q[1] - p[1] || p[0].localeCompare(q[0])).slice(0, 300);
  }

  const titles = tally(model.roles.map((role) => role.title.toLowerCase()));
  const organisations = tally(model.roles.filter((role) => role.organisation).map((role) => role.organisation.label));

  function chooser(name, label, options) {
    const select = el(
      'select',
      { id: `filter-${name}`, onchange: (event) => state.go({ [name]: event.target.value, node: null, edge: null }) },
      el('option', { value: '' }, 'Any'),
      options.map(([value, text, count]) =>
        el('option', { value }, `${words.shorten(text, 60)}${count ? ` (${words.number(count)})` : ''}`),
      ),
    );
    select.value = state.now[name];
    return el(
      'div',
      { className: 'field' },
      el('label', { for: `filter-${name}`, htmlFor: `filter-${name}` }, label),
      select,
    );
  }

  function trustField() {
    const value = el('output', {}, state.now.trust ? `at least ${Math.round(state.now.trust * 100)} %` : 'any');
    return el(
      'div',
      { className: 'field' },
      el('label', { htmlFor: 'filter-trust' }, 'Confidence ', value),
      el('input', {
        id: 'filter-trust',
        type: 'range',
        min: 0,
        max: 1,
        step: 0.05,
        value: state.now.trust,
        oninput: (event) => {
          value.textContent = Number(event.target.value) ? `at least ${Math.round(event.target.value * 100)} %` : 'any';
        },
        onchange: (event) => state.go({ trust: Number(event.target.value) }),
      }),
    );
  }

  const changed = () =>
    state.narrowed() ||
    state.now.kinds.length !== model.data.kinds.length ||
    state.now.relations.length !== state.RELATIONS.length;

  function draw() {
    const wasOpen = box.querySelector('details')?.open ?? window.innerWidth > 760;
    fill(
      box,
      el(
        'details',
        { open: wasOpen },
        el('summary', {}, 'Legend and filters'),
        el('fieldset', {}, el('legend', {}, 'Shapes'), model.data.kinds.map(kindBox)),
        el(
          'fieldset',
          {},
          el('legend', {}, 'Lines'),
          el(
            'p',
            { className: 'strokes' },
            el('span', {}, stroke('plain'), ' facts'),
            el('span', {}, stroke('said'), ' statements'),
          ),
          state.RELATIONS.filter((relation) => relationCount[relation]).map(relationBox),
        ),
        el(
          'fieldset',
          {},
          el('legend', {}, 'Only'),
          titles.length
            ? chooser(
                'role',
                'Post',
                titles.map(([title, count]) => [title, title, count]),
              )
            : null,
          organisations.length
            ? chooser(
                'organisation',
                'Organisation',
                organisations.map(([name, count]) => [name, name, count]),
              )
            : null,
          model.articles.length > 1
            ? chooser(
                'inArticle',
                'Article',
                model.articles
                  .slice(0, 2000)
                  .map((article) => [article.id, `${article.date ? `${article.date} ` : ''}${article.title}`]),
              )
            : null,
          trustField(),
        ),
        changed()
          ? button(
              'Clear all filters',
              () =>
                state.go({
                  kinds: state.START.kinds,
                  relations: state.RELATIONS,
                  role: '',
                  organisation: '',
                  inArticle: '',
                  trust: 0,
                  from: '',
                  to: '',
                }),
              { className: 'clear' },
            )
          : null,
        el(
          'p',
          { className: 'quiet hint' },
          'Size shows in how many facts and statements a thing takes part. A town or country that acts is a place.',
        ),
      ),
    );
  }

  return { draw };
};
