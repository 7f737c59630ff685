// Keeps the progress page up to date: fetches the same page and exchanges the parts marked data-live,
// so that focus, scroll position and what a screen reader is reading stay where they are.
const seconds = Number(document.currentScript?.dataset.seconds) || 3;

const exchange = (fresh) => {
  for (const part of document.querySelectorAll('[data-live]')) {
    const next = fresh.getElementById(part.id);
    // Unchanged parts are left alone: an exchanged status line would be read out again.
    if (next && next.innerHTML !== part.innerHTML) {
      part.replaceChildren(...[...next.childNodes].map((node) => document.importNode(node, true)));
    }
  }
  document.title = fresh.title;
};

const look = async (failures) => {
  try {
    const response = await fetch(location.href, { headers: { accept: 'text/html' }, cache: 'no-store' });
    if (!response.ok) throw new Error(`status ${response.status}`);
    exchange(new DOMParser().parseFromString(await response.text(), 'text/html'));
    plan(0);
  } catch {
    plan(failures + 1);
  }
};

// Waits longer after each failure, a minute at most, and stops when the page says that it is finished.
const plan = (failures) => {
  if (!document.querySelector('[data-propagating]')) return;
  setTimeout(() => look(failures), Math.min(seconds * 2 ** failures, 60) * 1000);
};

plan(0);
