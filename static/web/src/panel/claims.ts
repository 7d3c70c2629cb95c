import { Problem, type Claim } from '../api';
import type { App, View } from '../app';
import { el, link, ltr } from '../dom';
import { percentOf, rangeOf } from '../figures';
import type { Key, Words } from '../lang';
import { readingName } from '../names';
import { failureNotice } from '../notice';
import type { Section } from './panel';
import { compared, computedIn, inUnit, needed, verdictOf } from './verdict';

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
      more.querySelector('summary')!.textContent = words.count('claims_unchecked', cannot.length, { n: words.number(cannot.length, 0) });
    },
  };

  function table(view: View, claims: readonly Claim[]): HTMLElement {
    const head = (key: Key, kind: string) => el('th', { scope: 'col', class: kind }, words.say(key));
    return el(
      'table',
      { 'aria-labelledby': 'claims-title' },
      el('thead', {}, el('tr', {}, head('reading', 'text'), head('computed', 'amount'), head('verdict', 'text'))),
      ...claims.map((claim) =>
        el(
          'tbody',
          { id: `claim-${claim.id}` },
          el('tr', {}, el('th', { scope: 'rowgroup', colspan: 3, class: 'text' }, el('div', { class: 'judged' }, published(view, claim), verdictOf(view, claim)), said(view, claim))),
          ...dataset.bases.map(({ id }) => computed(view, claim, id)),
        ),
      ),
    );
  }
}

// What was published, without decimals that it did not have.
function published(view: View, claim: Claim): HTMLElement {
  const { words } = view;
  const { percent_low: low, percent_high: high, low: from, high: to } = claim;
  if (low !== undefined && high !== undefined) return el('p', { class: 'card-figure' }, rangeOf(words, low, high));
  if (from === undefined) return el('p', { class: 'card-figure' }, el('bdi', { lang: 'en' }, claim.published));
  const n = to === undefined ? words.say('more_than', { n: words.amount(from) }) : from === to ? words.amount(from) : `${words.amount(from)}–${words.amount(to)}`;
  return el('p', { class: 'card-figure' }, inUnit(view, claim, n));
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

function computed(view: View, claim: Claim, basis: string): HTMLElement | null {
  const { words } = view;
  const one = claim.computed.find((comparison) => comparison.basis === basis);
  if (!one) return null;
  const share = percentOf(words, one.percent);
  const figure = claim.kind === undefined ? share : one.figure === null ? null : inUnit(view, claim, computedIn(view, claim, one.figure));
  const points = claim.kind === undefined && el('span', { class: 'quiet' }, words.rich('points', { n: ltr(words.points(one.difference_points)) }));
  return el(
    'tr',
    {},
    el('th', { scope: 'row', class: 'text' }, readingName(view, basis)),
    el('td', { class: 'amount' }, figure === null ? '–' : link(one.self, figure), points && el('br'), points),
    el('td', { class: 'text', 'data-verdict': one.verdict }, compared(view, claim, one)),
  );
}

function unchecked(view: View, claim: Claim): HTMLElement {
  const { words } = view;
  return el(
    'div',
    { class: 'claim', id: `claim-${claim.id}` },
    published(view, claim),
    said(view, claim),
    claim.reason && el('p', { class: 'reason' }, words.say('not_checkable'), ' ', el('bdi', { lang: 'en' }, claim.reason)),
    claim.yardsticks && el('p', {}, words.say('to_be_true')),
    claim.yardsticks && el('ul', {}, ...claim.yardsticks.map((one) => el('li', {}, readingName(view, one.basis), ': ', needed(view, one.displacement_m)))),
  );
}
