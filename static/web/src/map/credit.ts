import type { View } from '../app';

/** Whom the map is from, with its background while that shows. */
export function creditOf({ dataset, words, hidden }: View): string {
  const own = words.name(dataset.attribution);
  const { context } = dataset;
  if (!context || hidden.has('background')) return own;
  const year = context.mapped_in;
  const around = words.name(context.attribution);
  return `${own.replace(/\.$/, '')}. ${year ? `${around}${words.say('comma')}${words.say('mapped_in', { year: String(year) })}` : around}.`;
}
