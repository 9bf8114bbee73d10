// One runenv: its packages on every platform, side by side.

function runenvView(id) {
  const bundles = runenvs.get(id);
  if (!bundles) return notFound(`There is no runenv '${id}'.`, address('matrix'), 'The matrix has all that there are.');
  const platforms = usedPlatforms.filter((platform) => bundles.has(platform.number));
  const rows = runenvPackages(bundles, platforms);
  const skewed = rows.filter((row) => row.versions.size > 1).length;
  const sample = [...bundles.values()][0];
  return { title: id, content: [
    heading(runenvName(id), h('p', { class: 'lead' },
      `Python ${sample.python}, ${many(rows.length, 'package')} on ${many(platforms.length, 'platform')}`,
      skewed ? `; ${many(skewed, 'package')} in more than one version` : '')),
    h('div', { class: 'scroll' }, runenvSummary(bundles)),
    section('Packages', skewed ? 'versions that differ are marked' : null, runenvTable(rows, platforms)),
  ] };
}

function runenvSummary(bundles) {
  const since = [...bundles.values()].find((bundle) => bundle.since !== undefined)?.sinceWord;
  const columns = ['Platform', 'State', 'Size', 'Unpacked', 'Packages', 'Left out', since].filter(Boolean);
  return h('table', null, h('caption', { class: 'hidden' }, 'Platforms'), h('thead', null, h('tr', null,
    columns.map((title, index) => h('th', {
      scope: 'col', class: index >= 2 && index <= 5 ? 'number' : null }, title)))),
  h('tbody', null, usedPlatforms.map((platform) => {
    const bundle = bundles.get(platform.number);
    if (!bundle) {
      return h('tr', { class: 'low' }, h('th', { scope: 'row' }, platform.name),
        h('td', { colspan: columns.length - 1 }, stateBadge('missing')));
    }
    return h('tr', null, h('th', { scope: 'row' }, bundleLink(bundle, platform.name)), h('td', null, stateBadge(bundle.state)),
      h('td', { class: 'number' }, bytes(bundle.size)), h('td', { class: 'number' }, bytes(bundle.unpackedSize)),
      h('td', { class: 'number' }, packageList(bundle.packages).length),
      h('td', { class: 'number' }, bundle.omissions.length || ''),
      since ? h('td', { class: 'when' }, ago(bundle.since)) : null);
  })));
}

function runenvPackages(bundles, platforms) {
  const rows = new Map();
  const row = (name) => {
    if (!rows.has(name)) {
      rows.set(name, { name, cells: new Map(), versions: new Set(), licence: '', requested: false });
    }
    return rows.get(name);
  };
  for (const platform of platforms) {
    const bundle = bundles.get(platform.number);
    for (const item of packagesOf(bundle)) {
      const one = row(item.name);
      one.cells.set(platform.number, item.version);
      one.versions.add(item.version);
      one.licence ||= item.licence;
      one.requested ||= item.requested;
    }
    for (const omission of bundle.omissions) row(omission.package).cells.set(platform.number, omission);
  }
  for (const one of rows.values()) {
    const counts = new Map();
    for (const value of one.cells.values()) if (typeof value === 'string') counts.set(value, (counts.get(value) ?? 0) + 1);
    one.usual = [...counts].sort(([, many], [, few]) => few - many)[0]?.[0];
  }
  return [...rows.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

function runenvTable(rows, platforms) {
  if (rows.length === 0) return empty('It holds no packages.');
  return sortedTable('Packages by platform', [
    { title: 'Package', key: (row) => row.name,
      cell: (row) => [packageLink(row.name), row.requested ? h('span', { class: 'asked-for', title: 'asked for' }, ' ●') : null] },
    ...platforms.map((platform) => ({
      title: platform.name, className: 'version',
      cell: (row) => {
        const value = row.cells.get(platform.number);
        if (value === undefined) return h('span', { class: 'low' }, '–');
        if (typeof value === 'string') return value === row.usual ? value : h('mark', null, value);
        return h('span', { class: 'out', title: facts.texts[value.reason] }, 'left out');
      },
    })),
    { title: 'Licence', className: 'licence', cell: (row) => row.licence, key: (row) => row.licence },
  ], rows, { sort: 0 });
}
