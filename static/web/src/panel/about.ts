import type { App, View } from '../app';
import { el } from '../dom';
import type { Section } from './panel';

/** What the dataset is, whom it credits, and how it may be read. */
export function about(_app: App, { words, dataset }: View): Section {
  const said = (heading: string, text: string) => text !== '' && el('div', {}, el('h3', {}, heading), el('p', { dir: 'auto' }, text));
  return {
    element: el(
      'section',
      { class: 'about' },
      el('h2', {}, words.say('about')),
      el('p', { dir: 'auto' }, words.name(dataset.description)),
      said(words.say('disclaimer'), words.name(dataset.disclaimer)),
      said(words.say('attribution'), words.name(dataset.attribution)),
    ),
    update() {},
  };
}
