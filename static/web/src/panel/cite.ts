import type { App, View } from '../app';
import { copyButton } from '../copy';
import { el } from '../dom';
import type { Section } from './panel';

/** The citation to copy, and the snapshot to check the figures by. */
export function cite(app: App, { words }: View): Section {
  const text = el('blockquote', { dir: 'auto', class: 'cite', id: 'cite' });
  const hash = el('code', { dir: 'ltr', class: 'hash' });
  return {
    needs: 'share',
    element: el(
      'section',
      {},
      el('h2', {}, words.say('cite')),
      text,
      el('p', {}, copyButton(words, words.say('copy'), () => app.view()?.share?.cite ?? '')),
      el('p', { class: 'quiet' }, words.say('snapshot'), ' ', hash),
    ),
    update({ share }) {
      text.textContent = share!.cite;
      hash.textContent = share!.snapshot;
    },
  };
}
