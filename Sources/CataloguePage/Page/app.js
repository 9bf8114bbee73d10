// Addresses, the theme, and the start.

const views = {
  matrix: matrixView, changes: changesView, bundle: bundleView, runenv: runenvView, packages: packagesView,
  package: packageView, 'left-out': leftOutView, size: sizeView, compare: compareView, search: searchView,
};

/** Under which entry of the bar a view is found. */
const home = { bundle: 'matrix', runenv: 'matrix', changes: 'matrix', package: 'packages' };

function notFound(words, to, hint) {
  return { title: 'Not found', content: [heading('Not found'), empty(words, link(to, hint))] };
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const places = new Map();
let [shownHash, isFollowing] = [null, false];

function show() {
  const hash = location.hash;
  const [path, query = ''] = hash.slice(1).split('?');
  const slash = path.indexOf('/');
  const name = (slash < 0 ? path : path.slice(0, slash)) || 'matrix';
  const rest = slash < 0 ? '' : decoded(path.slice(slash + 1));
  if (shownHash !== null) places.set(shownHash, window.scrollY);
  const view = Object.hasOwn(views, name) ? views[name] : null;
  const { title, content } = view ? view(rest, new URLSearchParams(query))
    : notFound(`There is no view '${name}'.`, '#matrix', 'Go to the matrix.');
  const main = document.getElementById('main');
  main.replaceChildren(...content.filter(Boolean));
  document.title = name === 'matrix' ? 'Python environments' : `${title} · Python environments`;
  const entry = `#${home[name] ?? name}`;
  document.querySelectorAll('.bar nav a').forEach((link) => {
    if (link.getAttribute('href') === entry) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  });
  if (shownHash !== null) {
    const isSameView = shownHash.split('?')[0] === hash.split('?')[0];
    if (isSameView) main.querySelector('[aria-current], [aria-pressed=true]')?.focus({ preventScroll: true });
    else main.querySelector('h1')?.focus({ preventScroll: true });
    window.scrollTo(0, isFollowing ? (isSameView ? window.scrollY : 0) : places.get(hash) ?? 0);
  }
  [shownHash, isFollowing] = [hash, false];
}

/** Light, dark, or as the system has it; kept where the browser lets a file keep something. */
function themeButton() {
  const button = document.getElementById('theme');
  const names = { '': 'as the system', light: 'light', dark: 'dark' };
  const kept = () => {
    try {
      return localStorage.getItem('ppp-theme') ?? '';
    } catch {
      return '';
    }
  };
  let theme = kept();
  const apply = () => {
    if (theme) document.documentElement.setAttribute('data-theme', theme);
    else document.documentElement.removeAttribute('data-theme');
    button.setAttribute('aria-label', `Colours: ${names[theme]}`);
    button.title = `Colours: ${names[theme]}`;
  };
  if (!Object.hasOwn(names, theme)) theme = '';
  button.append(icon('theme'));
  apply();
  button.addEventListener('click', () => {
    const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
    const order = isDark ? ['', 'light', 'dark'] : ['', 'dark', 'light'];
    theme = order[(order.indexOf(theme) + 1) % order.length];
    apply();
    say(button.title);
    try {
      localStorage.setItem('ppp-theme', theme);
    } catch {
      // It holds until the page is closed.
    }
  });
}

document.addEventListener('click', (event) => {
  if (event.target.closest('a[href^="#"]')) isFollowing = true;
});
document.querySelector('.skip').addEventListener('click', (event) => {
  event.preventDefault();
  document.getElementById('main').focus();
});
history.scrollRestoration = 'manual';
window.addEventListener('hashchange', show);
themeButton();
searchBar();
show();
