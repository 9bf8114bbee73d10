// What is left out, why, by which rule, and where.

function leftOutView(_, query) {
  const found = omissions();
  if (found.length === 0) {
    return { title: 'Left out', content: [heading('Left out'), empty('Nothing is left out.',
      'Every package that was asked for is in the bundles it was asked for.')] };
  }
  const place = h('div');
  const show = (text) => {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const fitting = found.filter((omission) => {
      const all = `${omission.package} ${omission.reason} ${omission.position ?? ''} ${omission.rule}`.toLowerCase();
      return words.every((word) => all.includes(word));
    });
    place.replaceChildren(fitting.length ? omissionList(fitting, true) : empty('No reason fits.'));
  };
  const text = query.get('q') ?? '';
  show(text);
  const missing = found.filter((omission) => omission.rule === 'missing').length;
  return { title: 'Left out', content: [
    heading('Left out', h('p', { class: 'lead' },
      `${many(found.length, 'reason')}`, missing ? `; ${missing} because nothing fits the platform` : '')),
    found.length > 8 ? h('div', { class: 'tools' }, filterField('Filter packages, reasons, files', text, show)) : null, place] };
}

function omissionList(found, named) {
  return sortedTable('Left out', [
    ...(named ? [{ title: 'Package', cell: (omission) => packageLink(omission.package), key: (omission) => omission.package }] : []),
    { title: 'Reason', className: 'reason', cell: (omission) => [h('div', null, omission.reason), ruleWords(omission)] },
    { title: 'Bundles', numeric: true, cell: (omission) => omission.bundles.length.toLocaleString('en'), key: (omission) => omission.bundles.length },
    { title: 'In', cell: (omission) => bundleLinks(omission.bundles, 5) },
  ], found, { className: 'stacked' });
}
