import { el, ltr } from './dom';
import type { Words } from './lang';

// People see rounded figures; the exact one stands in the element's value, to be copied and tested.

/** A percentage of one decimal. */
export function percentOf(words: Words, value: number, attributes: Readonly<Record<string, string>> = {}): HTMLElement {
  return el('data', { value, ...attributes }, ltr(words.percent(value)));
}

/** A percentage for a sentence: whole, but with a decimal where that alone tells it from nothing or from all. */
export function aboutOf(words: Words, value: number): HTMLElement {
  const nearEnd = (value > 0 && value < 1) || (value > 99 && value < 100);
  return el('data', { value }, ltr(words.percent(value, nearEnd ? 1 : 0)));
}

/** An area in km² of one decimal, with its unit. */
export function areaOf(words: Words, km2: number): HTMLElement {
  return el('data', { value: km2, class: 'area' }, words.rich('km2', { n: ltr(words.number(km2, 1)) }));
}

/** A published percentage, or the range of one, as it was stated: without decimals it did not have. */
export function rangeOf(words: Words, low: number, high: number): HTMLElement {
  return ltr(words.range(low, high, 0, 1));
}
