// Areas in proportion to sizes: squarified treemaps (Bruls, Huizing, van Wijk, 2000).

/** Rectangles for `sizes`, which are sorted downwards, in a box of this width and height. */
function squarified(sizes, width, height) {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const areas = sizes.map((size) => (size / total) * width * height);
  const rectangles = [];
  let box = { x: 0, y: 0, width, height };
  const worst = (row, sum, side) => Math.max(
    (side * side * row[0]) / (sum * sum), (sum * sum) / (side * side * row[row.length - 1]));
  for (let at = 0; at < areas.length;) {
    const side = Math.min(box.width, box.height);
    let [row, sum] = [[areas[at]], areas[at]];
    at += 1;
    while (at < areas.length) {
      const next = [...row, areas[at]];
      if (worst(next, sum + areas[at], side) > worst(row, sum, side)) break;
      [row, sum] = [next, sum + areas[at]];
      at += 1;
    }
    const isWide = box.width >= box.height;
    const depth = sum / side;
    let along = isWide ? box.y : box.x;
    for (const area of row) {
      const length = area / depth;
      rectangles.push(isWide
        ? { x: box.x, y: along, width: depth, height: length } : { x: along, y: box.y, width: length, height: depth });
      along += length;
    }
    box = isWide
      ? { x: box.x + depth, y: box.y, width: box.width - depth, height: box.height }
      : { x: box.x, y: box.y + depth, width: box.width, height: box.height - depth };
  }
  return rectangles;
}

/** At most `limit` tiles, the largest first; the smallest become one, which is the last. */
function gathered(tiles, limit) {
  const sorted = tiles.filter((tile) => tile.size > 0).sort((one, other) => other.size - one.size);
  const total = sorted.reduce((sum, tile) => sum + tile.size, 0);
  let keep = Math.min(sorted.length, limit);
  while (keep > 1 && sorted[keep - 1].size < total / 1500) keep -= 1;
  const rest = sorted.slice(keep);
  if (rest.length < 2) return sorted;
  const size = rest.reduce((sum, tile) => sum + tile.size, 0);
  return [...sorted.slice(0, keep), { name: `${rest.length} smaller`, size, tone: 'rest', note: '' }];
}

/** A treemap of tiles: name, size, tone, and where they have them a note and an address to go to. */
function treemap(label, tiles, { limit = 150 } = {}) {
  const shown = gathered(tiles, limit);
  const total = shown.reduce((sum, tile) => sum + tile.size, 0);
  if (total === 0) return empty('Nothing here has a size.');
  const caption = h('p', { class: 'caption' });
  const words = (tile) => [tile.name, bytes(tile.size), percent(tile.size, total), tile.note].filter(Boolean).join(' · ');
  const tell = (tile) => { caption.textContent = words(tile); };
  const elements = shown.map((tile, index) => {
    const attributes = {
      class: `tile ${tile.tone}`, tabindex: index === 0 ? '0' : '-1', 'aria-label': words(tile),
      pointerenter: () => tell(tile), focus: () => tell(tile),
    };
    const content = [h('span', { class: 'name' }, tile.name), h('span', { class: 'size' }, bytes(tile.size))];
    return h('div', { role: 'listitem', class: 'place' },
      tile.to ? h('a', { ...attributes, href: tile.to }, content)
        : h('div', { ...attributes, role: 'img' }, content));
  });
  const box = h('div', { class: 'treemap', role: 'list', 'aria-label': label }, elements);
  tell(shown[0]);
  roving(box, '.tile', along);
  const place = () => {
    const [width, height] = [box.clientWidth, box.clientHeight];
    if (width === 0) return;
    squarified(shown.map((tile) => tile.size), width, height).forEach((rectangle, index) => {
      const { style, classList } = elements[index];
      style.left = `${rectangle.x}px`;
      style.top = `${rectangle.y}px`;
      style.width = `${rectangle.width}px`;
      style.height = `${rectangle.height}px`;
      classList.toggle('bare', rectangle.width < 50 || rectangle.height < 20);
      classList.toggle('narrow', rectangle.width < 72);
      classList.toggle('low', rectangle.height < 38);
    });
  };
  new ResizeObserver(place).observe(box);
  return h('div', null, box, caption);
}

/** A treemap with its legend and the choices of what it shows. */
function treemapPanel(label, views) {
  let [by, packed] = [views[0].id, 'size'];
  const place = h('div');
  const legend = h('p', { class: 'legend' });
  function show() {
    const view = views.find((one) => one.id === by);
    place.replaceChildren(treemap(`${label} ${view.words}`, view.tiles(packed)));
    legend.replaceChildren(...view.legend.map(([tone, words]) => h('span', null, h('i', { class: `swatch ${tone}` }), words)));
  }
  show();
  return h('div', { class: 'panel' },
    h('div', { class: 'tools' },
      views.length === 1 ? h('span', { class: 'note' }, `areas ${views[0].words}`)
        : choices('What areas stand for', views, by, (id) => { by = id; show(); }),
      choices('Which size', [{ id: 'size', words: 'packed' }, { id: 'unpackedSize', words: 'unpacked' }], packed,
        (id) => { packed = id; show(); })),
    place, legend);
}
