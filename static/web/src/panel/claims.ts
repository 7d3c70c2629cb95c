import { Problem, type Claim } from '../api';
import type { App, View } from '../app';
import { el, link, ltr } from '../dom';
import { percentOf, rangeOf } from '../figures';
import type { Words } from '../lang';
import { failureNotice } from '../notice';
import type { Section } from './panel';

/** Published figures, newest first, each beside what is computed for its own day under every reading. */
export function claims(app: App, { words, dataset }: View): Section {
  const failed = el('div', { hidden: true });
  const checked = el('div');
  const others = el('div');
  const more = el('details', { class: 'unchecked' }, el('summary'), others);
  let drawn: unknown = null;
  return {
    needs: 'claims',
    element: el(
      'section',
      { class: 'claims', id: 'claims' },
      el('h2', { id: 'claims-title' }, words.say('claims')),
      el('p', { class: 'quiet' }, words.say('claims_note')),
      failed,
      checked,
      more,
    ),
    update(view) {
      if (drawn === view.claims) return;
      drawn = view.claims;
      const all = view.claims instanceof Problem ? [] : [...view.claims!].sort((a, b) => (b.stated_on ?? '').localeCompare(a.stated_on ?? ''));
      failed.hidden = !(view.claims instanceof Problem);
      if (view.claims instanceof Problem) failed.replaceChildren(failureNotice(words, view.claims, () => app.loadBeside()));
      const can = all.filter((claim) => claim.checkable);
      const cannot = all.filter((claim) => !claim.checkable);
      checked.replaceChildren(...(can.length > 0 ? [table(view, can)] : []));
      others.replaceChildren(...cannot.map((claim) => unchecked(view, claim)));
      more.hidden = cannot.length === 0;
      more.querySelector('summary')!.textContent = words.say('claims_unchecked', { count: words.number(cannot.length, 0) });
    },
  };

  function table(view: View, claims: readonly Claim[]): HTMLElement {
    const bases = dataset.bases.filter(({ id }) => claims.some((claim) => claim.computed.some((one) => one.basis === id)));
    const heads = bases.map((basis) => el('th', { scope: 'col', class: 'amount' }, words.name(basis.name, basis.id)));
    return el(
      'table',
      { 'aria-labelledby': 'claims-title' },
      el('thead', {}, el('tr', {}, el('th', { scope: 'col', class: 'text' }, words.say('published')), ...heads)),
      ...claims.map((claim) =>
        el(
          'tbody',
          { id: `claim-${claim.id}` },
          el('tr', {}, el('th', { scope: 'rowgroup', colspan: bases.length + 1, class: 'text' }, said(view, claim))),
          el('tr', {}, el('td', { class: 'text card-figure' }, published(words, claim)), ...bases.map(({ id }) => computed(view, claim, id))),
        ),
      ),
    );
  }
}

// A share is written as the language of the page writes it, other figures in English.
function published(words: Words, { percent_low: low, percent_high: high, published: figure }: Claim): HTMLElement {
  return low === undefined || high === undefined ? el('bdi', { lang: 'en' }, figure) : rangeOf(words, low, high);
}

// Who said what, where and when, in the words of the page that was read, and what it measures.
function said({ words }: View, claim: Claim): HTMLElement {
  return el(
    'div',
    { class: 'said' },
    el('p', {}, el('strong', {}, el('bdi', {}, claim.who)), words.say('comma'), el('bdi', {}, dayOf(words, claim))),
    claim.quote !== undefined && el('p', {}, el('q', { dir: 'auto', lang: langOf(claim.quote) }, claim.quote)),
    el('p', { class: claim.quote === undefined ? null : 'quiet', dir: 'auto', lang: 'en' }, claim.wording),
    el('p', { class: 'quiet' }, words.rich('measures', { what: el('bdi', { lang: 'en' }, claim.measures) })),
    el('p', { class: 'quiet' }, words.rich('read_at', { where: link(claim.url, el('bdi', {}, claim.seen_in), { target: '_blank' }) })),
  );
}

function dayOf(words: Words, { stated_on: day, stated_on_approximate: isAbout }: Claim): string {
  if (day === undefined) return words.say('day_not_shown');
  return isAbout ? words.say('about_day', { date: words.date(day) }) : words.date(day);
}

// Quotation marks follow the language of what they enclose.
function langOf(quote: string): string {
  if (/\p{Script=Arabic}/u.test(quote)) return 'ar';
  return /\p{Script=Hebrew}/u.test(quote) ? 'he' : 'en';
}

function computed({ words }: View, claim: Claim, basis: string): HTMLElement {
  const one = claim.computed.find((comparison) => comparison.basis === basis);
  if (!one) return el('td', { class: 'amount' }, '–');
  if (claim.kind !== undefined) return el('td', { class: 'amount' }, link(one.self, el('bdi', { lang: 'en' }, one.words)));
  const points = ltr(words.points(one.difference_points));
  return el(
    'td',
    { class: 'amount' },
    link(one.self, percentOf(words, one.percent), { class: 'card-figure' }),
    el('br'),
    el('span', { class: one.inside_band ? 'band-in' : 'band-out' }, words.say(one.inside_band ? 'agrees' : 'differs')),
    el('br'),
    el('span', { class: 'quiet' }, words.rich('points', { n: points })),
  );
}

function unchecked(view: View, claim: Claim): HTMLElement {
  const { words } = view;
  return el(
    'div',
    { class: 'claim', id: `claim-${claim.id}` },
    el('p', { class: 'card-figure' }, published(words, claim)),
    said(view, claim),
    claim.reason && el('p', { class: 'reason' }, words.say('not_checkable'), ' ', el('bdi', { lang: 'en' }, claim.reason)),
  );
}
