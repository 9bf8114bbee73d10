// The first view: what failed, what is left out, what changed, and every runenv on every platform.

function matrixView(_, query) {
  if (current.length === 0) {
    return { title: 'Matrix', content: [heading('Matrix'), empty('Nothing has been built yet.',
      'Run ', h('code', null, 'ppp build'), ' in the workspace; this page is written with the catalogue.')] };
  }
  const counts = { all: current.length, passed: 0, failed: 0, unchecked: 0, omitting: 0 };
  for (const bundle of current) {
    counts[bundle.state] += 1;
    if (bundle.omissions.length > 0) counts.omitting += 1;
  }
  const packed = current.reduce((sum, bundle) => sum + bundle.size, 0);
  const stored = layerUses().reduce((sum, uses, number) => sum + (uses > 0 ? facts.layers.size[number] : 0), 0);
  return { title: 'Matrix', content: [
    heading('Matrix', h('p', { class: 'lead' },
      `${many(current.length, 'bundle')} of ${many(runenvs.size, 'runenv')} on ${many(usedPlatforms.length, 'platform')}, `,
      h('a', { href: address('size') }, bytes(packed)), `; ${bytes(stored)} of different layers`)),
    h('div', { class: 'cards' }, failedCard(counts), omittedCard(counts), changedCard()),
    matrixTable(counts, query),
  ] };
}

function card(state, number, noun, ...lines) {
  return h('section', { class: `card ${state}` },
    h('h2', null, h('span', { class: 'figure' }, number.toLocaleString('en')), noun),
    h('ul', null, lines.map((line) => h('li', null, line))));
}

function failedCard(counts) {
  const failed = current.filter((bundle) => bundle.state === 'failed');
  if (failed.length === 0) {
    return card('passed', 0, ' failed', counts.unchecked === 0 ? 'Every bundle passed its checks.'
      : [link(address('matrix', '', { state: 'unchecked' }), many(counts.unchecked, 'bundle')),
        counts.unchecked === 1 ? ' was not checked.' : ' were not checked.']);
  }
  const lines = failed.slice(0, 4).map((bundle) => {
    const [first] = troubles(bundle);
    return [bundleLink(bundle), h('span', { class: 'why' }, first ? `${first.name}: ${first.message}` : '')];
  });
  if (failed.length > 4) lines.push(link(address('matrix', '', { state: 'failed' }), `All ${failed.length}`));
  return card('failed', failed.length, ' failed', ...lines);
}

function omittedCard(counts) {
  const found = omissions();
  const names = new Set(found.map((omission) => omission.package)).size;
  if (names === 0) return card('passed', 0, ' left out', 'Every package that was asked for is in its bundles.');
  const lines = found.slice(0, 3).map((omission) => [
    packageLink(omission.package), ` ${whereWords(omission.bundles)}`,
    h('span', { class: 'why' }, omission.reason)]);
  lines.push(link(address('left-out'), `${names === 1 ? 'In' : `All ${names} packages, in`} ${many(counts.omitting, 'bundle')}`));
  return card('omitting', names, names === 1 ? ' package left out' : ' packages left out', ...lines);
}

function changedCard() {
  const changes = recentChanges();
  const rebuilt = current.filter((bundle) => bundle.history.length > 1);
  if (rebuilt.length === 0) return card('', 0, ' changed', 'No bundle has an earlier version on record.');
  const lines = changes.slice(0, 4).map((change) => [
    packageLink(change.name), ' ', versionStep(change.old, change.next),
    h('span', { class: 'why' }, change.bundles.length === 1
      ? compareLink(change.bundles[0], change.bundles[0].ref)
      : [`in ${many(change.bundles.length, 'bundle')}, as in `, compareLink(change.bundles[0], change.bundles[0].ref)])]);
  if (changes.length === 0) lines.push('Rebuilt with the same versions.');
  if (changes.length > 4) lines.push(link(address('changes'), `All ${changes.length} changes`));
  return card('changed', rebuilt.length, rebuilt.length === 1 ? ' bundle changed' : ' bundles changed', ...lines);
}

function compareLink(bundle, ...words) {
  return link(address('compare', `${bundle.history[1].ref}...${bundle.cell}`), ...words);
}

function versionStep(old, next) {
  if (old === undefined || next === undefined) {
    return h('span', null, h('span', { class: 'step' }, old ?? next), next === undefined ? ' removed' : ' added');
  }
  return h('span', { class: 'step' }, old, h('span', { role: 'img', 'aria-label': 'became' }, ' → '), next);
}

/** `on windows-x64` where that says it all, else in how many bundles. */
function whereWords(bundles) {
  const platforms = new Set(bundles.map(platformName));
  return platforms.size === 1 ? `on ${[...platforms][0]}` : `in ${many(bundles.length, 'bundle')}`;
}

function changesView() {
  const table = sortedTable('Changed packages', [
    { title: 'Package', cell: (change) => packageLink(change.name), key: (change) => change.name },
    { title: 'Change', cell: (change) => versionStep(change.old, change.next) },
    { title: 'Bundles', numeric: true, cell: (change) => change.bundles.length, key: (change) => change.bundles.length },
    { title: 'As in', cell: (change) => compareLink(change.bundles[0], change.bundles[0].ref) },
  ], recentChanges());
  return { title: 'Changes', content: [heading('Changes', h('p', { class: 'lead' },
    'What the current bundles changed of the versions before them.')), table] };
}

function matrixTable(counts, query) {
  let [state, text] = [query.get('state') ?? 'all', query.get('q') ?? ''];
  const body = h('tbody', { role: 'rowgroup' });
  const rows = rowsOnDemand(body, usedPlatforms.length + 1, matrixRow);
  const none = h('div');
  const table = h('table', { class: 'matrix', role: 'grid', 'aria-label': 'Runenvs by platform' },
    h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, h('th', { role: 'columnheader', scope: 'col' }, 'Runenv'),
      usedPlatforms.map((platform) => h('th', { role: 'columnheader', scope: 'col' }, platformWords(platform.name))))), body);
  table.style.setProperty('--platforms', usedPlatforms.length);
  const byName = [...runenvs].sort(([one], [other]) => one.localeCompare(other, 'en', { numeric: true }));
  const fits = (bundle) => state === 'all' || (state === 'omitting' ? bundle.omissions.length > 0 : bundle.state === state);
  function fill() {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = byName.filter(([id, bundles]) => words.every((word) => id.toLowerCase().includes(word))
      && [...bundles.values()].some(fits));
    rows.fill(shown.map(([id, bundles]) => ({ id, bundles, fits })));
    const first = body.querySelector('a');
    if (first) first.tabIndex = 0;
    none.replaceChildren(...(shown.length ? [] : [empty('No runenv fits.', link('#matrix', 'Show them all'))]));
    table.hidden = shown.length === 0;
  }
  fill();
  roving(table, 'a', (key, at, all) => gridStep(key, all[at], rows));
  const chip = (id, words) => ({ id, words, count: counts[id], to: address('matrix', '', { state: id === 'all' ? '' : id, q: text }) });
  const chips = [chip('all', 'All'), chip('failed', 'Failed'), chip('unchecked', 'Not checked'), chip('passed', 'Passed'),
    chip('omitting', 'Leave something out')].filter((one) => one.id === 'all' || one.id === state || one.count > 0);
  return h('section', { class: 'wide' },
    h('div', { class: 'tools' }, choices('Which bundles', chips, state),
      runenvs.size > 8 ? filterField('Filter runenvs', text, (value) => { text = value; fill(); }) : null),
    table, none, legend());
}

function platformWords(name) {
  const [system, architecture] = [name.slice(0, name.lastIndexOf('-')), name.slice(name.lastIndexOf('-') + 1)];
  return [h('span', { class: 'system' }, system), h('span', { class: 'hidden' }, '-'),
    h('span', { class: 'architecture' }, architecture)];
}

function matrixRow({ id, bundles, fits }) {
  return h('tr', { role: 'row' },
    h('th', { role: 'rowheader', scope: 'row' }, h('a', { href: address('runenv', id), tabindex: '-1' }, runenvName(id))),
    usedPlatforms.map((platform) => matrixCell(bundles.get(platform.number), platform, fits)));
}

function matrixCell(bundle, platform, fits) {
  if (!bundle) {
    return h('td', { role: 'gridcell', class: 'missing' }, icon('missing', `${platform.name}: ${stateWords.missing}`));
  }
  const old = shortAge(bundle.since);
  const left = bundle.omissions.length;
  return h('td', { role: 'gridcell' }, h('a', {
    href: address('bundle', bundle.ref), tabindex: '-1', class: `cell ${bundle.state} ${fits(bundle) ? '' : 'faint'}`,
    'aria-label': [platform.name, stateWords[bundle.state], bytes(bundle.size), old && ago(bundle.since),
      left > 0 && `${many(left, 'package')} left out`].filter(Boolean).join(', '),
  }, icon(bundle.state), h('span', { class: 'size' }, bytes(bundle.size)),
  h('span', { class: 'more' }, old, left > 0 ? h('span', { class: 'out' }, `−${left}`) : null)));
}

function legend() {
  const sign = (state) => h('span', null, icon(state), stateWords[state]);
  return h('p', { class: 'legend' }, sign('passed'), sign('failed'), sign('unchecked'), sign('missing'),
    h('span', null, h('span', { class: 'out' }, '−2'), 'packages left out'),
    h('span', { class: 'keys' }, h('kbd', null, '↑'), h('kbd', null, '↓'), h('kbd', null, '←'), h('kbd', null, '→'), 'move'));
}

/** Where an arrow key leads in the matrix; cells without a bundle are passed over. */
function gridStep(key, link, rows) {
  const all = () => [...link.closest('table').querySelectorAll('tbody a')];
  const cell = link.closest('td, th');
  const row = cell.parentElement;
  const inRow = [...row.querySelectorAll('a')];
  const at = all().indexOf(link);
  const indexOf = (target) => (target ? all().indexOf(target) : null);
  const vertical = (next) => {
    for (let other = next(row); other; other = next(other)) {
      const found = other.children[cell.cellIndex]?.querySelector('a');
      if (found) return indexOf(found);
    }
    return null;
  };
  switch (key) {
    case 'ArrowRight': return indexOf(inRow[inRow.indexOf(link) + 1]);
    case 'ArrowLeft': return indexOf(inRow[inRow.indexOf(link) - 1]);
    case 'ArrowDown':
      if (!row.nextElementSibling?.querySelector('a')) rows.more();
      return vertical((one) => one.nextElementSibling);
    case 'ArrowUp': return vertical((one) => one.previousElementSibling);
    case 'Home': return indexOf(inRow[0]);
    case 'End': return indexOf(inRow[inRow.length - 1]);
    case 'PageDown': rows.more(); return Math.min(at + inRow.length * 10, all().length - 1);
    case 'PageUp': return Math.max(at - inRow.length * 10, 0);
    default: return null;
  }
}
