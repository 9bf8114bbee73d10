// One bundle: what it is, how to get it, what it lacks, and what is in it.

function bundleView(ref) {
  const bundle = bundleNamed(ref);
  if (!bundle) return notFound(`There is no bundle '${ref}'.`, address('matrix'), 'The matrix has all that there are.');
  return { title: bundle.ref, content: [
    heading([runenvName(bundle.runenv), h('span', { class: 'low' }, '@'), platformName(bundle),
      bundle.isCurrent ? null : h('span', { class: 'low' }, ` version ${bundle.version ?? bundle.generation}`)],
    h('div', { class: 'badges' }, stateBadge(bundle.state),
      bundle.isCurrent ? null : bundleLink(bundle.history[0], 'not the current version: go to that'),
      link(address('runenv', bundle.runenv), 'all platforms'))),
    bundleFacts(bundle),
    h('div', { class: 'columns' },
      section('Get it', null, commandsPanel(bundle)),
      h('div', null, omissionsSection(bundle), checksSection(bundle), historySection(bundle))),
    modulesSection(bundle),
    section('Size', null, treemapPanel('Sizes', bundleTreemaps(bundle))),
    packagesSection(bundle), layersSection(bundle),
  ] };
}

function bundleFacts(bundle) {
  const { runtime } = bundle;
  return factList([
    ['Python', bundle.python],
    ['Interpreter', runtime.bundled ? ['inside, from ', runtime.provider,
      runtime.version && runtime.version !== bundle.python ? ` ${runtime.version}` : ''] : 'not inside: bring your own'],
    ['Runs on', bundle.floor ? `${platformName(bundle).startsWith('linux') ? 'glibc' : 'macOS'} ${bundle.floor} or newer` : ''],
    ['Size', [bytes(bundle.size), h('span', { class: 'low' }, `, unpacked ${bytes(bundle.unpackedSize)}`)]],
    ['Files', bundle.fileCount.toLocaleString('en')],
    ['Packages', packageList(bundle.packages).length.toLocaleString('en')],
    [bundle.sinceWord, bundle.since === undefined ? '' : h('time', {
      datetime: new Date(bundle.since * 1000).toISOString(), title: date(bundle.since),
    }, ago(bundle.since))],
    bundle.version ? ['Version', bundle.version] : ['File', link(bundlePlace(bundle).url, bundlePlace(bundle).name), true],
    ['SHA-256', h('span', { class: 'digest' }, h('code', { title: bundle.digest }, bundle.digest.slice(0, 12), '…'),
      copyButton(bundle.digest, 'Copy the digest'))],
  ]);
}

function omissionsSection(bundle) {
  if (bundle.omissions.length === 0) return null;
  return section('Left out', many(bundle.omissions.length, 'package'), h('ul', { class: 'plain-list' },
    bundle.omissions.map((omission) => h('li', null, packageLink(omission.package), ruleWords(omission),
      h('p', null, facts.texts[omission.reason])))));
}

/** Which rule takes a package out, and where it stands. */
function ruleWords(omission) {
  return h('span', { class: 'rule' }, omission.rule === 'skip' ? 'skip rule' : 'nothing to install',
    omission.position ? [' at ', h('code', null, omission.position)] : null);
}

function checksSection(bundle) {
  if (!bundle.checks) {
    return section('Checks', null, empty('It was not checked.', 'Run ', h('code', null, `ppp verify ${bundle.cell}`)));
  }
  const passed = textList(bundle.checks.passed);
  const others = troubles(bundle);
  return section('Checks', `${passed.length} of ${passed.length + others.length} passed`,
    others.length ? h('ul', { class: 'plain-list' }, others.map((check) => h('li', { class: check.outcome },
      h('strong', null, check.name), h('span', { class: 'rule' }, check.outcome === 'allowed' ? 'failed, as allowed' : 'failed'),
      check.message ? h('p', { class: 'message' }, check.message) : null))) : null,
    passed.length ? h('details', { class: 'fold' }, h('summary', null, `${many(passed.length, 'check')} passed`),
      onOpen((box) => box.append(h('ul', { class: 'names' }, passed.map((number) => h('li', null, facts.texts[number])))))) : null);
}

function historySection(bundle) {
  if (bundle.history.length < 2) return null;
  return section('Versions', null, h('ol', { class: 'plain-list versions' }, bundle.history.map((one, index) => h('li', null,
    one === bundle ? h('strong', null, `version ${one.version ?? one.generation}`) : bundleLink(one, `version ${one.version ?? one.generation}`),
    index === 0 ? h('span', { class: 'rule' }, 'current') : null,
    h('span', { class: 'rule' }, [bytes(one.size), ago(one.since)]
      .filter(Boolean).join(' · ')),
    bundle.history[index + 1]
      ? link(address('compare', `${bundle.history[index + 1].ref}...${one.ref}`), 'what changed') : null))));
}

function modulesSection(bundle) {
  if (!bundle.modules?.length) return null;
  return section('Modules', null, sortedTable('Modules', [
    { title: 'Module', cell: (module) => module.name, key: (module) => module.name },
    { title: 'Version', cell: (module) => module.version },
    { title: 'Digest', cell: (module) => h('code', null, module.digest) },
  ], bundle.modules));
}

function bundleTreemaps(bundle) {
  const packages = packagesOf(bundle);
  const layers = layersOf(bundle);
  const ofPackages = new Set(packages.map((item) => item.layer?.number));
  return [
    { id: 'packages', words: 'by package',
      legend: [['asked', 'asked for'], ['needed', 'needed by others'], ['base', 'interpreter and files']],
      tiles: (measure) => [
        ...packages.filter((item) => item.layer).map((item) => ({
          name: item.name, size: item.layer[measure], tone: item.requested ? 'asked' : 'needed',
          note: item.version, to: address('package', item.name) })),
        ...layers.filter((layer) => !ofPackages.has(layer.number)).map((layer) => ({
          name: layer.name, size: layer[measure], tone: 'base', note: layer.kind }))] },
    { id: 'layers', words: 'by layer',
      legend: [['alone', 'in this bundle only'], ['few', 'shared'], ['often', 'in more than half of all bundles']],
      tiles: (measure) => layers.map((layer) => layerTile(layer, measure)) },
  ];
}

function layerTile(layer, measure) {
  const uses = layerUses()[layer.number];
  const name = packageOfLayer(layer);
  return {
    name: layer.name, size: layer[measure], tone: uses < 2 ? 'alone' : uses * 2 > current.length ? 'often' : 'few',
    note: uses === 0 ? 'in no current bundle' : `in ${many(uses, 'bundle')}`,
    to: name && packageIndex().has(name) ? address('package', name) : null,
  };
}

function packagesSection(bundle) {
  const packages = packagesOf(bundle);
  if (packages.length === 0) return section('Packages', null, empty('It holds no packages.'));
  return section('Packages', many(packages.length, 'package'), sortedTable('Packages', [
    { title: 'Package', cell: (item) => packageLink(item.name), key: (item) => item.name },
    { title: 'Version', cell: (item) => [item.version, item.recipe ? h('span', { class: 'low', title: item.recipe }, ' by a recipe') : null], className: 'version' },
    { title: 'Size', numeric: true, cell: (item) => (item.layer ? bytes(item.layer.size) : ''), key: (item) => item.layer?.size ?? 0 },
    { title: 'Asked for', cell: (item) => (item.requested ? 'yes' : ''), key: (item) => (item.requested ? 0 : 1) },
    { title: 'Licence', className: 'licence', cell: (item) => item.licence || h('span', { class: 'low' }, 'not stated'), key: (item) => item.licence },
  ], packages, { sort: 0 }));
}

function layersSection(bundle) {
  return section('Layers', 'what the file consists of, and what an update fetches', sortedTable('Layers', [
    { title: 'Layer', cell: (layer) => layer.name, key: (layer) => layer.name },
    { title: 'Made of', cell: (layer) => layer.kind, key: (layer) => layer.kind },
    { title: 'Size', numeric: true, cell: (layer) => bytes(layer.size), key: (layer) => layer.size },
    { title: 'Unpacked', numeric: true, cell: (layer) => bytes(layer.unpackedSize), key: (layer) => layer.unpackedSize },
    { title: 'Files', numeric: true, cell: (layer) => layer.fileCount.toLocaleString('en'), key: (layer) => layer.fileCount },
    { title: 'In bundles', numeric: true, cell: (layer) => layerUses()[layer.number], key: (layer) => layerUses()[layer.number] },
    { title: 'Digest', cell: (layer) => h('code', null, layer.digest) },
  ], layersOf(bundle), { sort: 2, descending: true }));
}
