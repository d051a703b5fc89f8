// The record as it was knowable on a day: what became known later is hidden, questions take the state
// they had. The form stands hidden in the page; without script the whole record is there.
{
  const form = document.querySelector('[data-asof]');
  const known = [...document.querySelectorAll('[data-known]')].filter((part) => part.dataset.known);
  const days = [...new Set(known.map((part) => part.dataset.known))].sort();
  if (form && days.length > 1) {
    const { day, shown } = form.elements;
    const printed = new Intl.DateTimeFormat(document.documentElement.lang === 'en' ? 'en-GB' : 'zh-CN', { dateStyle: 'long', timeZone: 'UTC' });
    const said = (text) => printed.format(new Date(`${text}T00:00:00Z`));
    day.max = String(days.length - 1);
    const show = () => {
      const today = days[Number(day.value)];
      for (const part of known) part.toggleAttribute('data-later', part.dataset.known > today);
      for (const question of document.querySelectorAll('[data-moves]')) {
        const state = question.querySelector('.state');
        state.dataset.now ??= state.textContent;
        const moves = question.dataset.moves.split('|').filter(Boolean).map((move) => move.split('='));
        const last = moves.filter(([on]) => on <= today).at(-1);
        const whole = Number(day.value) === days.length - 1;
        state.textContent = whole ? state.dataset.now : last ? last[1] : question.dataset.first;
      }
      document.body.toggleAttribute('data-past', Number(day.value) < days.length - 1);
      shown.value = said(today);
      day.setAttribute('aria-valuetext', said(today));
      const address = new URL(location.href);
      if (Number(day.value) < days.length - 1) address.searchParams.set('asof', today);
      else address.searchParams.delete('asof');
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
