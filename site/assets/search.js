// The search of the published site: no server, no library. It speaks the query language of the
// program (src/model/query), cuts text like it (src/model/terms) and reads the index piece by piece
// (src/view/shards.rs). The cases of tests/cases/search/ hold the three together.
//
// With a server behind the page (`casebook serve`), the server searches and this only asks it.
'use strict';
(() => {
  const source = globalThis.document?.currentScript?.src;

  // ---- Words -----------------------------------------------------------------------------------

  const isHan = (c) => {
    const p = c.codePointAt(0);
    return (p >= 0x3005 && p <= 0x3007) || (p >= 0x3040 && p <= 0x30ff) || (p >= 0x3400 && p <= 0x4dbf)
      || (p >= 0x4e00 && p <= 0x9fff) || (p >= 0xac00 && p <= 0xd7af) || (p >= 0xf900 && p <= 0xfaff)
      || (p >= 0x20000 && p <= 0x3ffff);
  };
  const isName = (c) => c !== undefined && /[\p{Alphabetic}\p{N}\p{M}]/u.test(c) && !isHan(c);
  const isSign = (c) => c !== undefined && '-\u2010\u2011_./&'.includes(c);
  const isLetter = (c) => /\p{Alphabetic}/u.test(c);
  const isDigit = (c) => c >= '0' && c <= '9';
  const foldChar = (c) => c.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const PARTS_MAX = 6;
  const SURFACE = "'";

  /// A value of a field as it is compared.
  function fold(text) {
    let out = '';
    for (const c of text) {
      if (/[\p{Alphabetic}\p{N}\p{M}+#&]/u.test(c)) out += foldChar(c);
      else if (out && !out.endsWith(' ')) out += ' ';
    }
    return out.trimEnd();
  }

  /// Runs of Chinese, and names with their parts; places are UTF-16 units of the text.
  function runs(text) {
    const chars = [];
    let unit = 0;
    for (const c of text) { chars.push({ c, from: unit, to: unit + c.length }); unit += c.length; }
    const at = (i) => chars[i]?.c;
    const found = [];
    let i = 0;
    const part = () => {
      let folded = foldChar(at(i));
      const from = chars[i].from;
      let to = chars[i].to, last = at(i);
      i++;
      for (;;) {
        while (isName(at(i))) { folded += foldChar(at(i)); to = chars[i].to; last = at(i); i++; }
        const sign = at(i), next = at(i + 1);
        if (sign === undefined || !isName(next)) break;
        if (sign === "'" || sign === '’') {
          if ((next === 's' || next === 'S') && !isName(at(i + 2))) { i += 2; break; }
          i++;
          continue;
        }
        if (sign === '.' && isDigit(last) && isDigit(next)) { folded += '.'; i++; continue; }
        break;
      }
      let signed = null;
      if (isLetter(last) && (at(i) === '+' || at(i) === '#')) {
        signed = folded;
        while (at(i) === '+' || at(i) === '#') {
          if (signed.length < folded.length + 2) { signed += at(i); to = chars[i].to; }
          i++;
        }
      }
      return { folded, signed, from, to };
    };
    while (i < chars.length) {
      if (isHan(at(i))) {
        const han = [];
        while (i < chars.length && isHan(at(i))) han.push(chars[i++]);
        found.push({ han });
      } else if (isName(at(i))) {
        const parts = [part()];
        while (isSign(at(i)) && isName(at(i + 1))) { i++; parts.push(part()); }
        found.push({ parts });
      } else i++;
    }
    return found;
  }

  const whole = (parts) => parts.map((p) => p.signed ?? p.folded).join('-');
  const stemmed = (word) => (/^[a-z]{3,}$/.test(word) ? stem(word) : word);

  /// The fewest terms a text has to hold, with their positions.
  function wanted(text) {
    const terms = [];
    let at = 0;
    for (const { han, parts } of runs(text)) {
      if (han) {
        const last = Math.max(han.length - 2, 0);
        han.forEach(({ c }, i) => {
          if (han.length === 1 || (i + 1 < han.length && (i % 2 === 0 || i === last))) {
            terms.push({ text: c + (han[i + 1]?.c ?? ''), at: at + i });
          }
        });
        at += han.length;
      } else {
        if (parts.length >= 2 && parts.length <= PARTS_MAX) terms.push({ text: whole(parts), at });
        else parts.forEach((p, i) => terms.push({ text: p.signed ?? stemmed(p.folded), at: at + i }));
        at += parts.length;
      }
    }
    return terms;
  }

  /// Every term of a text with its place, for marking.
  function eachTerm(text, put) {
    for (const { han, parts } of runs(text)) {
      if (han) {
        han.forEach(({ c, from, to }, i) => {
          put(c, from, to);
          if (han[i + 1]) put(c + han[i + 1].c, from, han[i + 1].to);
        });
        continue;
      }
      parts.forEach((p, i) => {
        if (!p.signed || [...p.folded].length > 1) {
          put(stemmed(p.folded), p.from, p.to);
          put(SURFACE + p.folded, p.from, p.to);
        }
        if (p.signed) put(p.signed, p.from, p.to);
        if (parts.length <= PARTS_MAX) {
          for (let j = i + 1; j < parts.length; j++) put(whole(parts.slice(i, j + 1)), p.from, parts[j].to);
        }
      });
    }
  }

  /// How a word has to begin that is typed in part.
  function opening(text) {
    const found = runs(text);
    if (found.length !== 1) return null;
    const [{ han, parts }] = found;
    return han ? han.map(({ c }) => c).join('') : whole(parts);
  }

  const scripts = (text) => {
    const found = [];
    let before = null;
    for (const c of text) {
      const han = isHan(c);
      if (han === before) found[found.length - 1] += c;
      else found.push(c);
      before = han;
    }
    return found;
  };

  /// Words of a run of Chinese; what the dictionary does not have stays in one piece.
  function hanWords(run) {
    if ([...run].length <= 2 || !globalThis.Intl?.Segmenter) return [run];
    const words = [];
    let single = false;
    for (const { segment } of new Intl.Segmenter('zh', { granularity: 'word' }).segment(run)) {
      const now = [...segment].length === 1;
      if (now && single) words[words.length - 1] += segment;
      else words.push(segment);
      single = now;
    }
    return words;
  }

  // Snowball's English stemmer, on words of small letters.
  const EXCEPTIONS = { skis: 'ski', skies: 'sky', idly: 'idl', gently: 'gentl', ugly: 'ugli', early: 'earli', only: 'onli',
    singly: 'singl', sky: 'sky', news: 'news', howe: 'howe', atlas: 'atlas', cosmos: 'cosmos', bias: 'bias', andes: 'andes' };
  const STEP2 = [['ational', 'ate'], ['ization', 'ize'], ['fulness', 'ful'], ['ousness', 'ous'], ['iveness', 'ive'],
    ['tional', 'tion'], ['biliti', 'ble'], ['lessli', 'less'], ['entli', 'ent'], ['ation', 'ate'], ['alism', 'al'], ['aliti', 'al'],
    ['ousli', 'ous'], ['iviti', 'ive'], ['fulli', 'ful'], ['ogist', 'og'], ['enci', 'ence'], ['anci', 'ance'], ['abli', 'able'],
    ['izer', 'ize'], ['ator', 'ate'], ['alli', 'al'], ['bli', 'ble'], ['ogi', null], ['li', null]];
  const STEP3 = [['ational', 'ate'], ['tional', 'tion'], ['alize', 'al'], ['icate', 'ic'], ['iciti', 'ic'], ['ative', null],
    ['ical', 'ic'], ['ness', ''], ['ful', '']];
  const STEP4 = ['ement', 'ance', 'ence', 'able', 'ible', 'ment', 'ant', 'ent', 'ism', 'ate', 'iti', 'ous', 'ive', 'ize', 'ion', 'al', 'er', 'ic'];
  const isVowel = (c) => c !== undefined && 'aeiouy'.includes(c);

  function stem(word) {
    if (Object.hasOwn(EXCEPTIONS, word)) return EXCEPTIONS[word];
    if (word.length < 3) return word;
    let w = word[0] === 'y' ? 'Y' + word.slice(1) : word;
    for (let i = 1; i < w.length; i++) {
      if (w[i] === 'y' && isVowel(w[i - 1])) w = w.slice(0, i) + 'Y' + w.slice(i + 1);
    }
    const region = (from) => {
      let i = from;
      while (i < w.length && !isVowel(w[i])) i++;
      while (i < w.length && isVowel(w[i])) i++;
      return i < w.length ? i + 1 : w.length;
    };
    const start = /^(arsen|commun|emerg|gener|inter|later|organ|past|univers)/.exec(w);
    const p1 = start ? start[0].length : region(0);
    const p2 = region(p1);
    const short = (end) => {
      const s = w.slice(0, end);
      const n = s.length;
      if (n >= 3 && !isVowel(s[n - 1]) && !'wxY'.includes(s[n - 1]) && isVowel(s[n - 2]) && !isVowel(s[n - 3])) return true;
      if (n === 2 && !isVowel(s[1]) && isVowel(s[0])) return true;
      return s.endsWith('past');
    };
    const hasVowel = (s) => [...s].some(isVowel);
    // 1a
    if (w.endsWith('sses')) w = w.slice(0, -2);
    else if (/(ied|ies)$/.test(w)) w = w.slice(0, -3) + (w.length > 4 ? 'i' : 'ie');
    else if (w.endsWith('s') && !/(us|ss)$/.test(w) && hasVowel(w.slice(0, -2))) w = w.slice(0, -1);
    // 1b
    const b = /(eedly|ingly|edly|eed|ing|ed)$/.exec(w)?.[0];
    if (b === 'eed' || b === 'eedly') {
      const base = w.slice(0, -b.length);
      if (base.length >= p1 && !['succ', 'proc', 'exc'].includes(base)) w = base + 'ee';
    } else if (b) {
      const base = w.slice(0, -b.length);
      const kept = b === 'ing' && ['even', 'cann', 'inn', 'earr', 'herr', 'out'].includes(base);
      if (b === 'ing' && /^[^aeiouy]y$/.test(base)) w = base[0] + 'ie';
      else if (!kept && hasVowel(base)) {
        w = base;
        if (/(at|bl|iz)$/.test(w)) w += 'e';
        else if (/(bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(w)) { if (!/^[aeo](bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(w)) w = w.slice(0, -1); }
        else if (w.length === p1 && short(w.length)) w += 'e';
      }
    }
    // 1c
    if (/[yY]$/.test(w) && w.length > 2 && !isVowel(w[w.length - 2])) w = w.slice(0, -1) + 'i';
    // 2
    const two = STEP2.find(([suffix]) => w.endsWith(suffix));
    if (two && w.length - two[0].length >= p1) {
      const base = w.slice(0, -two[0].length);
      if (two[1] !== null) w = base + two[1];
      else if (two[0] === 'ogi') { if (base.endsWith('l')) w = base + 'og'; }
      else if (/[cdeghkmnrt]$/.test(base)) w = base;
    }
    // 3
    const three = STEP3.find(([suffix]) => w.endsWith(suffix));
    if (three && w.length - three[0].length >= p1) {
      const base = w.slice(0, -three[0].length);
      if (three[1] !== null) w = base + three[1];
      else if (base.length >= p2) w = base;
    }
    // 4
    const four = STEP4.find((suffix) => w.endsWith(suffix));
    if (four && w.length - four.length >= p2) {
      const base = w.slice(0, -four.length);
      if (four !== 'ion' || /[st]$/.test(base)) w = base;
    }
    // 5
    if (w.endsWith('e')) {
      if (w.length - 1 >= p2 || (w.length - 1 >= p1 && !short(w.length - 1))) w = w.slice(0, -1);
    } else if (w.endsWith('ll') && w.length - 1 >= p2) w = w.slice(0, -1);
    return w.replaceAll('Y', 'y');
  }

  // ---- How near two words are ------------------------------------------------------------------

  const tolerance = (n) => (n < 4 ? 0 : n < 8 ? 1 : 2);

  function distance(a, b, most) {
    a = [...a]; b = [...b];
    if (Math.abs(a.length - b.length) > most) return null;
    let before = [], last = [...Array(b.length + 1).keys()];
    for (let i = 0; i < a.length; i++) {
      const row = [i + 1];
      for (let j = 0; j < b.length; j++) {
        let best = Math.min(last[j] + (a[i] !== b[j]), last[j + 1] + 1, row[j] + 1);
        if (i && j && a[i - 1] === b[j] && a[i] === b[j - 1]) best = Math.min(best, before[j - 1] + 1);
        row.push(best);
      }
      if (Math.min(...row) > most) return null;
      before = last; last = row;
    }
    return last[b.length] <= most ? last[b.length] : null;
  }

  function nearest(word, all) {
    const folded = word.toLowerCase();
    const most = Math.max(tolerance([...folded].length), 1);
    let best = null;
    for (const other of all) {
      const off = distance(folded, other.toLowerCase(), most);
      if (off !== null && (best === null || off < best.off)) best = { off, other };
    }
    return best?.other ?? null;
  }

  // ---- The query language ----------------------------------------------------------------------

  const FIELDS = {
    kind: ['kind', '种类'], vendor: ['vendor', 'party', '厂商', '公司'], product: ['product', '产品'], person: ['person', '人物'],
    outlet: ['outlet', '媒体'], type: ['type', '类型'], role: ['role', '角色'], stance: ['stance', '立场'],
    speaker: ['speaker', '发言人', '说话人'], target: ['target', '对象'], status: ['status', '状态'], question: ['question', '问题'],
    dispute: ['dispute', '争端', '纠纷'], lang: ['lang', 'language', '语言'], year: ['year', '年份'], is: ['is', '是'],
    roots: ['roots', '信源'], date: ['date', '日期'], known: ['known', '得知'],
  };
  const KINDS = ['incident', 'claim', 'question', 'event', 'article', 'vendor'];
  const WEIGHTS = [2, 1.2, 1.1, 1, 1, 0.8];
  const WORDS = {
    kind: KINDS,
    stance: ['alleges', 'asserts', 'confirms', 'denies', 'announces', 'demands', 'predicts', 'declines', 'silent'],
    status: ['open', 'resolved', 'settled', 'escalating'],
    question: ['open', 'contested', 'partly_answered', 'answered', 'stale', 'moot', 'superseded'],
    is: ['contradicted', 'proposed', 'entered', 'overdue', 'quoted', 'hedged', 'copied', 'captured'],
  };
  const ROLES = ['initiator', 'respondent', 'authority', 'affected', 'observer'];
  const SORTS = ['best', 'newest', 'oldest', 'known', 'changed'];
  const shape = (field) => (WORDS[field] ? 'word' : field === 'role' ? 'role' : field === 'roots' || field === 'year' ? 'count'
    : field === 'date' || field === 'known' ? 'days' : 'name');
  const fieldOf = (word) => Object.keys(FIELDS).find((field) => FIELDS[field].includes(word.toLowerCase()));

  class QueryError extends Error {
    constructor(at, message, suggestion = null) { super(message); this.at = at; this.suggestion = suggestion; }
  }

  const QUOTES = '"“”「」『』', OPEN = '(（', CLOSE = ')）';

  function lex(text) {
    const chars = [...text];
    const pieces = [];
    let i = 0;
    const isSpace = (c) => /\s/u.test(c);
    const quoted = () => {
      const from = i + 1;
      let out = '';
      for (i++; i < chars.length && !QUOTES.includes(chars[i]); i++) out += chars[i];
      if (i >= chars.length) throw new QueryError(from, 'this quotation mark is never closed; add one at the end');
      i++;
      return out;
    };
    while (i < chars.length) {
      const c = chars[i], at = i + 1;
      if (isSpace(c)) i++;
      else if (OPEN.includes(c)) { pieces.push({ at, is: '(' }); i++; }
      else if (CLOSE.includes(c)) { pieces.push({ at, is: ')' }); i++; }
      else if (QUOTES.includes(c)) pieces.push({ at, is: 'phrase', text: quoted() });
      else if (c === '-' && i + 1 < chars.length && !isSpace(chars[i + 1])) { pieces.push({ at, is: 'NOT' }); i++; }
      else {
        let word = '';
        while (i < chars.length && !isSpace(chars[i]) && !(OPEN + CLOSE + QUOTES).includes(chars[i])) word += chars[i++];
        const colon = word.search(/[:：]/);
        const field = word.slice(0, colon), rest = word.slice(colon + 1);
        if (['AND', 'OR', 'NOT'].includes(word)) pieces.push({ at, is: word });
        else if (colon < 1 || !/^[\p{Alphabetic}_]+$/u.test(field) || rest.startsWith('//')) pieces.push({ at, is: 'word', text: word });
        else {
          const place = at + [...field].length + 1;
          const next = chars[i];
          if (!rest && next !== undefined && OPEN.includes(next)) { i++; pieces.push({ at, is: 'field(', field: field.toLowerCase() }); continue; }
          let value = rest;
          if ((!rest || /[=<>]$/.test(rest)) && next !== undefined && QUOTES.includes(next)) value += quoted();
          pieces.push({ at, is: 'field', field: field.toLowerCase(), value, place });
        }
      }
    }
    return pieces;
  }

  function known(at, word) {
    const field = fieldOf(word);
    if (field) return field;
    const near = nearest(word, [...Object.values(FIELDS).flat(), 'asof', 'sort']);
    const advice = near ? `did you mean “${near}:”?`
      : `fields are ${Object.keys(FIELDS).join(', ')}, sort, asof; to look for these letters, put them in quotation marks`;
    throw new QueryError(at, `there is no field “${word}”; ${advice}`, near && `${near}:`);
  }

  function oneOf(field, at, text, words) {
    const folded = text.toLowerCase().replace(/[- ]/g, '_');
    if (words.includes(folded)) return folded;
    const near = nearest(folded, words);
    const advice = near ? `did you mean “${near}”?` : `write one of ${words.join(', ')}`;
    throw new QueryError(at, `“${text}” is no value of “${field}:”; ${advice}`, near);
  }

  function limit(text) {
    for (const [how, signs] of [['upto', ['<=', '≤', '＜=']], ['from', ['>=', '≥', '＞=']], ['below', ['<', '＜']], ['above', ['>', '＞']], ['exactly', ['=', '＝']]]) {
      const sign = signs.find((s) => text.startsWith(s));
      if (sign) return [how, text.slice(sign.length).trim()];
    }
    const dots = text.indexOf('..');
    if (dots >= 0 && !text.includes('/')) return ['between', text.slice(0, dots).trim(), text.slice(dots + 2).trim()];
    return ['plain', text];
  }

  const DAY = 86400000;
  const dayNumber = (y, m, d) => {
    const date = new Date(Date.UTC(2000, m - 1, d));
    date.setUTCFullYear(y, m - 1, d);
    return Math.round(date.getTime() / DAY);
  };
  const dayText = (n) => new Date(n * DAY).toISOString().slice(0, 10);

  /// First and last day of a point of EDTF.
  function point(text) {
    const m = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text.replace(/[~?%]+$/, ''));
    if (!m || m[1] === '0000') return null;
    const y = +m[1], mo = m[2] && +m[2], d = m[3] && +m[3];
    if (!m[2]) return [dayNumber(y, 1, 1), dayNumber(y, 12, 31)];
    if (m[3]) {
      const n = dayNumber(y, mo, d);
      return mo >= 1 && mo <= 12 && new Date(n * DAY).getUTCDate() === d && d > 0 ? [n, n] : null;
    }
    if (mo >= 1 && mo <= 12) return [dayNumber(y, mo, 1), dayNumber(y, mo + 1, 0)];
    const begins = { 21: 3, 22: 6, 23: 9, 24: 12, 33: 1, 34: 4, 35: 7, 36: 10 }[mo];
    return begins ? [dayNumber(y, begins, 1), dayNumber(y, begins + 3, 0)] : null;
  }

  function edtf(text) {
    const slash = text.indexOf('/');
    if (slash < 0) return point(text);
    const from = text.slice(0, slash), to = text.slice(slash + 1);
    if (from === '..') { const p = point(to); return p && [null, p[1]]; }
    if (to === '..') { const p = point(from); return p && [p[0], null]; }
    const a = point(from), b = point(to);
    return a && b && a[0] <= b[1] ? [a[0], b[1]] : null;
  }

  function count(field, text, at) {
    const number = (t) => (/^\+?\d+$/.test(t) && +t <= 4294967295 ? +t : null);
    const [how, a, b] = limit(text);
    let range = null;
    const n = number(a);
    if (how === 'between') {
      const m = number(b);
      if (a === '' && b === '') range = null;
      else if (a === '') range = m === null ? null : [0, m];
      else if (b === '') range = n === null ? null : [n, null];
      else range = n === null || m === null ? null : [n, m];
    } else if (n !== null) range = { below: [0, n > 0 ? n - 1 : null], upto: [0, n], above: [n + 1, null], from: [n, null] }[how] ?? [n, n];
    if (!range) throw new QueryError(at, `“${text}” is no number; write ${field}:2, ${field}:>=2, ${field}:<5 or ${field}:2..5`);
    if ((range[1] !== null && range[1] < range[0]) || text.startsWith('<0')) throw new QueryError(at, `the range “${text}” holds no number`);
    return { is: 'count', field, from: range[0], to: range[1] };
  }

  function days(field, text, at) {
    const date = (t) => {
      const found = edtf(t);
      if (!found) throw new QueryError(at, `“${t}” is no date; write 2026, 2026-07, 2026-07-10, 2026-06..2026-07 or <2026-07-01`);
      return found;
    };
    const [how, a, b] = limit(text);
    const step = (day, by) => (day === null ? null : day + by);
    let first = null, last = null;
    if (how === 'between') {
      if (a === '' && b === '') throw new QueryError(at, 'the range has no end; write 2026-06.., ..2026-07 or 2026-06..2026-07');
      if (a !== '') [first] = date(a);
      if (b !== '') [, last] = date(b);
    } else {
      const d = date(a);
      if (how === 'below') last = step(d[0], -1);
      else if (how === 'upto') [, last] = d;
      else if (how === 'above') first = step(d[1], 1);
      else if (how === 'from') [first] = d;
      else [first, last] = d;
    }
    if (first !== null && last !== null && last < first) throw new QueryError(at, `the range “${text}” ends before it begins; turn it round`);
    return { is: 'days', field, first, last, surely: how === 'exactly' };
  }

  function condition(at, word, value, place) {
    const field = known(at, word);
    const text = value.trim();
    if (!text) {
      const example = { name: `write a name, as in ${field}:"Orison Labs"`, word: `write one of ${WORDS[field]?.join(', ')}`, role: `write one of ${ROLES.join(', ')}`,
        count: `write a number or a range, as in ${field}:>=2`, days: `write a date or a range, as in ${field}:2026-06..2026-07` }[shape(field)];
      throw new QueryError(place, `a value is missing after “${field}:”; ${example}`);
    }
    switch (shape(field)) {
      case 'word': return { is: 'is', field, value: oneOf(field, place, text, WORDS[field]) };
      case 'role': {
        const equals = value.indexOf('=');
        const who = equals < 0 ? '' : value.slice(equals + 1).trim();
        const part = oneOf(field, place, (equals < 0 ? value : who ? value.slice(0, equals) : value.replace(/=+$/, '')).trim(), ROLES);
        return { is: 'is', field, value: who ? `${part}=${who}` : part };
      }
      case 'count': return count(field, text, place);
      case 'days': return days(field, text, place);
      default: return { is: 'is', field, value: text };
    }
  }

  function searchable(at, text) {
    if (!wanted(text).length) throw new QueryError(at, `“${text}” holds no letter and no digit to look for; take it out`);
  }

  function wordQuery(at, word) {
    if (word.endsWith('*')) {
      const prefix = word.slice(0, -1);
      if (opening(prefix) === null || prefix.includes('*')) throw new QueryError(at, 'a star stands behind the beginning of one word, as in distil*');
      return { is: 'prefix', text: prefix };
    }
    const fuzzy = /^([^~]*)~([12]?)$/s.exec(word);
    if (fuzzy) {
      searchable(at, fuzzy[1]);
      return { is: 'fuzzy', text: fuzzy[1], most: fuzzy[2] ? +fuzzy[2] : null };
    }
    // eslint-disable-next-line no-control-regex
    if (word.includes('~') && /^[\x00-\x7f]*$/.test(word)) {
      throw new QueryError(at + word.indexOf('~'), 'behind “~” stands nothing, 1 or 2: how many letters may differ');
    }
    searchable(at, word);
    return { is: 'word', text: word };
  }

  const flat = (is, list) => {
    const all = list.flatMap((q) => (q.is === is ? q.list : [q]));
    return all.length === 1 ? all[0] : { is, list: all };
  };

  /// Parses what a person typed: { query, sort, asOf }.
  function parse(text) {
    const length = [...text].length;
    if (length > 2000) throw new QueryError(2001, `a query has at most 2000 characters, not ${length}`);
    let sort = null, asOf = null, depth = 0;
    const pieces = [];
    for (const piece of lex(text)) {
      if (piece.is === '(' || piece.is === 'field(') depth++;
      if (piece.is === ')') depth = Math.max(depth - 1, 0);
      const order = piece.is === 'field' && ({ sort: 'sort', 排序: 'sort', asof: 'asof', 截至: 'asof' })[piece.field];
      if (!order) { pieces.push(piece); continue; }
      const before = pieces.at(-1)?.is;
      if (depth > 0 || before === 'NOT' || before === 'OR') {
        throw new QueryError(piece.at, `“${piece.field}:” concerns the whole search; write it at the end, by itself`);
      }
      const value = piece.value.trim();
      if (!value) throw new QueryError(piece.place, `a value is missing after “${piece.field}:”`);
      const twice = order === 'sort' ? sort !== null : asOf !== null;
      if (order === 'sort') {
        sort = value.toLowerCase();
        if (!SORTS.includes(sort)) throw new QueryError(piece.place, `“${value}” is no order; write one of ${SORTS.join(', ')}`, nearest(sort, SORTS));
      } else {
        asOf = edtf(value)?.[1] ?? null;
        if (asOf === null) throw new QueryError(piece.place, `“${value}” is no day; write asof:2026-07-01`);
      }
      if (twice) throw new QueryError(piece.at, `“${piece.field}:” stands twice; keep one`);
    }
    if (pieces.length > 256) throw new QueryError(pieces[256].at, 'a query has at most 256 words and conditions');
    let next = 0, field = null;
    const take = (is) => pieces[next]?.is === is && (next++, true);
    const inside = (at, level) => {
      if (level >= 64) throw new QueryError(at, 'more than 64 parentheses inside each other');
      const inner = or(level + 1);
      if (take(')')) return inner;
      throw new QueryError(at, 'this parenthesis is never closed; add one at the end');
    };
    const atom = (level) => {
      const piece = pieces[next];
      if (!piece) throw new QueryError(length + 1, 'a word is missing here');
      next++;
      switch (piece.is) {
        case '(': return inside(piece.at, level);
        case 'field(': {
          known(piece.at, piece.field);
          const outer = field;
          field = piece;
          const inner = inside(piece.at, level);
          field = outer;
          return inner;
        }
        case 'word': case 'phrase':
          if (field) return condition(field.at, field.field, piece.text, piece.at);
          if (piece.is === 'word') return wordQuery(piece.at, piece.text);
          searchable(piece.at, piece.text);
          return { is: 'phrase', text: piece.text };
        case 'field': return condition(piece.at, piece.field, piece.value, piece.place);
        default: throw new QueryError(piece.at, 'a word is missing before this; write one, or put it in quotation marks');
      }
    };
    const not = (level) => {
      let negated = false;
      while (take('NOT')) negated = !negated;
      const inner = atom(level);
      return negated ? { is: 'not', inner } : inner;
    };
    const and = (level) => {
      const list = [not(level)];
      for (;;) {
        const joined = take('AND');
        const ends = pieces[next] === undefined || pieces[next].is === 'OR' || pieces[next].is === ')';
        if (ends && !joined) return flat('and', list);
        list.push(not(level));
      }
    };
    const or = (level) => {
      const list = [and(level)];
      while (take('OR')) list.push(and(level));
      return flat('or', list);
    };
    let query = { is: 'all' };
    if (pieces.length) {
      query = or(0);
      if (pieces[next]) throw new QueryError(pieces[next].at, 'this parenthesis closes nothing; remove it');
    }
    return { query, sort: sort ?? 'best', asOf };
  }

  // ---- The index, piece by piece ---------------------------------------------------------------

  const waiting = new Map(), loaded = new Map();
  let load = null;

  /// Every file of the index calls this with its name and its value.
  globalThis.casebookSearch = (name, value) => { loaded.set(name, value); };

  async function file(name) {
    if (!loaded.has(name)) {
      if (!waiting.has(name)) waiting.set(name, load(name));
      await waiting.get(name);
    }
    if (!loaded.has(name)) throw new Error(`search/data/${name}.js did not arrive`);
    return loaded.get(name);
  }

  const CODES = new Uint8Array(128);
  [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'].forEach((c, i) => { CODES[c.charCodeAt(0)] = i; });

  /// The numbers of a text.
  function numbers(text) {
    const all = [];
    let value = 0, unit = 1;
    for (let i = 0; i < text.length; i++) {
      const code = CODES[text.charCodeAt(i)];
      value += (code & 31) * unit;
      if (code < 32) { all.push(value); value = 0; unit = 1; } else unit *= 32;
    }
    return all;
  }
  const signed = (n) => (n % 2 ? -(n + 1) / 2 : n / 2);
  const sums = (text) => { let at = 0; return numbers(text).map((n) => (at += n)); };

  const ROOM_MIN = 4;
  let root = null;
  async function open() {
    if (root) return root;
    const r = await file('root');
    if (r.form !== 4) throw new Error('the index is of another version; load the page again');
    // An incident has room for more documents than it holds; `real` are the numbers that are taken.
    const kind = new Uint8Array(r.docs), group = new Uint32Array(r.docs), heads = [], real = [];
    const runsOf = numbers(r.groups);
    for (let i = 0, doc = 0; i < runsOf.length;) {
      let left = runsOf[i++];
      if (!left) { doc += runsOf[i++]; continue; }
      const first = doc;
      heads.push(doc);
      for (; left > 0; left--) {
        const run = runsOf[i++], behind = doc + Math.floor(run / KINDS.length);
        kind.fill(run % KINDS.length, doc, behind);
        while (doc < behind) real.push(doc++);
      }
      group.fill(heads.length - 1, first, doc);
      let room = ROOM_MIN;
      while (room < doc - first) room *= 2;
      doc = first + room;
    }
    let before = '';
    const terms = r.terms ? r.terms.split('\n').map((line) => (before = before.slice(0, CODES[line.charCodeAt(0)]) + line.slice(1))) : [];
    root = { docs: r.docs, day: r.day, terms, shown: r.shown, past: sums(r.past), kind, group, heads, real };
    return root;
  }

  /// Which piece a key lies in.
  function piece(firsts, key) {
    let low = 0, high = firsts.length;
    while (low < high) { const mid = (low + high) >> 1; if (firsts[mid] <= key) low = mid + 1; else high = mid; }
    return Math.max(low - 1, 0);
  }

  /// The name of the file of the piece that begins so: FNV-1a, twice.
  function nameOf(first) {
    const hash = (seed) => {
      let value = 0x811c9dc5 ^ seed;
      for (let i = 0; i < first.length; i++) value = Math.imul(value ^ first.charCodeAt(i), 0x01000193);
      return (value >>> 0).toString(16).padStart(8, '0');
    };
    return `t${hash(0)}${hash(1)}`;
  }

  async function lookup(key) {
    const { terms } = await open();
    if (!terms.length) return undefined;
    const map = await file(nameOf(terms[piece(terms, key)]));
    return Object.hasOwn(map, key) ? map[key] : undefined;
  }

  /// All keys that begin so, with their values.
  async function range(prefix) {
    const { terms } = await open();
    if (!terms.length) return [];
    const from = piece(terms, prefix), to = piece(terms, prefix + '\uffff');
    const maps = await Promise.all([...Array(to - from + 1).keys()].map((i) => file(nameOf(terms[from + i]))));
    return maps.flatMap((map) => Object.entries(map)).filter(([key]) => key.startsWith(prefix));
  }

  /// The places of a term: Map of document to places (position × 4 + field).
  function places(text) {
    const found = new Map();
    const all = numbers(text);
    for (let i = 0, doc = 0; i < all.length;) {
      doc += all[i++];
      const list = [];
      for (let left = all[i++], at = 0; left > 0; left--) list.push((at += all[i++]));
      found.set(doc, list);
    }
    return found;
  }

  /// The hits of a term, four numbers each: document, and how often in headline, text and names.
  function hits(text) {
    const found = [];
    const all = numbers(text);
    for (let i = 0, doc = 0; i < all.length;) {
      const step = all[i++];
      doc += step >>> 1;
      if (step & 1) found.push(doc, 0, 1, 0);
      else { found.push(doc, all[i], all[i + 1], all[i + 2]); i += 3; }
    }
    return found;
  }

  const columns = {
    async dates() {
      const { real } = await open();
      const [ways, odd] = (await file('dates')).map(numbers);
      const first = [];
      let day = 0;
      real.forEach((doc, i) => { first[doc] = day += signed(ways[i]); });
      const last = [...first];
      for (let i = 0, at = 0; i < odd.length;) {
        const is = odd[i] % 4;
        at += Math.floor(odd[i++] / 4);
        const doc = real[at];
        if (is === 0) first[doc] = last[doc] = undefined;
        else if (is === 1) last[doc] += odd[i++];
        else if (is === 2) first[doc] = -Infinity;
        else last[doc] = Infinity;
      }
      return { first, last };
    },
    async known() {
      const { real } = await open();
      const known = [], changed = [], gone = [];
      const all = numbers(await file('known'));
      let day = 0;
      real.forEach((doc, i) => {
        known[doc] = day += signed(all[3 * i]);
        changed[doc] = day + all[3 * i + 1];
        const later = all[3 * i + 2];
        gone[doc] = later ? day + later - 1 : Infinity;
      });
      return { known, changed, gone };
    },
    async roots() {
      const { real } = await open();
      const roots = [];
      numbers(await file('roots')).forEach((count, i) => { roots[real[i]] = count; });
      return roots;
    },
  };
  const kept = {};
  const column = (name) => (kept[name] ??= columns[name]());

  // ---- Carrying out ----------------------------------------------------------------------------

  const BOOST = [2.5, 1, 0.8];

  class Run {
    constructor(n, real) { this.n = n; this.real = real; this.notes = []; this.marks = { terms: new Set(), prefixes: [] }; this.wanted = true; }

    result(has = null) { return { has: has ?? new Uint8Array(this.n), score: new Float32Array(this.n) }; }
    all() { return this.docs(this.real); }
    docs(list) { const found = this.result(); for (const doc of list) found.has[doc] = 1; return found; }

    /// Adds what hits are worth, by how rare they are.
    weigh(found, list) {
      const size = list.length / 4;
      const idf = Math.log(1 + (this.real.length - size + 0.5) / (size + 0.5));
      for (let i = 0; i < list.length; i += 4) {
        let score = 0;
        for (let field = 0; field < 3; field++) {
          const times = list[i + 1 + field];
          if (times) score += BOOST[field] * (times * 2.2) / (times + 1.2);
        }
        found.has[list[i]] = 1;
        found.score[list[i]] += idf * score;
      }
      return found;
    }

    async term(text) { const found = await lookup(`w${text}`); return found === undefined ? null : hits(found); }

    /// Terms in a row: of one its hits, of several the places where they follow each other.
    async row(terms) {
      if (this.wanted) for (const { text } of terms) this.marks.terms.add(text);
      if (!terms.length) return this.result();
      if (terms.length === 1) return this.weigh(this.result(), (await this.term(terms[0].text)) ?? []);
      const texts = await Promise.all(terms.map(({ text }) => lookup(`p${text}`)));
      if (texts.includes(undefined)) return this.result();
      const lists = texts.map(places);
      const base = terms[0].at;
      const found = [];
      for (const [doc, starts] of lists[0]) {
        const sets = lists.slice(1).map((list) => new Set(list.get(doc) ?? []));
        const at = starts.filter((start) => sets.every((set, i) => set.has(start + (terms[i + 1].at - base) * 4)));
        if (at.length) found.push(doc, ...[0, 1, 2].map((field) => at.filter((place) => place % 4 === field).length));
      }
      return this.weigh(this.result(), found);
    }

    async near(folded, most) {
      const first = [...folded][0];
      const limitTo = most ?? tolerance([...folded].length);
      const found = [];
      for (const sign of ['', SURFACE]) {
        for (const [key, value] of await range(`w${sign}${first}`)) {
          const off = distance(folded, key.slice(1 + sign.length), limitTo);
          if (off !== null) found.push({ off, term: key.slice(1), value });
        }
      }
      const df = (entry) => (entry.df ??= hits(entry.value).length);
      return found.sort((a, b) => a.off - b.off || df(b) - df(a) || (a.term < b.term ? -1 : 1)).slice(0, 50);
    }

    async rowOf(text) {
      const terms = wanted(text);
      if (terms.length === 1 && (await this.term(terms[0].text)) === null) {
        const folded = opening(text);
        const near = folded && !isHan(folded) ? await this.near(folded, null) : [];
        if (near.length) {
          const word = near[0].term.replace(/^'/, '');
          this.notes.push(`no document holds “${text}”; searched for “${word}” as well`);
          return this.row(wanted(word));
        }
      }
      return this.row(terms);
    }

    async word(text) {
      const parts = scripts(text).flatMap((s) => (isHan(s) ? hanWords(s) : wanted(s).length ? [s] : []));
      if (parts.length < 2) return this.rowOf(parts[0] ?? text);
      return this.every(await Promise.all(parts.map((part) => this.rowOf(part))));
    }

    every(list) {
      const found = this.all();
      for (const { has, score } of list) for (let i = 0; i < this.n; i++) { found.has[i] &= has[i]; found.score[i] += score[i]; }
      return found;
    }

    some(list) {
      const found = this.result();
      for (const { has, score } of list) for (let i = 0; i < this.n; i++) { found.has[i] |= has[i]; if (has[i]) found.score[i] += score[i]; }
      return found;
    }

    async key(field, value) {
      const found = await lookup(`=${field}=${value}`);
      return this.docs(found === undefined ? [] : sums(Array.isArray(found) ? found[0] : found));
    }

    async named(field, name, made) {
      const rows = ((await lookup(`~${fold(name)}`)) ?? []).filter(([of]) => of === field);
      if (rows.length) return this.some(await Promise.all(rows.map(([, key]) => made(key))));
      const near = await this.nearName(field, fold(name));
      this.notes.push(`nothing on record has ${field}:“${name}”${near ? `; did you mean “${near}”?` : ''}`);
      return made(fold(name));
    }

    /// The label of the name on record that is nearest to one that is not.
    async nearName(field, folded) {
      const most = Math.max(tolerance([...folded].length), 1);
      let best = null;
      for (const [key, rows] of folded ? await range(`~${[...folded][0]}`) : []) {
        const other = key.slice(1), row = rows.find(([of]) => of === field);
        const far = row && (other.startsWith(folded) ? 1 : distance(folded, other, most));
        if (far === undefined || far === null) continue;
        const rank = [far, [...other].length];
        if (!best || rank[0] < best.rank[0] || (rank[0] === best.rank[0] && rank[1] < best.rank[1])) best = { rank, label: row[2] };
      }
      return best?.label ?? null;
    }

    /// Asks for the pieces of several words at once.
    ahead(list) {
      const words = list.filter(({ is }) => is === 'word').flatMap(({ text }) => wanted(text));
      if (list.length > 1) for (const { text } of words) lookup(`w${text}`).catch(() => {});
    }

    async evaluate(q) {
      switch (q.is) {
        case 'all': return this.all();
        case 'word': return this.word(q.text);
        case 'phrase': return this.rowOf(q.text);
        case 'prefix': {
          const prefix = opening(q.text);
          if (isHan(prefix)) return this.rowOf(prefix);
          if (this.wanted) this.marks.prefixes.push(prefix);
          const found = this.result();
          for (const sign of ['', SURFACE]) {
            for (const [, value] of await range(`w${sign}${prefix}`)) { const list = hits(value); for (let i = 0; i < list.length; i += 4) { found.has[list[i]] = 1; found.score[list[i]] = 1; } }
          }
          return found;
        }
        case 'fuzzy': {
          const folded = opening(q.text);
          if (folded === null || isHan(folded)) return this.rowOf(q.text);
          const found = this.result();
          for (const { term, value } of await this.near(folded, q.most)) {
            if (this.wanted) this.marks.terms.add(term);
            this.weigh(found, hits(value));
          }
          return found;
        }
        case 'is':
          if (q.field === 'role' && q.value.includes('=')) {
            const [part, who] = [q.value.slice(0, q.value.indexOf('=')), q.value.slice(q.value.indexOf('=') + 1)];
            return this.named('vendor', who, (key) => this.key('role', `${part}=${key}`));
          }
          if (shape(q.field) === 'name') return this.named(q.field, q.value, (key) => this.key(q.field, key));
          return this.key(q.field, q.value);
        case 'count': {
          if (q.field === 'year') {
            const years = (await range('=year=')).map(([key]) => key.slice(6)).filter((year) => +year >= q.from && (q.to === null || +year <= q.to));
            return this.some(await Promise.all(years.map((year) => this.key('year', year))));
          }
          const roots = await column('roots');
          return this.docs([...roots.keys()].filter((doc) => roots[doc] >= q.from && (q.to === null || roots[doc] <= q.to)));
        }
        case 'days': {
          const low = q.first ?? -Infinity, high = q.last ?? Infinity;
          const list = [];
          if (q.field === 'known') {
            const { known: day } = await column('known');
            day.forEach((d, doc) => { if (d >= low && d <= high) list.push(doc); });
          } else {
            const { first, last } = await column('dates');
            first.forEach((f, doc) => {
              if (f === undefined) return;
              const fits = q.surely ? f >= low && last[doc] <= high : f <= high && last[doc] >= low;
              if (fits) list.push(doc);
            });
          }
          return this.docs(list);
        }
        case 'not': {
          const outer = this.wanted;
          this.wanted = false;
          const { has } = await this.evaluate(q.inner);
          this.wanted = outer;
          return this.docs(this.real.filter((doc) => !has[doc]));
        }
        case 'and': {
          const list = [];
          this.ahead(q.list);
          for (const inner of q.list) list.push(await this.evaluate(inner));
          return this.every(list);
        }
        default: {
          const list = [];
          this.ahead(q.list);
          for (const inner of q.list) list.push(await this.evaluate(inner));
          return this.some(list);
        }
      }
    }
  }

  /// Finds what a request asks for: numbers of documents in groups, the best first.
  async function find(request) {
    const { docs: n, real, kind, group, past } = await open();
    const run = new Run(n, real);
    let { has, score } = await run.evaluate(request.query);
    const words = request.query.is === 'and' ? request.query.list.filter(({ is }) => is === 'word' || is === 'phrase') : [];
    if (words.length > 1 && !has.includes(1)) {
      const rest = request.query.list.filter((q) => !words.includes(q));
      ({ has, score } = await run.evaluate({ is: 'and', list: [{ is: 'or', list: words }, ...rest] }));
      if (has.includes(1)) run.notes.push('nothing holds all of these words; these hold some of them');
    }
    if (request.asOf !== null) {
      const { known: from, gone } = await column('known');
      for (let i = 0; i < n; i++) if (from[i] > request.asOf || gone[i] <= request.asOf) has[i] = 0;
    } else for (const doc of past) has[doc] = 0;
    const worded = score.some((s) => s > 0);
    const dates = request.sort === 'newest' || request.sort === 'oldest' || !worded ? await column('dates') : null;
    const knowns = request.sort === 'known' || request.sort === 'changed' ? await column('known') : null;
    const newest = (doc) => {
      const day = dates?.last[doc] === Infinity ? dates.first[doc] : dates?.last[doc];
      return day ?? -Infinity;
    };
    const rank = {
      best: (doc) => score[doc] * WEIGHTS[kind[doc]],
      newest,
      oldest: (doc) => { const day = dates.first[doc]; return day === undefined ? -Infinity : -(day === -Infinity ? newest(doc) : day); },
      known: (doc) => knowns.known[doc],
      changed: (doc) => knowns.changed[doc],
    }[request.sort];
    const groups = new Map();
    let total = 0;
    for (let doc = 0; doc < n; doc++) {
      if (!has[doc]) continue;
      total++;
      const entry = { doc, rank: rank(doc), day: dates ? newest(doc) : 0 };
      const list = groups.get(group[doc]);
      if (list) list.push(entry); else groups.set(group[doc], [entry]);
    }
    const before = (a, b) => (b.rank - a.rank || 0) || (b.day - a.day || 0);
    const within = (a, b) => before(a, b) || a.doc - b.doc;
    // What became known last has the highest number.
    const among = (a, b) => before(a.list[0], b.list[0]) || b.of - a.of;
    const ordered = [...groups.entries()].map(([of, list]) => ({ of, list: list.sort(within) })).sort(among);
    return { total, ordered, has, notes: run.notes, marks: run.marks };
  }

  /// A document as it is shown.
  async function shown(doc) {
    const { shown: each, group, heads } = await open();
    const within = doc - heads[group[doc]], at = within % each;
    const [id, title, titleZh, path, date, outlet, lang, text] = (await file(`d${doc - at}`))[at];
    return { id, title, titleZh, path, date, outlet, lang, text };
  }

  // ---- The page --------------------------------------------------------------------------------

  const SNIPPET = 220, LEAD = 40;

  /// The words around a match, cut into pieces: [text, marked].
  function snippet(text, marks) {
    const meant = (term) => marks.terms.has(term) || marks.prefixes.some((p) => term.replace(/^'/, '').startsWith(p));
    const found = [];
    if (marks.terms.size || marks.prefixes.length) eachTerm(text, (term, from, to) => { if (meant(term)) found.push([from, to]); });
    found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const merged = [];
    for (const [from, to] of found) {
      const last = merged.at(-1);
      if (last && from <= last[1]) last[1] = Math.max(last[1], to);
      else merged.push([from, to]);
    }
    let from = Math.max((merged[0]?.[0] ?? 0) - LEAD, 0);
    if (from > 0) { const space = text.indexOf(' ', from); if (space >= 0 && space < merged[0][0]) from = space + 1; }
    const to = Math.min(from + SNIPPET, text.length);
    const pieces = from > 0 ? [['…', false]] : [];
    let at = from;
    for (const [start, end] of merged) {
      if (start < at || end > to) continue;
      pieces.push([text.slice(at, start), false], [text.slice(start, end), true]);
      at = end;
    }
    pieces.push([text.slice(at, to) + (to < text.length ? '…' : ''), false]);
    return pieces.filter(([piece]) => piece);
  }

  const el = (name, attributes = {}, ...inside) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value !== null && value !== undefined) made.setAttribute(key, value);
    made.append(...inside.filter((part) => part !== null));
    return made;
  };

  const MONTHS = 'January February March April May June July August September October November December'.split(' ');
  const PARTS = { 21: ['spring', '春季'], 22: ['summer', '夏季'], 23: ['autumn', '秋季'], 24: ['winter', '冬季'], 33: ['first quarter of', '第一季度'],
    34: ['second quarter of', '第二季度'], 35: ['third quarter of', '第三季度'], 36: ['fourth quarter of', '第四季度'] };

  /// A date of the index as people write it, as `src/view/calendar.rs` does.
  function dateWords(edtf, chinese) {
    const about = /[~%]/.test(edtf), unsure = /[?%]/.test(edtf);
    const [a, b] = edtf.replace(/[~?%]/g, '').split('/').map((end) => (end === '..' ? null : end.split('-').map(Number)));
    const point = ([year, month, day]) => {
      if (PARTS[month]) return chinese ? `${year}年${PARTS[month][1]}` : `${PARTS[month][0]} ${year}`;
      if (chinese) return `${year}年${month ? `${month}月` : ''}${day ? `${day}日` : ''}`;
      return [day, MONTHS[month - 1], year].filter(Boolean).join(' ');
    };
    const between = () => {
      const [year, month, day] = a, [lastYear, lastMonth, lastDay] = b;
      const near = year === lastYear && !PARTS[month] && !PARTS[lastMonth];
      if (near && day && lastDay) {
        if (month === lastMonth) return chinese ? `${point(a)}至${lastDay}日` : `${day}–${lastDay} ${MONTHS[month - 1]} ${year}`;
        return chinese ? `${point(a)}至${lastMonth}月${lastDay}日` : `${day} ${MONTHS[month - 1]} – ${point(b)}`;
      }
      if (near && month && lastMonth && !day && !lastDay) return chinese ? `${point(a)}至${lastMonth}月` : `${MONTHS[month - 1]} – ${point(b)}`;
      return chinese ? `${point(a)}至${point(b)}` : `${point(a)} – ${point(b)}`;
    };
    const since = b === null, until = a === null;
    const text = since ? (chinese ? `${point(a)}起` : `since ${point(a)}`) : until ? (chinese ? `不晚于${point(b)}` : `not after ${point(b)}`) : b ? between() : point(a);
    return `${about ? (chinese ? '约' : 'about ') : ''}${text}${unsure ? (chinese ? '（未确定）' : ' (uncertain)') : ''}`;
  }

  function hitLine(hit, doc, kind, up, marks, phrases) {
    const chinese = document.documentElement.lang.startsWith('zh');
    const tongue = (text) => (/[\u3400-\u9fff]/.test(text) === chinese ? null : chinese ? 'en' : 'zh');
    const [first, other] = chinese && hit.titleZh ? [hit.titleZh, hit.title] : [hit.title, hit.titleZh];
    const title = [el('span', { class: 'kind' }, phrases[`kind:${KINDS[kind]}`] ?? KINDS[kind]), ' ', hit.path ? el('a', { href: up + hit.path, lang: tongue(first) }, first) : first];
    if (other) title.push(' ', el('span', { lang: tongue(other) }, other));
    const words = hit.text && hit.text !== hit.title
      ? el('p', { class: 'snippet', lang: hit.lang }, ...snippet(hit.text, marks).map(([text, marked]) => (marked ? el('mark', {}, text) : text))) : null;
    const meta = el('p', { class: 'meta' }, hit.date ? el('time', { datetime: hit.date }, dateWords(hit.date, chinese)) : null, hit.outlet ? ` · ${hit.outlet}` : null);
    return el('div', { class: 'hit' }, el('p', { class: 'hit-title' }, ...title), words, meta);
  }

  const FACETS = [['kind', 'What'], ['vendor', 'Party'], ['type', 'Type'], ['status', 'Status'], ['stance', 'Stance'], ['question', 'Question'],
    ['outlet', 'Outlet'], ['lang', 'Language'], ['year', 'Year']];

  /// How results spread over the values of fields, commonest first.
  async function facets(has) {
    const lists = await Promise.all(FACETS.map(([field]) => range(`=${field}=`)));
    return FACETS.map(([field, heading], i) => {
      const values = lists[i].map(([key, value]) => {
        const [docs, label] = Array.isArray(value) ? value : [value, null];
        const name = key.slice(field.length + 2);
        return { key: name, label: (label ?? name).replaceAll('_', ' '), count: sums(docs).filter((doc) => has[doc]).length };
      }).filter(({ count: of }) => of > 0);
      values.sort((a, b) => (field === 'year' ? (a.key < b.key ? 1 : -1) : b.count - a.count || (a.key < b.key ? -1 : 1)));
      return { field, heading, values: values.slice(0, 12) };
    }).filter(({ values }) => values.length);
  }

  const address = (query) => `?q=${encodeURIComponent(query)}`;
  const valueText = (value) => (/^[\p{Alphabetic}\p{N}_.&+#'/-]+$/u.test(value) ? value : `"${value.replace(/["“”「」『』]/g, ' ')}"`);

  function narrowed(text, field, value) {
    const { query } = parse(text);
    const orders = text.match(/(?:^|\s)(?:sort|asof|排序|截至)[:：]\S+/g)?.map((order) => order.trim()) ?? [];
    const rest = orders.reduce((all, order) => all.replace(order, ''), text).trim();
    const base = query.is === 'or' ? `(${rest})` : rest;
    return [base, `${field}:${valueText(value)}`, ...orders].filter(Boolean).join(' ');
  }

  function begin() {
    const input = document.querySelector('input[data-typed]');
    const results = document.getElementById('results');
    const list = document.getElementById('suggestions');
    if (!input || !results) return;
    const base = new URL('../search/data/', source);
    const up = '../';
    load = (name) => new Promise((resolve, reject) => {
      const script = el('script', { src: new URL(`${name}.js`, base).href });
      script.onload = resolve;
      script.onerror = () => reject(new Error(`${script.src} cannot be read`));
      document.head.append(script);
    });
    const live = input.hasAttribute('data-live');
    const phrases = JSON.parse(results.dataset.phrases || '{}');
    const say = (id, n = '') => ((n === 1 && phrases[`one:${id}`]) || (phrases[id] ?? id)).replace('{n}', n);
    let turn = 0, shownGroups = 10;

    async function draw(text) {
      const now = ++turn;
      if (!text.trim()) { results.replaceChildren(); return; }
      let request;
      try {
        request = parse(text);
        const { total, ordered, has, notes, marks } = await find(request);
        const { kind, heads } = await open();
        const page = ordered.slice(0, shownGroups);
        const group = async ({ of, list: members }) => {
          const head = heads[of];
          const found = members.some(({ doc }) => doc === head);
          const inside = members.filter(({ doc }) => doc !== head).slice(0, 3).sort((a, b) => kind[a.doc] - kind[b.doc]);
          const [top, ...below] = await Promise.all([shown(head), ...inside.map(({ doc }) => shown(doc))]);
          const lines = below.map((hit, i) => el('li', {}, hitLine(hit, inside[i].doc, kind[inside[i].doc], up, marks, phrases)));
          const more = members.length - inside.length - (found ? 1 : 0);
          return el('li', { class: 'group' }, hitLine(top, head, kind[head], up, marks, phrases), lines.length ? el('ul', {}, ...lines) : null,
            more > 0 ? el('p', { class: 'meta' }, say('{n} more', more)) : null);
        };
        // The first stands before the others are asked for.
        const stack = el('ol', { class: 'groups' }, ...(await Promise.all(page.slice(0, 1).map(group))));
        if (now !== turn) return;
        const summary = total ? `${say('{n} results', total)} · ${say('{n} incidents and other things', ordered.length)}` : say('Nothing on record fits this search.');
        const side = el('aside', { class: 'facets', 'aria-label': say('Narrow the search') });
        const next = el('button', { type: 'button' }, say('More results'));
        next.addEventListener('click', () => { shownGroups += 10; draw(text); });
        results.replaceChildren(el('p', { class: 'found-summary' }, summary), ...notes.map((note) => el('p', { class: 'note' }, note)),
          el('div', { class: 'found' }, stack, side), ...(ordered.length > shownGroups ? [el('p', { class: 'next' }, next)] : []));
        performance.mark('casebook-first');
        const others = await Promise.all(page.slice(1).map(group));
        if (now !== turn) return;
        stack.append(...others);
        performance.mark('casebook-results');
        for (const [i, { field, heading, values }] of (await facets(has)).entries()) {
          const items = values.map(({ key, label, count: of }) => el('li', {}, el('a', { href: address(narrowed(text, field, key)) }, phrases[`${field}:${key}`] ?? label), ' ', el('span', { class: 'count' }, String(of))));
          side.append(el('details', i < 4 ? { open: '' } : {}, el('summary', {}, say(heading)), el('ul', {}, ...items)));
        }
      } catch (error) {
        if (now !== turn) return;
        const message = error instanceof QueryError ? `${error.message} (${say('at character {n}', error.at)})` : `${say('The search does not work:')} ${error.message}`;
        results.replaceChildren(el('p', { class: 'fault', role: 'alert' }, message));
      }
    }

    /// With a server behind the page, it has searched more than the site publishes.
    async function ask(text) {
      const now = ++turn;
      const answer = await fetch(address(text));
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      if (now === turn) results.replaceChildren(...page.getElementById('results').childNodes);
    }

    async function suggest(text) {
      const word = /(\S+)$/.exec(text)?.[1] ?? '';
      const typed = fold(word.slice(word.search(/[:：]/) + 1));
      if (typed.length < 1) { list.replaceChildren(); return; }
      const rows = (await range(`~${typed}`)).flatMap(([, values]) => values).sort((a, b) => b[3] - a[3]);
      const seen = new Set();
      const lead = text.slice(0, text.length - word.length);
      list.replaceChildren(...rows.filter(([field, key]) => !seen.has(field + key) && seen.add(field + key)).slice(0, 10)
        .map(([field, , label, docs]) => el('option', { value: `${lead}${field}:${valueText(label)}` }, `${label} (${docs})`)));
    }

    let pause = 0;
    const now = () => {
      clearTimeout(pause);
      shownGroups = 10;
      const text = input.value;
      if (location.protocol !== 'file:') history.replaceState(null, '', text ? address(text) : location.pathname);
      // What was asked for comes first, what else could be asked second.
      (live ? ask : draw)(text).then(() => (input.value === text ? suggest(text) : null)).catch(() => {});
    };
    const changed = () => { clearTimeout(pause); pause = setTimeout(now, live ? 250 : 90); };
    input.addEventListener('input', changed);
    if (!live) {
      input.form.addEventListener('submit', (event) => { event.preventDefault(); now(); });
      const asked = new URLSearchParams(location.search).get('q');
      if (asked) { input.value = asked; draw(asked); }
      // What most searches need is there before anybody asks.
      open().then(() => column('dates')).catch(() => {});
      hanWords('准备好');
    }
  }

  globalThis.casebookSearchParts = { dateWords, parse, find, shown, stem, wanted, fold, open, range, numbers, sums, QueryError,
    host: (loader) => { load = loader; root = null; loaded.clear(); waiting.clear(); for (const name of Object.keys(kept)) delete kept[name]; } };
  if (globalThis.document) begin();
})();
