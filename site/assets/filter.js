// Filters of a list of incidents: by kind, by whether it is open, by what it rests on. The form stands
// hidden in the page; without script the whole list is there.
for (const form of document.querySelectorAll('[data-filters]')) {
  const rows = [...document.querySelectorAll('[data-filter] > li')];
  if (rows.length < 4) {
    form.remove();
    continue;
  }
  const kinds = form.elements.kind;
  const names = new Map();
  for (const row of rows) {
    const labels = row.querySelectorAll('.type');
    row.dataset.kinds.split(' ').forEach((kind, at) => kind && names.set(kind, labels[at]?.textContent ?? kind));
  }
  for (const [kind, name] of [...names].sort((a, b) => a[1].localeCompare(b[1]))) kinds.add(new Option(name, kind));
  const show = () => {
    const { kind, open, basis } = form.elements;
    let shown = 0;
    for (const row of rows) {
      const fits = (!kind.value || row.dataset.kinds.split(' ').includes(kind.value))
        && (!open.value || row.dataset.open === open.value)
        && (!basis.value || row.dataset.basis === basis.value);
      row.hidden = !fits;
      shown += fits;
    }
    for (const list of document.querySelectorAll('[data-filter]')) {
      const section = list.closest('section');
      section.hidden = [...list.children].every((row) => row.hidden);
    }
    form.elements.shown.value = `${shown} / ${rows.length}`;
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    history.replaceState(null, '', query.size ? `?${query}` : location.pathname + location.hash);
  };
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (form.elements[name]?.tagName === 'SELECT') form.elements[name].value = value;
  }
  form.addEventListener('input', show);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(show));
  form.hidden = false;
  show();
}
