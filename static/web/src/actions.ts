import type { App } from './app';
import { copyButton } from './copy';
import { el } from './dom';

/** What a reader does with the page, in one row. */
export function actions(app: App): HTMLElement {
  const { words } = app;
  return el('div', { class: 'doing', role: 'group', 'aria-label': words.say('actions') }, copyButton(words, words.say('share'), () => shareAddress(app), { id: 'share' }));
}

// The day is written into the address that is passed on, so that it shows the same figure next week.
function shareAddress(app: App): string {
  const address = new URL(location.href);
  const day = app.view()?.share?.as_of;
  if (day) address.searchParams.set('as_of', day);
  return address.href;
}
