import type { Part, Sides } from '../api';
import type { App, View } from '../app';
import { button, el } from '../dom';
import { areaOf, percentOf } from '../figures';
import { placeName } from '../names';
import { shapeNotice } from '../notice';
import type { Asked } from '../sketch';
import type { Section } from './panel';

/** What if the line ran here: both sides of the territory cut by a line that the reader draws. */
export function sides(app: App, { words, sketches }: View): Section {
  let seen = sketches.line?.shape;
  const draw = button(words.say('draw_line'), () => app.sketches.draw('line'), { id: 'draw-line', class: 'strong' });
  const answer = el('div', { class: 'answer', id: 'sides', role: 'status' });
  return {
    needs: 'shares',
    element: el(
      'section',
      { class: 'yours' },
      el('h2', { id: 'sides-title' }, words.say('what_if')),
      el('p', { class: 'quiet' }, words.say('what_if_note')),
      el('p', { class: 'actions' }, draw),
      answer,
    ),
    update(view) {
      draw.setAttribute('aria-pressed', String(view.sketches.tool === 'line'));
      const asked = view.sketches.line;
      answer.replaceChildren(...(asked ? told(app, view, asked) : []));
      if (asked?.answer && asked.shape !== seen) {
        seen = asked.shape;
        answer.scrollIntoView({ block: 'nearest' });
      }
    },
  };
}

function told(app: App, view: View, asked: Asked<Sides>): HTMLElement[] {
  const { words } = view;
  const actions = el('p', { class: 'actions' }, button(words.say('edit'), () => app.sketches.edit('line'), { id: 'edit-line', class: 'draws' }), button(words.say('clear'), () => app.sketches.clear('line'), { id: 'clear-line' }));
  if (asked.problem) return [shapeNotice(view, asked.problem, asked.shape, (shape) => app.sketches.take('line', shape)), actions];
  const { answer } = asked;
  if (!answer) return [el('p', { class: 'quiet' }, words.say('computing'))];
  const row = (name: string, part: Part, id: string) =>
    el('tr', {}, el('th', { scope: 'row', class: 'text' }, name), el('td', { class: 'amount card-figure' }, percentOf(words, part.percent, { id })), el('td', { class: 'amount' }, areaOf(words, part.km2)));
  const rest = [['pocket', answer.pocket], ['unreached', answer.unreached]] as const;
  return [
    el(
      'table',
      { 'aria-labelledby': 'sides-title' },
      el(
        'tbody',
        {},
        row(words.say('left_side'), answer.left, 'side-left'),
        row(words.say('right_side'), answer.right, 'side-right'),
        ...rest.filter(([, part]) => part.km2 > 0).map(([key, part]) => row(words.say(key), part, `side-${key}`)),
      ),
    ),
    el('p', { class: 'quiet' }, words.rich('sides_of', { place: placeName(view, answer.of), total: areaOf(words, answer.territory_km2) })),
    actions,
  ];
}
