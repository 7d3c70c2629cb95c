import type { App, View } from '../app';
import { el, svg } from '../dom';
import type { Key } from '../lang';
import { groups, type Group } from '../map/groups';
import type { Section } from './panel';

const labels: Record<Group, Key> = {
  zones: 'layer_zones',
  restricted: 'layer_restricted',
  disputed: 'layer_disputed',
  lines: 'layer_lines',
  districts: 'layer_districts',
  places: 'layer_places',
};

/** What the map's marks mean; each can be taken off the map. */
export function legend(app: App, { words }: View): Section {
  const rows = groups.map((group) => {
    const box = el('input', { type: 'checkbox', id: `layer-${group}` });
    box.addEventListener('change', () => app.showLayers(group, box.checked));
    const note = group === 'lines' && el('span', { class: 'quiet' }, words.say('layer_lines_note'));
    return { group, box, row: el('label', { class: 'layer' }, box, swatch(group), el('span', {}, words.say(labels[group]), note && ' ', note)) };
  });
  return {
    element: el('section', { class: 'legend' }, el('h2', {}, words.say('legend')), ...rows.map(({ row }) => row)),
    update(view) {
      for (const { group, box } of rows) box.checked = !view.hidden.has(group);
    },
  };
}

// The same marks as on the map; the stylesheet gives them the theme's colours.
function swatch(group: Group): SVGElement {
  const box = { x: 2, y: 3, width: 24, height: 12, rx: 2 };
  const line = { d: 'M2 9h24' };
  const marks: Record<Group, SVGElement[]> = {
    zones: [svg('rect', { ...box, class: 'mark-held' })],
    restricted: [svg('rect', { ...box, class: 'mark-restricted' }), svg('path', { d: 'M4 15 16 3M11 15 23 3M18 15l8-8', class: 'mark-thin' })],
    disputed: [svg('rect', { ...box, class: 'mark-disputed' }), svg('path', { d: 'M4 15 16 3M11 15 23 3M18 15l8-8', class: 'mark-hatch' })],
    lines: [svg('path', { ...line, class: 'mark-casing' }), svg('path', { ...line, class: 'mark-line' })],
    districts: [svg('path', { ...line, class: 'mark-district' })],
    places: [svg('circle', { cx: 14, cy: 9, r: 4.5, class: 'mark-place' })],
  };
  return svg('svg', { viewBox: '0 0 28 18', width: 28, height: 18, 'aria-hidden': 'true' }, ...marks[group]);
}
