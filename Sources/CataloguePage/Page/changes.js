// What sets two bundles apart.

function difference(old, next) {
  const [before, after] = [packagesOf(old), packagesOf(next)];
  const [was, is] = [new Map(before.map((item) => [item.name, item])), new Map(after.map((item) => [item.name, item]))];
  const packages = [];
  for (const item of before) {
    const now = is.get(item.name);
    if (!now) packages.push({ name: item.name, kind: 'removed', old: item });
    else if (now.version !== item.version) packages.push({ name: item.name, kind: 'changed', old: item, next: now });
    else if (now.layer?.number !== item.layer?.number) {
      packages.push({ name: item.name, kind: 'rebuilt', old: item, next: now });
    }
  }
  for (const item of after) if (!was.has(item.name)) packages.push({ name: item.name, kind: 'added', next: item });
  for (const change of packages) change.delta = (change.next?.layer?.size ?? 0) - (change.old?.layer?.size ?? 0);
  const order = { changed: 0, added: 1, removed: 2, rebuilt: 3 };
  packages.sort((one, other) => order[one.kind] - order[other.kind] || (one.name < other.name ? -1 : 1));

  const [had, has] = [new Set(layerList(old.layers)), new Set(layerList(next.layers))];
  const lack = (bundle, other) => bundle.omissions.map((omission) => omission.package)
    .filter((name) => !other.omissions.some((omission) => omission.package === name));
  return {
    packages,
    shared: layersOf(next).filter((layer) => had.has(layer.number)),
    added: layersOf(next).filter((layer) => !had.has(layer.number)),
    removed: layersOf(old).filter((layer) => !has.has(layer.number)),
    newlyOut: lack(next, old), newlyIn: lack(old, next),
  };
}

/** Versions that changed between two bundles, without a look at their layers: quick enough for all of them. */
function versionChanges(old, next) {
  if (old.packages === next.packages) return [];
  const [before, after] = [packageList(old.packages), packageList(next.packages)];
  const [had, has] = [new Set(before), new Set(after)];
  const changes = new Map();
  const change = (number) => {
    const name = facts.packages.name[number];
    if (!changes.has(name)) changes.set(name, { name });
    return changes.get(name);
  };
  for (const number of before) if (!has.has(number)) change(number).old = facts.packages.version[number];
  for (const number of after) if (!had.has(number)) change(number).next = facts.packages.version[number];
  return [...changes.values()].filter((one) => one.old !== one.next);
}

/** What the current bundles changed of the ones before them: each change once, the most frequent first. */
const recentChanges = once(() => {
  const found = new Map();
  for (const bundle of current) {
    const former = bundle.history[1];
    if (!former) continue;
    for (const change of versionChanges(former, bundle)) {
      const key = JSON.stringify(change);
      if (!found.has(key)) found.set(key, { ...change, bundles: [] });
      found.get(key).bundles.push(bundle);
    }
  }
  return [...found.values()].sort((one, other) => other.bundles.length - one.bundles.length);
});

function sizeOf(layers) {
  return layers.reduce((sum, layer) => sum + layer.size, 0);
}
