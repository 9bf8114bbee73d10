// Elements are made of text and attributes only: nothing in the catalogue is ever read as markup.

const svgSpace = 'http://www.w3.org/2000/svg';

/** An element; of `attributes`, those that are null or false are left out, and functions listen. */
function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A symbol of page.html; `label` is what it says to those who don't see it. */
function icon(name, label) {
  const svg = document.createElementNS(svgSpace, 'svg');
  svg.setAttribute('class', `icon icon-${name}`);
  if (label) {
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', label);
  } else {
    svg.setAttribute('aria-hidden', 'true');
  }
  const use = document.createElementNS(svgSpace, 'use');
  use.setAttribute('href', `#i-${name}`);
  svg.append(use);
  return svg;
}

/** Says something to those who listen to the page. */
function say(text) {
  document.getElementById('said').textContent = text;
}

/** Puts text on the clipboard, where `file://` has none by way of a selection. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = h('textarea', { class: 'hidden', 'aria-hidden': 'true' });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}

/** A button that copies; `text` may be a function. */
function copyButton(text, label) {
  const words = h('span', null, 'Copy');
  return h('button', {
    type: 'button', class: 'copy', 'aria-label': label ?? 'Copy',
    click: async (event) => {
      const button = event.currentTarget;
      const done = await copy(typeof text === 'function' ? text() : text);
      words.textContent = done ? 'Copied' : 'Select it to copy';
      say(words.textContent);
      button.focus();
      setTimeout(() => { words.textContent = 'Copy'; }, 1600);
    },
  }, icon('copy'), words);
}

/** Lets the arrow keys, Home and End walk through elements of which Tab reaches one. */
function roving(container, selector, step) {
  const items = () => [...container.querySelectorAll(selector)];
  container.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const all = items();
    const at = all.indexOf(event.target.closest(selector));
    if (at < 0) return;
    const next = step(event.key, at, all);
    if (next === null || !all[next]) return;
    event.preventDefault();
    all[next].focus();
  });
  container.addEventListener('focusin', (event) => {
    const item = event.target.closest(selector);
    if (!item) return;
    container.querySelectorAll(`${selector}[tabindex="0"]`).forEach((other) => { other.tabIndex = -1; });
    item.tabIndex = 0;
  });
}

/** The step of `roving` for things in one row. */
function along(key, at, all) {
  switch (key) {
    case 'ArrowRight': case 'ArrowDown': return at + 1;
    case 'ArrowLeft': case 'ArrowUp': return at - 1;
    case 'Home': return 0;
    case 'End': return all.length - 1;
    default: return null;
  }
}
