// Tables of any length: rows are made as they come near the window.

const chunk = 120;

/** Fills `body` with rows of so many columns, some now and the others as one scrolls; returns a function that fills it anew. */
function rowsOnDemand(body, columns, row) {
  let [items, shown] = [[], 0];
  const sentinel = h('tr', { class: 'more', 'aria-hidden': 'true' }, h('td', { colspan: columns }));
  const observer = new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting)) more();
  }, { rootMargin: '600px' });
  function more() {
    const next = items.slice(shown, shown + chunk);
    shown += next.length;
    sentinel.remove();
    body.append(...next.map((item, index) => row(item, shown - next.length + index)));
    observer.unobserve(sentinel);
    if (shown < items.length) {
      body.append(sentinel);
      observer.observe(sentinel);
    }
    return next.length > 0;
  }
  function fill(all) {
    [items, shown] = [all, 0];
    body.replaceChildren();
    more();
  }
  return { fill, more, get isComplete() { return shown >= items.length; } };
}

/**
 * A table that its head sorts.
 *
 * A column has a title, `cell(item)`, and, where it can be sorted by, `key(item)`; `numeric` ones are sorted
 * downwards first.
 */
function sortedTable(caption, columns, items, { sort = null, descending = false, className = '' } = {}) {
  let [by, down] = [sort, descending];
  const body = h('tbody');
  const rows = rowsOnDemand(body, columns.length, (item) => h('tr', null, columns.map((column, index) => h(
    index === 0 ? 'th' : 'td',
    { class: column.numeric ? 'number' : column.className, scope: index === 0 ? 'row' : null }, column.cell(item)))));
  const heads = columns.map((column, index) => h(
    'th', { scope: 'col', class: column.numeric ? 'number' : null },
    column.key ? h('button', { type: 'button', click: () => sortBy(index) }, column.title) : column.title));
  function sortBy(index) {
    down = by === index ? !down : Boolean(columns[index].numeric);
    by = index;
    show();
    say(`sorted by ${columns[index].title}, ${down ? 'descending' : 'ascending'}`);
  }
  let shown = items;
  function show() {
    heads.forEach((head, index) => {
      if (index === by) head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      else head.removeAttribute('aria-sort');
    });
    if (by === null) return rows.fill(shown);
    const key = columns[by].key;
    const sorted = shown.map((item) => [key(item), item])
      .sort(([one], [other]) => (one === other ? 0 : (one < other ? -1 : 1) * (down ? -1 : 1)));
    return rows.fill(sorted.map(([, item]) => item));
  }
  show();
  const table = h('div', { class: `scroll ${className}` },
    h('table', null, h('caption', { class: 'hidden' }, caption), h('thead', null, h('tr', null, heads)), body));
  table.narrow = (next) => { shown = next; show(); };
  return table;
}
