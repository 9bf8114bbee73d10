// Search over everything, in the bar and as a view of its own.

/**
 * Everything that fits the text, in groups: first those with something of exactly that name; in a group, names that
 * begin with it come first.
 */
function search(text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const fits = (name) => { const low = name.toLowerCase(); return words.every((word) => low.includes(word)); };
  const early = (name) => (name.toLowerCase().startsWith(words[0]) ? 0 : 1);
  const byName = (one, other) => early(one.name) - early(other.name) || one.name.length - other.name.length
    || (one.name < other.name ? -1 : 1);
  const groups = [
    { title: 'Runenvs', items: [...runenvs].filter(([id]) => fits(id)).map(([id, bundles]) => ({
      name: id, note: many(bundles.size, 'platform'), to: address('runenv', id) })).sort(byName) },
    { title: 'Packages', items: [...packageIndex()].filter(([name]) => fits(name)).map(([name, versions]) => ({
      name, note: versions.length === 1 ? versions[0].version : many(versions.length, 'version'), to: address('package', name) })).sort(byName) },
    { title: 'Bundles', items: words.some((word) => word.includes('@') || word.length > 3) ? current
      .filter((bundle) => fits(`${bundle.cell} ${bundle.python}`) && !words.every((word) => bundle.runenv.includes(word)))
      .map((bundle) => ({ name: bundle.cell, note: bytes(bundle.size), to: address('bundle', bundle.ref) })) : [] },
    { title: 'Left out', items: omissions().filter((one) => fits(`${one.package} ${one.reason} ${one.position ?? ''}`)).map((one) => ({
      name: one.package, note: one.reason, to: address('left-out', '', { q: one.package }) })) },
    { title: 'Checks', items: current.flatMap((bundle) => troubles(bundle).filter((check) => fits(`${check.name} ${check.message}`))
      .map((check) => ({ name: bundle.cell, note: `${check.name}: ${check.message}`, to: address('bundle', bundle.ref) }))) },
    { title: 'Licences', items: licencesNamed(fits) },
    { title: 'Digests', items: digestsNamed(words) },
  ];
  const isNamed = (group) => group.items.some((item) => item.name.toLowerCase() === text.trim().toLowerCase());
  return groups.filter((group) => group.items.length > 0).sort((one, other) => isNamed(other) - isNamed(one));
}

function licencesNamed(fits) {
  const found = new Map();
  for (const [name, versions] of packageIndex()) {
    const licence = versions.find((version) => version.licence)?.licence;
    if (licence && fits(licence)) found.set(licence, [...(found.get(licence) ?? []), name]);
  }
  return [...found].map(([licence, names]) => ({
    name: licence, note: many(names.length, 'package'), to: address('packages', '', { q: licence }) }));
}

/** Bundles and layers whose digest begins with the text, from six digits on. */
function digestsNamed([word, ...rest]) {
  const digits = word.replace(/^sha256:/, '');
  if (rest.length > 0 || !/^[0-9a-f]{6,64}$/.test(digits)) return [];
  const bundles = facts.bundles.filter((bundle) => bundle.digest.startsWith(digits)).map((bundle) => ({
    name: bundle.ref, note: `bundle ${bundle.digest.slice(0, 12)}`, to: address('bundle', bundle.ref) }));
  const layers = facts.layers.digest.flatMap((digest, number) => {
    if (!digest.startsWith(digits.slice(0, 12))) return [];
    const holder = current.find((bundle) => layerList(bundle.layers).includes(number));
    return holder ? [{ name: facts.layers.name[number], note: `layer ${digest}`, to: address('bundle', holder.ref) }] : [];
  });
  return [...bundles, ...layers];
}

function searchView(_, query) {
  const text = query.get('q') ?? '';
  const groups = search(text);
  return { title: `Search: ${text}`, content: [
    heading('Search', h('p', { class: 'lead' }, groups.length
      ? `${many(groups.reduce((sum, group) => sum + group.items.length, 0), 'thing')} with '${text}'` : '')),
    ...(groups.length ? groups.map((group) => section(group.title, group.items.length.toLocaleString('en'),
      sortedTable(group.title, [
        { title: 'Name', cell: (item) => link(item.to, item.name), key: (item) => item.name },
        { title: 'What', className: 'reason', cell: (item) => item.note, key: (item) => item.note },
      ], group.items)))
      : [empty(text ? `Nothing has '${text}' in it.` : 'Type what to look for.',
        'Names of runenvs, platforms, packages and licences, reasons, checks, and digests from six digits on are searched.')]),
  ] };
}

/** The field in the bar: a combobox (WAI-ARIA practices) whose list shows the first few of each group. */
function searchBar() {
  const field = document.getElementById('search');
  const list = document.getElementById('found');
  let [options, active] = [[], -1];
  const close = () => {
    list.hidden = true;
    active = -1;
    field.setAttribute('aria-expanded', 'false');
    field.removeAttribute('aria-activedescendant');
  };
  const activate = (next) => {
    options[active]?.setAttribute('aria-selected', 'false');
    active = next;
    const option = options[active];
    if (!option) return field.removeAttribute('aria-activedescendant');
    option.setAttribute('aria-selected', 'true');
    field.setAttribute('aria-activedescendant', option.id);
    return option.scrollIntoView({ block: 'nearest' });
  };
  const go = (to) => {
    close();
    field.blur();
    location.hash = to;
  };
  const everything = () => address('search', '', { q: field.value.trim() });
  const option = (to, ...content) => h('a', {
    role: 'option', tabindex: '-1', href: to, 'aria-selected': 'false',
    mousedown: (event) => event.preventDefault(), click: (event) => { event.preventDefault(); go(to); },
  }, ...content);
  function show() {
    const groups = search(field.value);
    if (field.value.trim() === '') return close();
    const count = groups.reduce((sum, group) => sum + group.items.length, 0);
    list.replaceChildren(...groups.map((group) => h('div', { role: 'group', 'aria-label': group.title },
      h('p', { class: 'group', 'aria-hidden': 'true' }, group.title, ' ', h('span', null, group.items.length.toLocaleString('en'))),
      group.items.slice(0, group.title === 'Packages' ? 6 : 4).map((item) => option(item.to,
        h('span', { class: 'name' }, item.name), h('span', { class: 'what' }, item.note))))),
    count === 0 ? h('p', { class: 'group' }, `Nothing has '${field.value.trim()}' in it.`)
      : option(everything(), h('span', { class: 'name' }, `Show ${count === 1 ? 'it' : `all ${count.toLocaleString('en')}`}`)));
    options = [...list.querySelectorAll('[role=option]')];
    options.forEach((one, index) => { one.id = `option-${index}`; });
    list.hidden = false;
    field.setAttribute('aria-expanded', 'true');
    activate(-1);
    return say(count === 0 ? 'nothing found' : `${count} found`);
  }
  field.addEventListener('input', show);
  field.addEventListener('focus', () => { if (field.value.trim()) show(); });
  field.addEventListener('blur', close);
  field.addEventListener('keydown', (event) => {
    const last = options.length - 1;
    if (event.key === 'ArrowDown' && !list.hidden) activate(active >= last ? 0 : active + 1);
    else if (event.key === 'ArrowUp' && !list.hidden) activate(active <= 0 ? last : active - 1);
    else if (event.key === 'Enter' && field.value.trim()) go(options[active]?.getAttribute('href') ?? everything());
    else if (event.key === 'Escape') {
      if (list.hidden) {
        field.value = '';
        field.blur();
      }
      close();
    } else return;
    event.preventDefault();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest('input, textarea, select')) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}
