// Pieces that several views are made of.

/** An address inside the page. */
function address(view, name = '', query = {}) {
  const path = name === '' ? view : `${view}/${encodeURIComponent(name).replaceAll('%40', '@').replaceAll('%3A', ':')}`;
  const rest = new URLSearchParams(Object.entries(query).filter(([, value]) => value)).toString();
  return `#${path}${rest === '' ? '' : `?${rest}`}`;
}

function link(to, ...children) {
  return h('a', { href: to }, ...children);
}

function bundleLink(bundle, ...children) {
  return link(address('bundle', bundle.ref), ...(children.length ? children : [bundle.ref]));
}

function packageLink(name) {
  return link(address('package', name), name);
}

function runenvLink(id) {
  return link(address('runenv', id), runenvName(id));
}

/** A bundle's state, as a sign and a word. */
function stateBadge(state, words = stateWords[state]) {
  return h('span', { class: `badge ${state}` }, icon(state), words);
}

function heading(title, ...below) {
  return h('div', { class: 'heading' }, h('h1', { tabindex: '-1' }, title), ...below);
}

function section(title, note, ...children) {
  return h('section', null,
    h('div', { class: 'title' }, h('h2', null, title), note ? h('span', { class: 'note' }, note) : null), ...children);
}

function empty(title, ...hint) {
  return h('div', { class: 'empty' }, h('p', null, title), hint.length ? h('p', { class: 'note' }, ...hint) : null);
}

/** Terms and what they are. */
function factList(pairs) {
  return h('dl', { class: 'facts' }, pairs.filter(([, value]) => value !== null && value !== '')
    .map(([term, value, isBroad]) => h('div', { class: isBroad ? 'broad' : null }, h('dt', null, term), h('dd', null, value))));
}

/** Several choices of which one holds: links, or buttons where `pick` is given. */
function choices(label, options, chosen, pick) {
  const group = h('div', { class: 'choices', role: pick ? 'group' : 'navigation', 'aria-label': label });
  for (const option of options) {
    const isChosen = option.id === chosen;
    const words = [option.words, option.count === undefined ? null : h('span', { class: 'count' }, option.count)];
    group.append(pick
      ? h('button', {
        type: 'button', 'aria-pressed': String(isChosen),
        click: (event) => {
          group.querySelectorAll('button').forEach((button) => {
            button.setAttribute('aria-pressed', String(button === event.currentTarget));
          });
          pick(option.id);
        },
      }, words)
      : h('a', { href: option.to, 'aria-current': isChosen ? 'true' : null }, words));
  }
  return group;
}

/** A field that narrows a list down as one types. */
function filterField(label, value, change) {
  return h('input', {
    type: 'search', class: 'filter', placeholder: label, 'aria-label': label, value,
    autocomplete: 'off', spellcheck: 'false', input: (event) => change(event.target.value),
  });
}

/** Links to some bundles, by runenv where they are many. */
function bundleLinks(bundles, limit = 6) {
  const shown = bundles.slice(0, limit);
  return h('span', { class: 'bundles' },
    shown.map((bundle) => bundleLink(bundle)),
    bundles.length > limit ? h('details', null,
      h('summary', null, `${(bundles.length - limit).toLocaleString('en')} more`),
      onOpen((box) => box.append(...bundles.slice(limit, limit + 500).map((bundle) => bundleLink(bundle)),
        bundles.length > limit + 500 ? `and ${(bundles.length - limit - 500).toLocaleString('en')} others` : ''))) : null);
}

/** A box that is filled when the details around it are first opened. */
function onOpen(fill) {
  const box = h('div', null);
  queueMicrotask(() => box.closest('details')?.addEventListener('toggle', () => fill(box), { once: true }));
  return box;
}
