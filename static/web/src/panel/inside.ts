import type { GeoJSON } from 'geojson';
import type { Inside } from '../api';
import type { App, View } from '../app';
import { button, el, ltr } from '../dom';
import { phraseOf, shortOf } from '../evidence';
import { areaOf, percentOf } from '../figures';
import { partyName, placeName } from '../names';
import { shapeNotice } from '../notice';
import type { Asked } from '../sketch';
import type { Section } from './panel';

const mostCorners = 200;

/** The reader's own area: a district, or a polygon drawn, pasted or in a file; and how much of it is held. */
export function inside(app: App, { words, dataset, sketches }: View): Section {
  const pick = el('select', { id: 'pick-district' });
  pick.addEventListener('change', () => app.go({ of: pick.value === dataset.territory ? null : pick.value }));
  const field = el('textarea', { id: 'paste', rows: 4, dir: 'ltr', spellcheck: 'false', placeholder: '{"type": "Polygon", "coordinates": […]}' });
  const wrong = el('p', { class: 'wrong', role: 'alert', hidden: true });
  const file = el('input', { type: 'file', id: 'upload', accept: '.geojson,.json,application/geo+json,application/json' });
  const answer = el('div', { class: 'answer', id: 'inside', role: 'status' });
  const draw = button(words.say('draw_area'), () => app.sketches.draw('area'), { id: 'draw-area', class: 'strong' });
  let drawn: unknown = null;
  let seen = sketches.area?.shape;

  const read = (text: string) => {
    const shape = geoJSON(text);
    wrong.hidden = shape !== null;
    wrong.textContent = shape ? '' : words.say('not_geojson');
    // What was refused before is no answer to this.
    if (!shape && app.sketches.area?.problem) app.sketches.clear('area');
    if (shape) app.sketches.take('area', shape);
  };
  file.addEventListener('change', () => {
    void file.files?.[0]?.text().then(read);
    file.value = '';
  });

  return {
    needs: 'shares',
    element: el(
      'section',
      { class: 'yours' },
      el('h2', {}, words.say('your_area')),
      el('p', { class: 'row' }, el('label', { for: 'pick-district' }, words.say('pick_place')), pick),
      el('p', { class: 'actions' }, draw, el('label', { class: 'button', for: 'upload' }, words.say('upload'), file)),
      el(
        'details',
        {},
        el('summary', {}, words.say('paste')),
        el('label', { for: 'paste', class: 'quiet' }, words.say('paste_note')),
        field,
        el('p', { class: 'actions' }, button(words.say('compute'), () => read(field.value), { id: 'paste-go' })),
      ),
      wrong,
      answer,
    ),
    update(view) {
      if (pick.options.length === 0) {
        pick.append(...dataset.territories.map((place) => el('option', { value: place.id }, placeName(view, place.id))));
      }
      pick.value = view.of;
      draw.setAttribute('aria-pressed', String(view.sketches.tool === 'area'));
      const asked = view.sketches.area;
      const state = asked && `${asked.answer?.self} ${asked.problem?.detail}`;
      if (drawn === asked && answer.dataset.state === String(state)) return;
      drawn = asked;
      answer.dataset.state = String(state);
      answer.replaceChildren(...(asked ? told(app, view, asked) : []));
      if (asked?.answer && asked.shape !== seen) {
        seen = asked.shape;
        wrong.hidden = true;
        answer.scrollIntoView({ block: 'nearest' });
      }
    },
  };
}

function told(app: App, view: View, asked: Asked<Inside>): HTMLElement[] {
  const { words } = view;
  const clear = button(words.say('clear'), () => app.sketches.clear('area'), { id: 'clear-area' });
  const edit = canEdit(asked.shape) && button(words.say('edit'), () => app.sketches.edit('area'), { id: 'edit-area', class: 'draws' });
  if (asked.problem) return [shapeNotice(view, asked.problem, asked.shape, (shape) => app.sketches.take('area', shape)), el('p', { class: 'actions' }, edit, clear)];
  const { answer } = asked;
  if (!answer) return [el('p', { class: 'quiet' }, words.say('computing'))];
  return [
    el('h3', {}, words.say('part_of', { phrase: phraseOf(view, answer.measures, partyName(view, answer.party)), place: words.say('your_area') })),
    el('p', { class: 'figure small' }, percentOf(words, answer.percent, { id: 'inside-percent' })),
    el('p', {}, words.rich('of_area', { held: areaOf(words, answer.held_km2), total: areaOf(words, answer.territory_km2) })),
    el('p', { class: 'quiet' }, words.rich('band', { low: percentOf(words, answer.uncertainty!.percent_low), high: percentOf(words, answer.uncertainty!.percent_high) }), '.'),
    ...(answer.outside_km2 >= 0.05 ? [outside(view, answer)] : []),
    el('p', { class: 'actions' }, edit, clear),
  ];
}

// Corners are changed by hand; who gave a file of more changes the file.
function canEdit(shape: GeoJSON): boolean {
  return shape.type === 'Polygon' && shape.coordinates.length === 1 && shape.coordinates[0]!.length <= mostCorners;
}

function outside(view: View, { measures, polygon_km2, outside_km2, percent_of_polygon }: Inside): HTMLElement {
  const { words } = view;
  const gaps = { polygon: areaOf(words, polygon_km2), outside: areaOf(words, outside_km2), percent: ltr(words.percent(percent_of_polygon)), what: shortOf(view, measures) };
  return el('p', { class: 'quiet' }, words.rich('partly_outside', gaps));
}

// Only what could hold a polygon is sent; what is wrong with its coordinates is the server's to say, by name and place.
function geoJSON(text: string): GeoJSON | null {
  try {
    const read: unknown = JSON.parse(text);
    const type = (read as { type?: unknown } | null)?.type;
    const known = ['Polygon', 'MultiPolygon', 'Feature', 'FeatureCollection', 'GeometryCollection'];
    return typeof type === 'string' && known.includes(type) ? (read as GeoJSON) : null;
  } catch {
    return null;
  }
}
