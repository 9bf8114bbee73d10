// The catalogue's facts. What many bundles have in common is in the data once, and is read when it is asked for.

const facts = JSON.parse(document.getElementById('data').textContent);
document.getElementById('data').remove();

/** Reads the sets of numbers that `NumberLists.swift` writes, each at its first use. */
function numberLists(texts) {
  const known = new Map();
  const numbers = (text) => {
    let last = 0;
    return text === '' ? [] : text.split(' ').map((distance) => (last += parseInt(distance, 36)));
  };
  return function list(number) {
    if (known.has(number)) return known.get(number);
    const [base, gone, more] = texts[number].split('|');
    let members;
    if (gone === undefined) {
      members = numbers(base);
    } else {
      const without = new Set(numbers(gone));
      members = list(Number(base)).filter((member) => !without.has(member)).concat(numbers(more));
    }
    known.set(number, members);
    return members;
  };
}

const packageList = numberLists(facts.packageLists);
const requestedList = numberLists(facts.requestedLists);
const layerList = numberLists(facts.layerLists);
const textList = numberLists(facts.textLists);

/** The bundles of each cell, the current one first. */
const cells = new Map();
for (const bundle of facts.bundles) {
  bundle.cell = `${bundle.runenv}@${facts.platforms[bundle.platform]}`;
  bundle.state = bundle.checks?.state ?? 'unchecked';
  // A build that knows no clock says nothing of when it was; publishing does.
  [bundle.since, bundle.sinceWord] = bundle.createdAt === undefined ? [bundle.publishedAt, 'Published'] : [bundle.createdAt, 'Made'];
  bundle.history = cells.get(bundle.cell) ?? [];
  bundle.isCurrent = bundle.history.length === 0;
  bundle.ref = bundle.isCurrent ? bundle.cell : `${bundle.cell}:${bundle.generation}`;
  bundle.history.push(bundle);
  cells.set(bundle.cell, bundle.history);
}

const current = [...cells.values()].map((history) => history[0]);
const usedPlatforms = facts.platforms.map((name, number) => ({ name, number }))
  .filter((platform) => current.some((bundle) => bundle.platform === platform.number));

/** The current bundles of each runenv, by the number of their platform. */
const runenvs = new Map();
for (const bundle of current) {
  if (!runenvs.has(bundle.runenv)) runenvs.set(bundle.runenv, new Map());
  runenvs.get(bundle.runenv).set(bundle.platform, bundle);
}

/** A bundle by `CELL` or `CELL:GENERATION`. */
function bundleNamed(ref) {
  const [, cell, generation] = /^(.*?)(?::(\d+))?$/s.exec(ref);
  const history = cells.get(cell);
  return generation === undefined
    ? history?.[0] : history?.find((bundle) => bundle.generation === Number(generation));
}

function platformName(bundle) {
  return facts.platforms[bundle.platform];
}

function layer(number) {
  const layers = facts.layers;
  return {
    number, name: layers.name[number], kind: facts.texts[layers.kind[number]], digest: layers.digest[number],
    size: layers.size[number], unpackedSize: layers.unpackedSize[number], fileCount: layers.fileCount[number],
  };
}

function layersOf(bundle) {
  return layerList(bundle.layers).map(layer);
}

/** The name of the package that a layer was made of: a wheel's layer is called `numpy 2.2.6`. */
function packageOfLayer(layer) {
  return layer.kind === 'wheel' ? layer.name.slice(0, layer.name.lastIndexOf(' ')) : null;
}

/** A bundle's packages with the sizes of their layers, where they have one. */
function packagesOf(bundle) {
  const layers = new Map(layersOf(bundle).map((layer) => [packageOfLayer(layer), layer]));
  const requested = new Set(requestedList(bundle.requested));
  return packageList(bundle.packages).map((number) => {
    const [name, licence] = [facts.packages.name[number], facts.packages.licence[number]];
    return {
      number, name, version: facts.packages.version[number], requested: requested.has(number),
      licence: licence < 0 ? '' : facts.texts[licence], layer: layers.get(name), recipe: recipeOf(number),
    };
  }).sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** The recipe that a package's wheel was built from source by; nothing where there was none. */
function recipeOf(number) {
  const recipe = facts.packages.recipe[number];
  return recipe < 0 ? '' : facts.texts[recipe];
}

/** What is found out once and kept. */
function once(find) {
  let found;
  return () => (found ??= find());
}

/** Of each package, its versions, and of each version the current bundles that hold it. */
const packageIndex = once(() => {
  const holders = facts.packages.name.map(() => []);
  for (const bundle of current) for (const number of packageList(bundle.packages)) holders[number].push(bundle);
  const index = new Map();
  facts.packages.name.forEach((name, number) => {
    if (holders[number].length === 0) return;
    if (!index.has(name)) index.set(name, []);
    const licence = facts.packages.licence[number];
    index.get(name).push({
      number, version: facts.packages.version[number], licence: licence < 0 ? '' : facts.texts[licence],
      recipe: recipeOf(number), bundles: holders[number],
    });
  });
  for (const versions of index.values()) versions.sort((one, other) => compareVersions(other.version, one.version));
  return index;
});

/** How many current bundles have each layer, by its number. */
const layerUses = once(() => {
  const uses = new Int32Array(facts.layers.name.length);
  for (const bundle of current) for (const number of layerList(bundle.layers)) uses[number] += 1;
  return uses;
});

/** What is left out: each package, rule and reason once, with the bundles that lack it, most first. */
const omissions = once(() => {
  const found = new Map();
  for (const bundle of current) {
    for (const omission of bundle.omissions) {
      const key = JSON.stringify([omission.package, omission.rule, omission.reason, omission.position]);
      if (!found.has(key)) found.set(key, { ...omission, reason: facts.texts[omission.reason], bundles: [] });
      found.get(key).bundles.push(bundle);
    }
  }
  return [...found.values()].sort((one, other) => other.bundles.length - one.bundles.length
    || (one.package < other.package ? -1 : 1));
});

/** The checks of a bundle that did not pass, those that failed first. */
function troubles(bundle) {
  return (bundle.checks?.others ?? []).map((check) => ({ ...check, message: facts.texts[check.message] ?? '' }))
    .sort((one, other) => (one.outcome === other.outcome ? 0 : one.outcome === 'failed' ? -1 : 1));
}

/** The order of versions as far as a list needs it: numbers by value, and letters (`rc1`) before the end. */
function compareVersions(one, other) {
  const parts = (version) => version.match(/\d+|[a-z]+/gi) ?? [];
  const [left, right] = [parts(one), parts(other)];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const [a, b] = [left[at] ?? '', right[at] ?? ''];
    if (a === b) continue;
    const [isNumber, isOther] = [/^\d/.test(a), /^\d/.test(b)];
    if (isNumber && isOther && Number(a) !== Number(b)) return Number(a) - Number(b);
    const rank = (part, numeric) => (numeric ? 2 : part === '' || part === 'post' ? 1 : 0);
    if (rank(a, isNumber) !== rank(b, isOther)) return rank(a, isNumber) - rank(b, isOther);
    if (a !== b) return a < b ? -1 : 1;
  }
  return 0;
}
