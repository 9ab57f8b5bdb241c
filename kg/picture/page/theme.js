/* The colours of the style sheet, for what is drawn on the canvas; dark and light. */
'use strict';

newskg.makeTheme = () => {
  const root = document.documentElement;
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const theme = {
    /** Reads the colours of the style sheet for the canvas. */
    read() {
      const style = getComputedStyle(root);
      for (const name of ['paper', 'ink', 'quiet', 'rule', 'line', 'said', 'faint', 'faintsaid', 'accent', 'group'])
        theme[name] = style.getPropertyValue(`--${name}`).trim();
      theme.style = style;
      theme.kinds = {};
    },
    kind(colours, kind) {
      theme.kinds[kind] ||= theme.style.getPropertyValue(`--${kind}`).trim() || colours[kind];
      return theme.kinds[kind];
    },
    toggle() {
      root.dataset.theme = theme.isDark() ? 'light' : 'dark';
      theme.read();
    },
    isDark: () => (root.dataset.theme ? root.dataset.theme === 'dark' : dark.matches),
    listen: (listener) => dark.addEventListener('change', listener),
  };
  theme.read();
  return theme;
};
