/* Days: a line of time on which long empty stretches are drawn short, and bands of days, months, years. */
'use strict';

newskg.calendar = (() => {
  const { words } = newskg;
  /** An empty stretch takes at most this part of the line, and no less than so many days. */
  const STRETCH = { share: 0.15, days: 60 };
  /** Stretches are only shortened where that gives the rest so many times the room. */
  const WORTH = 3;

  const dayNumber = (iso) => Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) / 86400000;
  const iso = (day) => new Date(Math.round(day) * 86400000).toISOString().slice(0, 10);

  /** The length to which an empty stretch may go: the share of the line that is left when all longer ones are cut to it. */
  function longest(gaps) {
    let most = Infinity;
    for (let n = 0; n < 50; n += 1) {
      const total = gaps.reduce((sum, gap) => sum + Math.min(gap, most), 0);
      const next = Math.max(STRETCH.days, STRETCH.share * total);
      if (next >= most - 0.5) break;
      most = next;
    }
    return most;
  }

  /**
   * A line of time over days (numbers): its length, the position of a day and the day of a position, and the folds,
   * the stretches without anything that are drawn short: [{at, from, to}] with positions and days.
   */
  function line(days) {
    const known = [...new Set(days)].sort((a, b) => a - b);
    const gaps = known.slice(1).map((day, n) => day - known[n]);
    const most = longest(gaps);
    const short = gaps.reduce((sum, gap) => sum + Math.min(gap, most), 0);
    const folded = short * WORTH <= known[known.length - 1] - known[0];
    const at = [0];
    gaps.forEach((gap, n) => at.push(at[n] + (folded ? Math.min(gap, most) : gap)));
    const between = (value, from, to) => {
      if (!(value > from[0])) return to[0];
      const n = from.findIndex((each) => each >= value);
      if (n < 0) return to[to.length - 1];
      return to[n - 1] + ((value - from[n - 1]) / (from[n] - from[n - 1])) * (to[n] - to[n - 1]);
    };
    return {
      first: known[0],
      last: known[known.length - 1],
      length: at[at.length - 1],
      position: (day) => between(day, known, at),
      day: (position) => Math.round(between(position, at, known)),
      folds: gaps.flatMap((gap, n) =>
        folded && gap > most ? [{ at: (at[n] + at[n + 1]) / 2, from: known[n], to: known[n + 1] }] : [],
      ),
    };
  }

  const years = (count) => (day) => {
    const year = Math.floor(iso(day).slice(0, 4) / count) * count;
    return [String(year), count === 1 ? String(year) : `${year}–${year + count - 1}`];
  };
  const months = (count) => (day) => {
    const [year, month] = iso(day).split('-').map(Number);
    const first = Math.floor((month - 1) / count) * count;
    const [from, to] = [first, first + count - 1].map((n) => words.month(n, count > 1));
    return [`${year} ${first}`, count === 1 ? `${from} ${year}` : `${from} to ${to} ${year}`];
  };

  /** The parts of the calendar, each finer than the one before: a day to the key and the name of its part. */
  const PARTS = [
    years(10),
    years(5),
    years(2),
    years(1),
    months(6),
    months(3),
    months(1),
    (day) => [iso(day), words.day(iso(day))],
  ];

  function parted(band) {
    for (let part = band.part + 1; part < PARTS.length; part += 1) {
      const found = new Map();
      for (const day of band.days) {
        const [key, text] = PARTS[part](day);
        if (!found.has(key)) found.set(key, { text, part, days: [] });
        found.get(key).days.push(day);
      }
      if (found.size > 1 || part === PARTS.length - 1) return [...found.values()];
    }
    return [band];
  }

  /**
   * At most so many bands of the calendar that hold days, in their order: the fullest is split into years, months, days
   * as long as there is room. Each is {from, to (numbers of days), text}.
   */
  function bands(days, most) {
    let found = [{ part: -1, days: days.slice().sort((a, b) => a - b) }];
    for (;;) {
      const fullest = found
        .slice()
        .sort((p, q) => q.days.length - p.days.length)
        .find((band) => band.part < PARTS.length - 1 && found.length - 1 + parted(band).length <= most);
      if (!fullest) break;
      found = found.flatMap((band) => (band === fullest ? parted(band) : [band]));
    }
    return found.map(({ days: held, text }) => {
      const [from, to] = [held[0], held[held.length - 1]];
      return { from, to, text: text || `${words.day(iso(from))} to ${words.day(iso(to))}` };
    });
  }

  return { dayNumber, iso, line, bands };
})();
