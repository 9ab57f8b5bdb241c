/* How labels are set: their fonts, lines and breadths in pixels. */
'use strict';

newskg.lettering = (() => {
  const { words } = newskg;
  const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif';
  const LINE = 15;
  /** Letters in a line, the form tried first first; in a narrow window both are shorter. */
  const BREADTHS = { wide: [21, 13], narrow: [16, 11] };
  const measures = new Map();
  const measuring = document.createElement('canvas').getContext('2d');

  function widthOf(text, font) {
    const key = font + text;
    let width = measures.get(key);
    if (width === undefined) {
      measuring.font = font;
      width = measuring.measureText(text).width;
      measures.set(key, width);
    }
    return width;
  }

  /** A label in at most three lines of about so many characters. */
  function lines(text, longest, most = 3) {
    if (text.includes('\n')) return text.split('\n').slice(0, most);
    const found = [];
    let line = '';
    for (const word of words.shorten(text.replace(/\s+/g, ' ').trim(), longest * most - 2).split(' ')) {
      const piece = words.shorten(word, longest + 3);
      if (line && line.length + piece.length + 1 > longest) {
        found.push(line);
        line = piece;
      } else line = line ? `${line} ${piece}` : piece;
    }
    if (line) found.push(line);
    return found.length > most
      ? [...found.slice(0, most - 1), words.shorten(found.slice(most - 1).join(' '), longest)]
      : found;
  }

  const isNarrow = () => document.getElementById('canvas').clientWidth < 560;

  /** The forms of a label, the one to try first first (`slim`: the narrow one): {font, text (lines), width, height}. */
  function forms(label, strong, slim = false, few = 2) {
    const narrow = isNarrow();
    const font = `${strong ? 600 : 400} ${(strong ? 13.5 : 12.5) - (narrow ? 1.5 : 0)}px ${FONT}`;
    const breadths = BREADTHS[narrow ? 'narrow' : 'wide'];
    return (slim ? breadths.slice().reverse() : breadths).slice(0, few).map((letters) => {
      const text = lines(label, letters);
      return {
        font,
        text,
        width: Math.max(...text.map((line) => widthOf(line, font))) + 6,
        height: text.length * LINE,
      };
    });
  }

  return { FONT, isNarrow, widthOf, forms };
})();
