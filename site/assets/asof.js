// The record as it was knowable on a day: what became known later is hidden, questions take the state they had,
// what is counted is counted anew, and what tells of today only goes. The form stands hidden in the page;
// without script the whole record is there.
{
  const form = document.querySelector('[data-asof]');
  const known = [...document.querySelectorAll('[data-known]')].filter((part) => part.dataset.known);
  const days = [...new Set(known.map((part) => part.dataset.known))].sort();
  if (form && days.length > 1) {
    const { day, shown } = form.elements;
    const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
    const questions = all('[data-moves]');
    const counts = all('[data-counts]');
    // What is empty once all inside it is hidden: sections, what is folded, lists and the headings above them.
    const holders = all('section, details, .ledger, .glance dl > div, .questions').filter((holder) => !holder.dataset.known)
      .map((holder) => [holder, all('[data-known]', holder)]).filter(([, parts]) => parts.length);
    const printed = new Intl.DateTimeFormat(document.documentElement.lang === 'en' ? 'en-GB' : 'zh-CN', { dateStyle: 'long', timeZone: 'UTC' });
    const said = (text) => printed.format(new Date(`${text}T00:00:00Z`));
    day.max = String(days.length - 1);

    const stateOf = (question, today, whole) => {
      const state = question.querySelector('.state');
      state.dataset.now ??= state.textContent;
      question.dataset.now ??= question.className;
      const moves = question.dataset.moves.split('|').filter(Boolean).map((move) => move.split('='));
      const [, word, name] = moves.filter(([on]) => on <= today).at(-1) ?? ['', 'open', question.dataset.first];
      state.textContent = whole ? state.dataset.now : name;
      question.className = whole ? question.dataset.now : `question ${word}`;
    };
    const empty = () => {
      const hidden = holders.filter(([, parts]) => parts.every((part) => part.closest('[data-later]')));
      for (const [holder] of hidden) holder.toggleAttribute('data-later', true);
      for (const holder of all('.questions')) {
        const heading = holder.previousElementSibling;
        if (heading?.matches('h3')) heading.toggleAttribute('data-later', holder.hasAttribute('data-later'));
      }
      for (const link of all('.jump a')) {
        const section = document.getElementById(link.hash.slice(1))?.closest('section');
        const gone = section?.hasAttribute('data-later') || (link.querySelector('.count')?.textContent === '0');
        link.toggleAttribute('data-later', Boolean(gone));
      }
    };
    // What numbers count, and their words: once on the page.
    const kinds = new Map(all('data', form).map((kind) => [kind.value, kind.dataset]));
    // On which reports each source rests.
    const rootsOf = (row) => row.dataset.roots.split('|').filter(Boolean);
    const roots = new Map(all('tr[data-roots]').map((row) => [row.dataset.source, rootsOf(row)]));
    const found = (number) => {
      const what = number.dataset.counts;
      const around = number.closest('details, .claim, .ledger, article');
      const parts = all(kinds.get(what).parts, around).filter((part) => !part.closest('[data-later]'));
      if (what === 'named') return new Set(parts.flatMap(rootsOf)).size;
      if (what === 'reports') return new Set(parts.flatMap((part) => roots.get(part.dataset.source) ?? [])).size;
      return new Set(parts.map((part) => part.dataset.source ?? part)).size;
    };
    // What a passage rests on may be other than what its article does: then only the number of today is known.
    for (const number of all('[data-counts="reports"]')) {
      if (found(number) !== Number(number.dataset.of)) number.parentElement.toggleAttribute('data-today', true);
    }
    const count = (whole) => {
      for (const number of counts) {
        number.dataset.now ??= number.textContent;
        const { counts: what, now } = number.dataset;
        const { many, one } = kinds.get(what);
        const n = whole ? 0 : found(number);
        number.textContent = whole ? now : n === 1 ? one : many.replace('{n}', n);
        if (what === 'reports') number.parentElement.toggleAttribute('data-later', !whole && n === 0);
      }
    };
    const show = () => {
      const today = days[Number(day.value)];
      const whole = Number(day.value) === days.length - 1;
      for (const question of questions) stateOf(question, today, whole);
      for (const part of all('[data-later]')) part.removeAttribute('data-later');
      for (const part of known) part.toggleAttribute('data-later', part.dataset.known > today);
      count(whole);
      empty();
      document.body.toggleAttribute('data-past', !whole);
      shown.value = said(today);
      day.setAttribute('aria-valuetext', said(today));
      const address = new URL(location.href);
      if (whole) address.searchParams.delete('asof');
      else address.searchParams.set('asof', today);
      history.replaceState(null, '', address);
    };
    const asked = new URLSearchParams(location.search).get('asof');
    const upto = asked ? days.filter((text) => text <= asked).length - 1 : days.length - 1;
    day.value = String(Math.max(0, upto));
    day.addEventListener('input', show);
    form.addEventListener('submit', (event) => event.preventDefault());
    form.hidden = false;
    show();
  } else {
    form?.remove();
  }
}
