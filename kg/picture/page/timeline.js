/* Events and statements along time, with two handles that narrow what is shown. */
'use strict';

newskg.makeTimeline = (model, state) => {
  const { el, byId, fill, button, svg } = newskg.elements;
  const { words } = newskg;
  const { dayNumber } = newskg.places;
  const box = byId('timeline');
  const BINS = 72;
  const iso = (day) => new Date(day * 86400000).toISOString().slice(0, 10);

  const events = model.things
    .filter((thing) => thing.kind === 'event' && thing.dates && thing.dates[0])
    .map((thing) => dayNumber(thing.dates[0]));
  const said = model.statements.filter((statement) => statement.day).map((statement) => dayNumber(statement.day));
  const days = [...events, ...said].filter(Number.isFinite).sort((a, b) => a - b);
  const first = days[0];
  const last = days[days.length - 1];

  function bins(values) {
    const counts = new Array(BINS).fill(0);
    for (const day of values) counts[Math.min(BINS - 1, Math.floor(((day - first) / (last - first + 1)) * BINS))] += 1;
    return counts;
  }

  function bars() {
    const [one, other] = [bins(events), bins(said)];
    const highest = Math.sqrt(Math.max(1, ...one.map((n, i) => n + other[i])));
    const drawing = svg('svg', {
      viewBox: `0 0 ${BINS * 10} 40`,
      preserveAspectRatio: 'none',
      class: 'bars',
      'aria-hidden': 'true',
    });
    one.forEach((count, n) => {
      const total = (Math.sqrt(count + other[n]) / highest) * 38;
      const below = count + other[n] ? (total * count) / (count + other[n]) : 0;
      if (below) drawing.append(svg('rect', { x: n * 10 + 1, y: 40 - below, width: 8, height: below, class: 'event' }));
      if (total > below)
        drawing.append(
          svg('rect', { x: n * 10 + 1, y: 40 - total, width: 8, height: total - below, class: 'statement' }),
        );
    });
    return drawing;
  }

  function caption() {
    const { from, to } = state.now;
    if (!from && !to) return `${words.day(iso(first))} to ${words.day(iso(last))}`;
    return `Only ${words.day(from || iso(first))} to ${words.day(to || iso(last))}`;
  }

  function handle(name, label, value, text) {
    const input = el('input', {
      type: 'range',
      min: first,
      max: last,
      step: 1,
      value,
      'aria-label': label,
      className: name,
      'aria-valuetext': words.day(iso(value)),
    });
    input.addEventListener('input', () => {
      const [low, high] = ['from', 'to'].map((each) => Number(box.querySelector(`input.${each}`).value));
      if (name === 'from' && low > high) input.value = high;
      if (name === 'to' && high < low) input.value = low;
      input.setAttribute('aria-valuetext', words.day(iso(Number(input.value))));
      const [start, end] = ['from', 'to'].map((each) => Number(box.querySelector(`input.${each}`).value));
      state.go({ from: start > first ? iso(start) : '', to: end < last ? iso(end) : '' }, true);
      text.textContent = caption();
    });
    return input;
  }

  function draw() {
    if (!(last > first)) {
      box.hidden = true;
      return;
    }
    if (box.contains(document.activeElement)) return;
    const text = el('output', {}, caption());
    const { from, to } = state.now;
    fill(
      box,
      el(
        'div',
        { className: 'track' },
        bars(),
        handle('from', 'Earliest day', from ? dayNumber(from) : first, text),
        handle('to', 'Latest day', to ? dayNumber(to) : last, text),
      ),
      el(
        'p',
        {},
        text,
        el(
          'span',
          { className: 'quiet' },
          el('i', { className: 'swatch-event' }),
          'events',
          el('i', { className: 'swatch-statement' }),
          'statements',
        ),
        from || to ? button('All time', () => state.go({ from: '', to: '' })) : null,
      ),
    );
  }

  return { draw };
};
