// Two bundles side by side: two environments, two platforms, or two versions of one.

function compareView(pair) {
  const [left = '', right = ''] = pair.split('...');
  const [old, next] = [bundleNamed(left), bundleNamed(right)];
  const form = compareForm(left, right);
  const page = (...content) => ({
    title: old && next ? `${old.ref} and ${next.ref}` : 'Compare', content: [heading('Compare'), form, ...content] });
  if (left && !old) return page(empty(`There is no bundle '${left}'.`));
  if (right && !next) return page(empty(`There is no bundle '${right}'.`));
  if (!old || !next) return page(compareIdeas());
  if (old === next) return page(empty('They are the same bundle.'));
  const found = difference(old, next);
  const isSame = found.packages.length + found.added.length + found.removed.length === 0;
  return page(compareSummary(old, next, found),
    isSame ? empty('They hold the same layers.') : null,
    comparePackages(found), compareLayers(found));
}

function compareForm(left, right) {
  const all = h('datalist', { id: 'all-bundles' });
  const [from, to] = [['From', left], ['To', right]].map(([label, value]) => h('input', {
    type: 'text', list: 'all-bundles', value, 'aria-label': `${label} bundle`, placeholder: 'RUNENV@PLATFORM',
    autocomplete: 'off', spellcheck: 'false',
    focus: () => { if (!all.firstChild) all.append(...facts.bundles.map((bundle) => h('option', { value: bundle.ref }))); },
    change: () => go(),
  }));
  const go = () => {
    if (from.value && to.value) location.hash = address('compare', `${from.value.trim()}...${to.value.trim()}`);
  };
  const swap = h('button', {
    type: 'button', class: 'plain', 'aria-label': 'Swap them', title: 'Swap them',
    click: () => { [from.value, to.value] = [to.value, from.value]; go(); },
  }, icon('swap'));
  return h('form', { class: 'compare', submit: (event) => { event.preventDefault(); go(); } },
    h('label', null, h('span', null, 'From'), from), swap, h('label', null, h('span', null, 'To'), to),
    h('button', { type: 'submit', class: 'main' }, 'Compare'), all);
}

function compareIdeas() {
  const versions = current.filter((bundle) => bundle.history[1]).slice(0, 6)
    .map((bundle) => [`${bundle.history[1].ref}...${bundle.ref}`, `${bundle.cell}: what its latest version changed`]);
  const byPlatform = new Map();
  for (const bundle of current) {
    byPlatform.set(bundle.platform, [...(byPlatform.get(bundle.platform) ?? []), bundle]);
  }
  const others = [...byPlatform.values()].filter((bundles) => bundles.length > 1).slice(0, 3)
    .map(([one, other]) => [`${one.ref}...${other.ref}`, `${one.ref} and ${other.runenv}`]);
  const ideas = [...versions, ...others];
  if (ideas.length === 0) return empty('Choose two bundles.', 'As soon as there are two, this says what sets them apart.');
  return section('For instance', null, h('ul', { class: 'plain-list' },
    ideas.map(([pair, words]) => h('li', null, link(address('compare', pair), words)))));
}

function compareSummary(old, next, found) {
  const counts = { added: 0, removed: 0, changed: 0, rebuilt: 0 };
  for (const change of found.packages) counts[change.kind] += 1;
  const words = [['changed', 'changed'], ['added', 'added'], ['removed', 'removed'], ['rebuilt', 'in another build']]
    .filter(([kind]) => counts[kind]).map(([kind, text]) => `${counts[kind]} ${text}`);
  const step = (was, is) => (was === is ? null : versionStep(was, is));
  return factList([
    ['Packages', words.length ? words.join(', ') : 'the same'],
    ['Size', [bytes(old.size), ' → ', bytes(next.size), ' ', h('strong', null, signedBytes(next.size - old.size))]],
    ['Unpacked', h('strong', null, signedBytes(next.unpackedSize - old.unpackedSize))],
    ['An update fetches', [h('strong', null, bytes(sizeOf(found.added))), ` in ${many(found.added.length, 'layer')}; `,
      `${many(found.shared.length, 'layer')} (${bytes(sizeOf(found.shared))}) kept`], true],
    ['Python', step(old.python, next.python)],
    ['Interpreter', step(interpreterWords(old), interpreterWords(next))],
    ['Recipe', old.recipe === next.recipe ? 'the same' : 'changed'],
    ['Lock', old.lock === next.lock ? 'the same' : 'changed'],
    ['Now left out', found.newlyOut.length ? found.newlyOut.map((name) => [packageLink(name), ' ']) : ''],
    ['No longer left out', found.newlyIn.length ? found.newlyIn.map((name) => [packageLink(name), ' ']) : ''],
    ['Checks', step(stateWords[old.state], stateWords[next.state])],
  ]);
}

function interpreterWords({ runtime }) {
  return `${runtime.provider} ${runtime.version}${runtime.bundled ? '' : ', not inside'}`;
}

function comparePackages(found) {
  if (found.packages.length === 0) return null;
  const kinds = { changed: 'changed', added: 'added', removed: 'removed', rebuilt: 'other build' };
  return section('Packages', null, sortedTable('Packages that differ', [
    { title: 'Package', cell: (change) => packageLink(change.name), key: (change) => change.name },
    { title: 'Change', cell: (change) => h('span', { class: `change ${change.kind}` }, kinds[change.kind]), key: (change) => change.kind },
    { title: 'From', className: 'version', cell: (change) => change.old?.version ?? '' },
    { title: 'To', className: 'version', cell: (change) => change.next?.version ?? '' },
    { title: 'Size', numeric: true, cell: (change) => (change.next?.layer ? bytes(change.next.layer.size) : ''), key: (change) => change.next?.layer?.size ?? 0 },
    { title: 'Difference', numeric: true, cell: (change) => (change.delta ? signedBytes(change.delta) : ''), key: (change) => change.delta },
  ], found.packages));
}

function compareLayers(found) {
  const rows = [...found.added.map((layer) => ({ ...layer, change: 'added' })),
    ...found.removed.map((layer) => ({ ...layer, change: 'removed' })),
    ...found.shared.map((layer) => ({ ...layer, change: 'shared' }))];
  const words = { added: 'new', removed: 'gone', shared: 'in both' };
  return section('Layers', `${found.added.length} new, ${found.removed.length} gone, ${found.shared.length} in both`,
    treemapPanel('Layers', [{ id: 'layers', words: 'of the new bundle',
      legend: [['alone', 'new: to be fetched'], ['often', 'in both']],
      tiles: (measure) => rows.filter((row) => row.change !== 'removed').map((row) => ({
        name: row.name, size: row[measure], tone: row.change === 'added' ? 'alone' : 'often', note: words[row.change] })) }]),
    sortedTable('Layers', [
      { title: 'Layer', cell: (row) => row.name, key: (row) => row.name },
      { title: 'Change', cell: (row) => h('span', { class: `change ${row.change}` }, words[row.change]), key: (row) => row.change },
      { title: 'Size', numeric: true, cell: (row) => bytes(row.size), key: (row) => row.size },
      { title: 'Digest', cell: (row) => h('code', null, row.digest) },
    ], rows));
}
