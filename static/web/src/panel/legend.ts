import type { App, View } from '../app';
import { el } from '../dom';
import { choice } from '../header';
import type { Key } from '../lang';
import { groups, type Group } from '../map/groups';
import { chooseTheme, theme, themes, type Theme } from '../theme';
import type { Section } from './panel';

const labels: Record<Exclude<Group, 'changes'>, Key> = {
  zones: 'layer_zones',
  uncounted: 'layer_uncounted',
  lines: 'layer_lines',
  districts: 'layer_districts',
  places: 'layer_places',
  background: 'layer_background',
};

/** What can be taken off the map, and whether all is light or dark. What the colours mean stands in the key on the map itself. */
export function legend(app: App, { words, dataset }: View): Section {
  const rows = groups.filter((group) => group !== 'changes').filter((group) => group !== 'background' || dataset.context).map((group) => {
    const box = el('input', { type: 'checkbox', id: `layer-${group}` });
    box.addEventListener('change', () => app.showLayers(group, box.checked));
    return { group, box, row: el('label', { class: 'layer' }, box, words.say(labels[group])) };
  });
  const colours = choice('theme', words.say('theme'), themes, theme(), (one) => words.say(`theme_${one}` as Key), (one: Theme) => chooseTheme(one));
  return {
    element: el(
      'section',
      { class: 'legend' },
      el('h2', {}, words.say('legend')),
      ...rows.map(({ row }) => row),
      el('p', { class: 'row' }, el('label', { for: 'theme' }, words.say('theme')), colours),
    ),
    update(view) {
      for (const { group, box } of rows) box.checked = !view.hidden.has(group);
    },
  };
}
