// Facts as people read them.

/** `4.1 MB`, in decimal units, as ppp itself writes it. */
function bytes(count) {
  const size = Math.abs(count);
  const sign = count < 0 ? '−' : '';
  if (size < 1000) return `${sign}${size} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let [unit, value] = [0, size / 1000];
  while (value >= 999.95 && unit < units.length - 1) { value /= 1000; unit += 1; }
  return `${sign}${value.toFixed(1)} ${units[unit]}`;
}

function signedBytes(count) {
  return count > 0 ? `+${bytes(count)}` : bytes(count);
}

/** `1 package`, `3 packages`. */
function many(count, noun, plural = `${noun}s`) {
  return `${count.toLocaleString('en')} ${count === 1 ? noun : plural}`;
}

/** How long ago, in one unit: `3 days`; empty when it is not known. */
function age(seconds) {
  if (seconds === undefined) return '';
  const minutes = Math.max(0, Date.now() / 60000 - seconds / 60);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return many(Math.floor(minutes), 'minute');
  if (minutes < 60 * 36) return many(Math.floor(minutes / 60), 'hour');
  const days = Math.floor(minutes / 1440);
  if (days < 60) return many(days, 'day');
  return days < 730 ? many(Math.floor(days / 30.4), 'month') : many(Math.floor(days / 365.25), 'year');
}

/** `3 days ago`; empty when it is not known. */
function ago(seconds) {
  const words = age(seconds);
  return words === '' || words === 'just now' ? words : `${words} ago`;
}

/** `3 d`, for narrow places. */
function shortAge(seconds) {
  const words = age(seconds);
  const short = { minute: 'min', hour: 'h', day: 'd', month: 'mo', year: 'y' };
  return words.replace(/ (minute|hour|day|month|year)s?$/, (_, unit) => ` ${short[unit]}`).replace('just now', 'now');
}

function date(seconds) {
  return new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ') + ' UTC';
}

/** A runenv's name with what all names begin with kept low. */
function runenvName(id) {
  const [, start, rest] = /^(python-\d+\.\d+\.\d+-?)(.*)$/.exec(id) ?? [null, '', id];
  if (rest === '') return h('span', { class: 'id' }, id);
  return h('span', { class: 'id' }, h('span', { class: 'low' }, start), rest);
}

function percent(part, whole) {
  return whole === 0 ? '0 %' : `${Math.round((100 * part) / whole)} %`;
}

const stateWords = { passed: 'passed', failed: 'failed', unchecked: 'not checked', missing: 'not in the catalogue' };
