import type { View } from '../app';

/** Whom the map is from, with its background while that shows. */
export function creditOf({ dataset, words, hidden }: View): string {
  const own = words.name(dataset.attribution);
  const { context } = dataset;
  if (!context || hidden.has('background')) return own;
  const year = context.mapped_in;
  const credit = words.name(context.attribution);
  const around = year ? words.say('background_in', { year: String(year), credit }) : words.say('background_from', { credit });
  return `${own.replace(/\.$/, '')}. ${around}.`;
}
