// Where the bytes of the whole catalogue go: every different layer once, as a store or a registry keeps it.

function sizeView() {
  if (current.length === 0) return { title: 'Size', content: [heading('Size'), empty('Nothing has been built yet.')] };
  const uses = layerUses();
  const layers = [...uses.keys()].filter((number) => uses[number] > 0).map(layer);
  const stored = sizeOf(layers);
  const packed = current.reduce((sum, bundle) => sum + bundle.size, 0);
  return { title: 'Size', content: [
    heading('Size', h('p', { class: 'lead' },
      `${bytes(packed)} in ${many(current.length, 'bundle')}; ${bytes(stored)} in ${many(layers.length, 'different layer')}, `,
      `so that sharing saves ${percent(Math.max(0, packed - stored), packed)}`)),
    treemapPanel('Sizes of the catalogue', [
      { id: 'packages', words: 'by package', legend: [['asked', 'packages'], ['base', 'interpreters and files']],
        tiles: (measure) => packageTiles(layers, measure) },
      { id: 'layers', words: 'by layer',
        legend: [['alone', 'in one bundle'], ['few', 'shared'], ['often', 'in more than half of all bundles']],
        tiles: (measure) => layers.map((one) => layerTile(one, measure)) },
    ]),
    section('Largest bundles', null, sortedTable('Bundles by size', [
      { title: 'Bundle', cell: (bundle) => bundleLink(bundle), key: (bundle) => bundle.cell },
      { title: 'Size', numeric: true, cell: (bundle) => bytes(bundle.size), key: (bundle) => bundle.size },
      { title: 'Unpacked', numeric: true, cell: (bundle) => bytes(bundle.unpackedSize), key: (bundle) => bundle.unpackedSize },
      { title: 'Of its own', numeric: true, cell: (bundle) => bytes(ownSize(bundle)), key: ownSize },
    ], current, { sort: 1, descending: true })),
  ] };
}

/** The bytes that go when the bundle goes. */
function ownSize(bundle) {
  return sizeOf(layersOf(bundle).filter((one) => layerUses()[one.number] === 1));
}

function packageTiles(layers, measure) {
  const tiles = new Map();
  for (const one of layers) {
    const name = packageOfLayer(one);
    const key = name ?? one.kind;
    if (!tiles.has(key)) {
      tiles.set(key, {
        name: key, size: 0, count: 0, tone: name ? 'asked' : 'base', to: name ? address('package', name) : null });
    }
    const tile = tiles.get(key);
    tile.size += one[measure];
    tile.count += 1;
  }
  for (const tile of tiles.values()) tile.note = many(tile.count, 'layer');
  return [...tiles.values()];
}
