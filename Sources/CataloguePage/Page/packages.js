// All packages, and one of them.

function packagesView(_, query) {
  const rows = [...packageIndex()].map(([name, versions]) => ({
    name, versions, bundles: versions.reduce((sum, version) => sum + version.bundles.length, 0),
    licence: versions.find((version) => version.licence)?.licence ?? '',
  }));
  if (rows.length === 0) return { title: 'Packages', content: [heading('Packages'), empty('No bundle holds a package.')] };
  const table = sortedTable('Packages', [
    { title: 'Package', cell: (row) => packageLink(row.name), key: (row) => row.name },
    { title: 'Versions', className: 'version', cell: (row) => versionWords(row.versions), key: (row) => row.versions.length },
    { title: 'Bundles', numeric: true, cell: (row) => row.bundles.toLocaleString('en'), key: (row) => row.bundles },
    { title: 'Licence', className: 'licence', cell: (row) => row.licence || h('span', { class: 'low' }, 'not stated'), key: (row) => row.licence },
  ], rows, { sort: 0 });
  const narrow = (text) => {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    table.narrow(rows.filter((row) => words.every(
      (word) => row.name.includes(word) || row.licence.toLowerCase().includes(word))));
  };
  const text = query.get('q') ?? '';
  if (text) narrow(text);
  return { title: 'Packages', content: [
    heading('Packages', h('p', { class: 'lead' }, `${many(rows.length, 'package')} in the current bundles`)),
    h('div', { class: 'tools' }, filterField('Filter by name or licence', text, narrow)), table] };
}

function versionWords(versions) {
  const shown = versions.slice(0, 4).map((version) => version.version);
  return [shown.join(', '), versions.length > 4 ? h('span', { class: 'low' }, ` and ${versions.length - 4} more`) : null];
}

function packageView(name) {
  const versions = packageIndex().get(name) ?? [];
  const out = omissions().filter((omission) => omission.package === name);
  if (versions.length === 0 && out.length === 0) {
    return notFound(`No current bundle holds '${name}'.`, address('packages'), 'See all packages.');
  }
  const licences = [...new Set(versions.map((version) => version.licence).filter(Boolean))];
  return { title: name, content: [
    heading(name, h('p', { class: 'lead' }, licences.length ? licences.join('; ') : versions.length ? 'no licence stated' : 'in no bundle')),
    versions.length ? section('Versions', null, h('div', { class: 'scroll stacked' }, h('table', null,
      h('caption', { class: 'hidden' }, 'Versions'),
      h('thead', null, h('tr', null, ['Version', 'Bundles', 'In'].map((title, index) => h('th', {
        scope: 'col', class: index === 1 ? 'number' : null }, title)))),
      h('tbody', null, versions.map((version) => h('tr', null, h('th', { scope: 'row', class: 'version' },
          version.version, version.recipe ? h('span', { class: 'low' }, ` built by ${version.recipe}`) : null),
        h('td', { class: 'number' }, version.bundles.length), h('td', null, bundleLinks(version.bundles)))))))) : null,
    packageSizes(name),
    out.length ? section('Left out', null, omissionList(out, false)) : null,
  ] };
}

function packageSizes(name) {
  const layers = facts.layers.name.map((_, number) => number)
    .filter((number) => layerUses()[number] > 0 && facts.layers.name[number].startsWith(`${name} `)).map(layer)
    .filter((one) => packageOfLayer(one) === name);
  if (layers.length === 0) return null;
  return section('Layers', 'one for each different wheel', sortedTable('Layers', [
    { title: 'Layer', cell: (one) => one.name, key: (one) => one.name },
    { title: 'Size', numeric: true, cell: (one) => bytes(one.size), key: (one) => one.size },
    { title: 'Unpacked', numeric: true, cell: (one) => bytes(one.unpackedSize), key: (one) => one.unpackedSize },
    { title: 'Files', numeric: true, cell: (one) => one.fileCount.toLocaleString('en'), key: (one) => one.fileCount },
    { title: 'In bundles', numeric: true, cell: (one) => layerUses()[one.number], key: (one) => layerUses()[one.number] },
    { title: 'Digest', cell: (one) => h('code', null, one.digest) },
  ], layers, { sort: 1, descending: true }));
}
