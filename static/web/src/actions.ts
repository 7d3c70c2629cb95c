import type { App } from './app';
import { copyButton } from './copy';
import { button, el } from './dom';
import type { Key } from './lang';
import { printPage } from './print';
import { addressOf } from './share';

/** What a reader does with the page, in one row. The code of what opens is fetched when it is wanted. */
export function actions(app: App): HTMLElement {
  const { words } = app;
  const opens = (key: Key, open: () => Promise<void>) => button(words.say(key), () => void open(), { id: key, 'aria-haspopup': 'dialog' });
  return el(
    'div',
    { class: 'doing', role: 'group', 'aria-label': words.say('actions') },
    copyButton(words, words.say('share'), () => addressOf(app), { id: 'share' }),
    opens('embed', async () => (await import('./take/embed')).openEmbed(app)),
    button(words.say('print'), () => void printPage(), { id: 'print' }),
  );
}
