import type { Claim, Comparison } from '../api';
import type { View } from '../app';
import { el, ltr } from '../dom';
import { readingName } from '../names';
import { distanceOf } from './yardstick';

/** The verdict of a claim: that of the reading that comes nearest, which it names. Empty where it was not checked. */
export function verdictOf(view: View, claim: Claim): HTMLElement | null {
  const nearest = claim.computed.find(({ words, basis }) => claim.words === `${words} (${basis})`) ?? claim.computed.find(({ verdict }) => verdict === claim.verdict);
  if (!nearest) return null;
  return el('p', { class: 'verdict', 'data-verdict': nearest.verdict }, compared(view, claim, nearest), ' ', el('span', { class: 'quiet' }, `(${readingName(view, nearest.basis)})`));
}

/**
 * What a comparison comes to, in the reader's language: in English it is what the server says. The words of a verdict
 * that this page does not know are the server's.
 */
export function compared(view: View, claim: Claim, one: Comparison): Node {
  const { words } = view;
  switch (one.verdict) {
    case 'agrees':
      return joined(words.say(one.inside_band ? 'agrees' : 'agrees_rounded'), recordOf(view, one));
    case 'needs-line-moved':
      return el('span', {}, needed(view, one.displacement_m));
    case 'out-of-reach':
      return joined(needed(view, null), recordOf(view, one));
    case 'another-kind':
      return el('span', {}, words.say('another_kind'), elsewhere(view, one));
    case 'differs':
      if (one.figure === null || one.difference === null) break;
      return joined(
        words.rich(one.difference < 0 ? 'computed_below' : 'computed_above', {
          figure: inUnit(view, claim, computedIn(view, claim, one.figure)),
          n: ltr(computedIn(view, claim, Math.abs(one.difference))),
        }),
        recordOf(view, one),
      );
  }
  return el('bdi', { lang: 'en' }, one.words);
}

/** How far the line would have to lie for a figure to be true: null for a figure that no line reaches. */
export function needed(view: View, metres: number | null): string {
  const { words } = view;
  if (metres === null) return words.say('no_line');
  return Math.round(metres) === 0 ? words.say('line_fits') : words.say('needs_line', { distance: distanceOf(view, metres) });
}

/** A computed figure to two decimals; a whole number of things has none. */
export function computedIn({ words }: View, { kind }: Claim, value: number): string {
  return words.number(value, kind === 'tally' && Number.isInteger(value) ? 0 : 2);
}

/** A figure in the unit of a claim; things that are counted have their English name. */
export function inUnit({ words }: View, { unit = 'percent' }: Claim, figure: string): Node {
  const n = ltr(figure);
  switch (unit) {
    case 'percent':
      return ltr(`${figure}%`);
    case 'km2':
      return words.rich('km2', { n });
    case 'points':
      return words.rich('percent_points', { n });
    case 'km2-a-day':
      return words.rich('km2_a_day', { n });
    case 'km2-a-month':
      return words.rich('km2_a_month', { n });
    case 'm':
      return words.rich('metres', { n });
  }
  return el('span', {}, n, ' ', el('bdi', { lang: 'en' }, unit));
}

// Of a distance that is of one place: what the share would be, were the whole line moved so far.
function elsewhere({ words }: View, one: Comparison): Node {
  const { percent_if_moved_low: low, percent_if_moved_high: high } = one;
  if (low === undefined) return document.createTextNode(words.say('not_whole_line'));
  const share = high === undefined ? words.say('more_than', { n: words.percent(low, 2) }) : words.range(low, high, 2);
  return words.rich('if_moved', { share: ltr(share) });
}

function recordOf({ words }: View, { record }: Comparison): string {
  return record === undefined ? '' : words.say(record ? 'is_record' : 'no_record');
}

function joined(...parts: Array<Node | string>): HTMLElement {
  return el('span', {}, ...parts);
}
