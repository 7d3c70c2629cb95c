import type { App, View } from '../app';
import { el } from '../dom';
import { writeState } from '../state';
import type { Section } from './panel';

/** In an embedded map, the way to the whole page. */
export function full(_app: App, { words }: View): Section {
  const way = el('a', { target: '_blank', rel: 'noopener' }, words.say('open_full'));
  return {
    element: el('p', { class: 'full' }, way),
    update({ state }) {
      way.href = `${location.pathname}${writeState({ ...state, embed: false })}`;
    },
  };
}
