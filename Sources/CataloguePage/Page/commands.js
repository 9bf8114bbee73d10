// What to type to use a bundle, for a shell on its platform.

function shellWord(text) {
  return /^[\w@%+=:,./~-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function powerShellWord(text) {
  return /^[\w@+=:./\\~-]+$/.test(text) ? text : `'${text.replaceAll("'", "''")}'`;
}

/** Where a bundle's file is: beside this page. */
function bundlePlace(bundle) {
  const path = bundle.file.replace(/^dist\//, '');
  const isServed = /^https?:$/.test(location.protocol);
  const folder = new URL('.', location.href);
  return {
    name: path.slice(path.lastIndexOf('/') + 1), isServed, folder: folder.href,
    url: new URL(path.split('/').map(encodeURIComponent).join('/'), folder).href,
    // From the workspace, where ppp is run; a file that was fetched lies in the current directory.
    path: isServed ? path.slice(path.lastIndexOf('/') + 1) : bundle.file,
  };
}

function commandsFor(bundle) {
  // What is published lies in layers, not in bundles that could be fetched.
  if (bundle.version) return [pullCommand(bundle), pipCommand(bundle)].filter(Boolean);
  const isWindows = platformName(bundle).startsWith('windows');
  return [
    pullCommand(bundle), isWindows ? windowsCommand(bundle) : tarCommand(bundle),
    dockerCommand(bundle), pipCommand(bundle),
  ].filter(Boolean);
}

/** For ppp, which finds the catalogue beside this page; of earlier versions it knows only what was published. */
function pullCommand(bundle) {
  if (!bundle.isCurrent && !bundle.version) return null;
  const place = bundlePlace(bundle);
  const name = bundle.isCurrent ? bundle.runenv : `${bundle.runenv}@${bundle.version}`;
  return {
    id: 'pull', words: 'ppp pull',
    text: [
      `ppp pull ${shellWord(name)} --platform ${platformName(bundle)} --from ${shellWord(place.folder)}`,
      platformName(bundle).startsWith('windows') ? null : useLine(bundle, `${shellWord(bundle.runenv)}/current`),
    ].filter(Boolean).join('\n'),
    note: 'Again, it updates: only the layers that changed are fetched.',
  };
}

function tarCommand(bundle) {
  const [place, into] = [bundlePlace(bundle), shellWord(bundle.runenv)];
  const isMac = platformName(bundle).startsWith('macosx');
  const unpack = bundle.kind === 'zip'
    ? `unzip -q ${shellWord(place.path)} -d ${into}`
    : `mkdir -p ${into} && tar ${isMac ? '' : '--zstd '}-xf ${shellWord(place.path)} -C ${into}`;
  return {
    id: 'tar', words: bundle.kind === 'zip' ? 'unzip' : 'tar',
    text: [
      place.isServed ? `curl -fLO ${shellWord(place.url)}` : null,
      `echo ${shellWord(`${bundle.digest}  ${place.path}`)} | ${isMac ? 'shasum -a 256' : 'sha256sum'} --check`,
      unpack, useLine(bundle, into),
    ].filter(Boolean).join('\n'),
  };
}

function windowsCommand(bundle) {
  const [place, into] = [bundlePlace(bundle), powerShellWord(bundle.runenv)];
  const path = powerShellWord(place.path.replaceAll('/', '\\'));
  return {
    id: 'tar', words: 'PowerShell',
    text: [
      place.isServed ? `curl.exe -fLO ${powerShellWord(place.url)}` : null,
      `(Get-FileHash ${path}).Hash -eq '${bundle.digest}'`,
      `mkdir -Force ${into} | Out-Null; tar -xf ${path} -C ${into}`, useLine(bundle, into),
    ].filter(Boolean).join('\n'),
  };
}

/** How the environment is tried out once it is unpacked. */
function useLine(bundle, into) {
  const series = bundle.python.split('.').slice(0, 2).join('.');
  const isWindows = platformName(bundle).startsWith('windows');
  if (bundle.layout === 'wheelhouse') {
    const names = requestedNames(bundle).map(shellWord).join(' ');
    return `python${isWindows ? '' : '3'} -m pip install --no-index --find-links ${into}/packages ${names}`;
  }
  if (bundle.runtime.bundled) return isWindows ? `${into}\\python.exe -V` : `${into}/bin/python3 -V`;
  return isWindows
    ? `$env:PYTHONPATH = "$PWD\\${bundle.runenv}\\Lib\\site-packages"; py -${series}`
    : `PYTHONPATH=${into}/lib/python${series}/site-packages python${series}`;
}

function dockerCommand(bundle) {
  if (!platformName(bundle).startsWith('linux') || bundle.layout !== 'tree') return null;
  const into = shellWord(bundle.runenv);
  const series = bundle.python.split('.').slice(0, 2).join('.');
  const lines = bundle.runtime.bundled
    ? ['FROM debian:stable-slim', `COPY ${into} /opt/python`, 'ENV PATH=/opt/python/bin:$PATH', 'CMD ["python3"]']
    : [`FROM python:${bundle.python}-slim`, `COPY ${into} /opt/environment`,
      `ENV PYTHONPATH=/opt/environment/lib/python${series}/site-packages`, 'CMD ["python3"]'];
  const architecture = platformName(bundle).endsWith('aarch64') ? 'arm64' : 'amd64';
  return {
    id: 'docker', words: 'Docker',
    text: [
      "cat > Dockerfile <<'END'", ...lines, 'END',
      `docker build --platform linux/${architecture} -t ${shellWord(bundle.runenv.toLowerCase())} .`,
      `docker run --rm -it --platform linux/${architecture} ${shellWord(bundle.runenv.toLowerCase())}`,
    ].join('\n'),
    note: 'Beside the unpacked environment (see tar).',
  };
}

function pipCommand(bundle) {
  const packages = packagesOf(bundle);
  if (packages.length === 0) return null;
  return {
    id: 'pip', words: 'pip', isLong: true,
    text: packages.map((item) => `${item.name}==${item.version}`).join('\n'),
    note: 'The same versions from an index: as requirements.txt for pip install --no-deps -r.',
  };
}

function requestedNames(bundle) {
  return packagesOf(bundle).filter((item) => item.requested).map((item) => item.name);
}

/** The commands of a bundle, one at a time. */
function commandsPanel(bundle) {
  const commands = commandsFor(bundle);
  const panels = commands.map((command, index) => h('div', {
    role: 'tabpanel', id: `panel-${command.id}`, 'aria-labelledby': `tab-${command.id}`, hidden: index > 0,
  },
  command.note ? h('p', { class: 'note' }, command.note) : null,
  h('div', { class: 'code' }, h('pre', { tabindex: '0', class: command.isLong ? 'long' : null },
    h('code', null, command.text)), copyButton(command.text, `Copy the commands for ${command.words}`))));
  const tabs = commands.map((command, index) => h('button', {
    type: 'button', role: 'tab', id: `tab-${command.id}`, 'aria-controls': `panel-${command.id}`,
    'aria-selected': String(index === 0), tabindex: index === 0 ? '0' : '-1',
    click: () => choose(index), focus: () => choose(index),
  }, command.words));
  function choose(chosen) {
    tabs.forEach((tab, index) => tab.setAttribute('aria-selected', String(index === chosen)));
    panels.forEach((panel, index) => { panel.hidden = index !== chosen; });
  }
  const bar = h('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Ways to get it' }, tabs);
  roving(bar, '[role=tab]', along);
  return h('div', { class: 'panel commands' }, bar, panels);
}
