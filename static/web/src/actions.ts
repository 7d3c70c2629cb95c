import type { App } from './app';
import { copyButton } from './copy';
import { button, el } from './dom';
import type { Key } from './lang';
import { printPage } from './print';
import { addressOf } from './share';
import type { Draw } from './take/download';
import type { Frame } from './timeline/take';

/** What a reader does with the page, in one row. The code of what opens is fetched when it is wanted; draw is null where no map can be drawn. */
export function actions(app: App, draw: Draw | null, frame: Frame | null): HTMLElement {
  const { words } = app;
  const opens = (key: Key, open: () => Promise<void>) => button(words.say(key), () => void open(), { id: key, 'aria-haspopup': 'dialog' });
  return el(
    'div',
    { class: 'doing', role: 'group', 'aria-label': words.say('actions') },
    copyButton(words, words.say('share'), () => addressOf(app), { id: 'share' }),
    opens('embed', async () => (await import('./take/embed')).openEmbed(app)),
    opens('download', async () => (await import('./take/download')).openDownload(app, draw, frame)),
    button(words.say('print'), () => void printPage(), { id: 'print' }),
  );
}
