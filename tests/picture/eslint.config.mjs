// The scripts of the page, linted: npx eslint@9 -c tests/picture/eslint.config.mjs "kg/picture/page/*.js"
// and formatted: npx prettier@3 --print-width 120 --single-quote --write "kg/picture/page/*.js"
const browser = [
  'atob', 'Blob', 'DecompressionStream', 'document', 'Element', 'getComputedStyle', 'history', 'location', 'MouseEvent',
  'performance', 'Response', 'URL', 'URLSearchParams', 'window', 'XMLSerializer',
];

export default [
  {
    languageOptions: {
      sourceType: 'script',
      ecmaVersion: 2022,
      globals: Object.fromEntries([...browser, 'vis', 'newskg'].map((name) => [name, 'readonly'])),
    },
    rules: {
      'no-undef': 'error', 'no-unused-vars': 'error', 'no-var': 'error', 'prefer-const': 'error', eqeqeq: 'error',
      'no-implicit-globals': 'error', 'no-eval': 'error', 'no-implied-eval': 'error', 'no-new-func': 'error',
      'no-shadow': 'error', 'max-lines-per-function': ['error', { max: 400 }], complexity: ['error', 24],
      'no-restricted-properties': ['error', { property: 'innerHTML' }, { property: 'outerHTML' }, { property: 'insertAdjacentHTML' }, { property: 'write' }],
    },
  },
];
