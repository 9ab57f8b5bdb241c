/* What is being looked at. The whole state stands in the URL fragment, so that an address leads back to the same sight. */
'use strict';

newskg.makeState = (model) => {
  const RELATIONS = ['role', 'participation', 'place', 'partOf', 'statement', 'other'];
  const START = {
    view: 'map',
    scope: model.data.opens,
    node: null,
    edge: null,
    steps: 1,
    presence: '',
    tab: 'read',
    article: null,
    at: null,
    speaker: null,
    kinds: model.data.kinds,
    relations: RELATIONS,
    role: '',
    organisation: '',
    inArticle: '',
    trust: 0,
    from: '',
    to: '',
  };

  const listeners = [];
  let current = { ...START };
  let trail = [];

  function toFragment(state) {
    const parts = [];
    const put = (name, value) => parts.push(`${name}=${encodeURIComponent(value).replace(/%2F/g, '/')}`);
    if (state.node) put('node', state.node.id);
    if (state.edge) put('tie', `${state.edge.a.id}~${state.edge.b.id}`);
    for (const name of [
      'view',
      'scope',
      'steps',
      'presence',
      'tab',
      'role',
      'organisation',
      'inArticle',
      'trust',
      'from',
      'to',
    ]) {
      if (state[name] !== START[name]) put(name, state[name]);
    }
    if (state.article) put('article', state.article.id);
    if (state.at) put('at', state.at.join('-'));
    if (state.speaker) put('speaker', state.speaker.id);
    if (state.kinds.length !== START.kinds.length) put('kinds', state.kinds.join('.'));
    if (state.relations.length !== RELATIONS.length) put('relations', state.relations.join('.'));
    return parts.join('&');
  }

  function fromFragment(fragment) {
    const values = Object.fromEntries(new URLSearchParams(fragment.replace(/\+/g, '%2B')));
    const state = { ...START };
    for (const name of ['view', 'scope', 'tab', 'role', 'organisation', 'inArticle', 'from', 'to']) {
      if (values[name]) state[name] = values[name];
    }
    if (!['map', 'time', 'table'].includes(state.view)) state.view = 'map';
    if (!['read', 'statements', 'articles'].includes(state.tab)) state.tab = 'read';
    state.steps = values.steps === '2' ? 2 : 1;
    state.presence = ['spoke', 'silent'].includes(values.presence) ? values.presence : '';
    state.trust = Math.min(1, Math.max(0, Number(values.trust) || 0));
    state.node = model.byThingId.get(values.node) || null;
    state.speaker = model.byThingId.get(values.speaker) || null;
    if (values.tie) {
      const [a, b] = values.tie.split('~').map((id) => model.byThingId.get(id));
      state.edge = (a && a.edges.find((edge) => edge.a === b || edge.b === b)) || null;
    }
    state.article = model.articleById.get(values.article) || null;
    if (/^\d+-\d+$/.test(values.at || '')) state.at = values.at.split('-').map(Number);
    if (values.kinds) state.kinds = START.kinds.filter((kind) => values.kinds.split('.').includes(kind));
    if (values.relations)
      state.relations = RELATIONS.filter((relation) => values.relations.split('.').includes(relation));
    return state;
  }

  function tell(before) {
    for (const listener of listeners) listener(current, before);
  }

  /** Changes the state; `quietly` replaces the entry in the history instead of adding one. */
  function go(change, quietly = false) {
    const before = current;
    current = { ...current, ...change };
    if ('node' in change && current.node !== before.node) {
      current.presence = change.presence || '';
      remember(before, current);
    }
    const fragment = toFragment(current);
    if (fragment !== location.hash.slice(1)) {
      try {
        history[quietly ? 'replaceState' : 'pushState'](null, '', `#${fragment}`);
      } catch {
        /* a frame without an address of its own has no history */
      }
    }
    tell(before);
  }

  /** The trail holds the things that were looked at, one after the other; going back to one cuts it there. */
  function remember(before, after) {
    if (!after.node) trail = [];
    else {
      const known = trail.indexOf(after.node);
      trail = known >= 0 ? trail.slice(0, known + 1) : [...trail, after.node].slice(-6);
    }
  }

  function read() {
    const before = current;
    current = fromFragment(location.hash.slice(1));
    remember(before, current);
    tell(before);
  }

  function begin() {
    current = fromFragment(location.hash.slice(1));
    remember(START, current);
    tell(null);
  }

  window.addEventListener('popstate', read);
  window.addEventListener('hashchange', () => {
    if (toFragment(current) !== location.hash.slice(1)) read();
  });

  /** Whether a filter narrows what is shown. */
  const narrowed = (state = current) =>
    Boolean(state.role || state.organisation || state.inArticle || state.trust || state.from || state.to);

  return {
    RELATIONS,
    START,
    get now() {
      return current;
    },
    get trail() {
      return trail;
    },
    go,
    begin,
    narrowed,
    address: () => `${location.href.split('#')[0]}#${toFragment(current)}`,
    listen: (listener) => listeners.push(listener),
  };
};
