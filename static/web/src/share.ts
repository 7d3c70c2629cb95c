import type { App, View } from './app';

/**
 * The address of what is shown. The day is written into it, so that it shows the same figure next week, unless it is
 * to move with the newest evidence.
 */
export function addressOf(app: App, change: { embed?: boolean; newest?: boolean } = {}): string {
  const address = new URL(location.href);
  const day = app.view()?.share?.as_of;
  if (change.newest) address.searchParams.delete('as_of');
  else if (day) address.searchParams.set('as_of', day);
  if (change.embed) address.searchParams.set('embed', '1');
  return address.href;
}

/** The address of the server's drawing of the same day, place and reading. */
export function drawingOf({ dataset, of, basis, words, share }: View, format: 'svg' | 'pdf' = 'svg'): string {
  const query = new URLSearchParams({ area: dataset.id, of, basis, lang: words.lang, ...(share && { as_of: share.as_of }) });
  return `map.${format}?${query.toString()}`;
}
