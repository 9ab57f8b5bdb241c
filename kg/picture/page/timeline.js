/* Events and statements along time, with two handles that narrow what is shown. */
'use strict';

newskg.makeTimeline = (model, state) => {
  const { el, byId, fill, button, svg } = newskg.elements;
  const { words, calendar } = newskg;
  const { dayNumber, iso } = calendar;
  const box = byId('timeline');
  const BINS = 72;

  const events = model.things
    .filter((thing) => thing.kind === 'event' && thing.dates && thing.dates[0])
    .map((thing) => dayNumber(thing.dates[0]));
  const said = model.statements.filter((statement) => statement.day).map((statement) => dayNumber(statement.day));
  const days = [...events, ...said].filter(Number.isFinite).sort((a, b) => a - b);
  const line = days.length ? calendar.line(days) : { first: 0, last: 0, length: 0, folds: [] };
  const { first, last } = line;

  function bins(values) {
    const counts = Array.from({ length: BINS }, () => 0);
    for (const day of values)
      if (Number.isFinite(day))
        counts[Math.min(BINS - 1, Math.floor((line.position(day) / (line.length + 1)) * BINS))] += 1;
    return counts;
  }

  /** Where a stretch without anything is drawn short: a break in the line, and the year before and after it. */
  function breaks() {
    const year = (day) => iso(day).slice(0, 4);
    return line.folds.map(({ at, from, to }) =>
      el(
        'span',
        {
          className: 'break',
          title: `Nothing between ${words.day(iso(from))} and ${words.day(iso(to))}; the line is drawn short here`,
          style: `left:${((100 * at) / line.length).toFixed(2)}%`,
        },
        year(from) === year(to) ? '//' : [el('span', {}, year(from)), ' // ', el('span', {}, year(to))],
      ),
    );
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

  function handle(name, label, day, text) {
    const input = el('input', {
      type: 'range',
      min: 0,
      max: Math.ceil(line.length),
      step: 1,
      value: line.position(day),
      'aria-label': label,
      className: name,
      'aria-valuetext': words.day(iso(day)),
    });
    const dayAt = (position) => line.day(Number(position));
    input.addEventListener('input', () => {
      const [low, high] = ['from', 'to'].map((each) => Number(box.querySelector(`input.${each}`).value));
      if (name === 'from' && low > high) input.value = high;
      if (name === 'to' && high < low) input.value = low;
      input.setAttribute('aria-valuetext', words.day(iso(dayAt(input.value))));
      const [start, end] = ['from', 'to'].map((each) => dayAt(box.querySelector(`input.${each}`).value));
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
        breaks(),
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
