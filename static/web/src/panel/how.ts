import type { App, View } from '../app';
import { el, link } from '../dom';
import type { Section } from './panel';

/** How the figure came about, down to the snapshot it can be computed from again. */
export function how(_app: App, { words }: View): Section {
  const list = el('dl');
  return {
    needs: 'share',
    element: el('details', { class: 'how' }, el('summary', {}, words.say('how')), list),
    update(view) {
      const share = view.share!;
      const row = (term: string, ...said: Array<Node | string>) => [el('dt', {}, term), el('dd', {}, ...said)];
      list.replaceChildren(
        ...row(words.say('method'), el('span', { lang: 'en', dir: 'auto' }, share.method)),
        ...row(words.say('evidence_used'), el('code', { dir: 'ltr' }, share.features.join(', '))),
        ...row(words.say('snapshot'), el('code', { dir: 'ltr', class: 'hash' }, share.snapshot)),
        ...row('API', link(share.self, words.say('this_figure'))),
      );
    },
  };
}
