import type { CurvePoint, Displacement } from '../api';
import type { App, View } from '../app';
import { el, link } from '../dom';
import { ageOf, asMapped, phraseOf } from '../evidence';
import { areaOf, percentOf } from '../figures';
import { partyName, placeName } from '../names';
import { failureNotice } from '../notice';
import type { Section } from './panel';

const [nearest, furthest, step] = [-1000, 1500, 10]; // metres

/** How far the line would have to lie for a figure to be true, and the share with the line at any distance. */
export function yardstick(app: App, { words }: View): Section {
  const slider = el('input', { type: 'range', id: 'displace', min: nearest, max: furthest, step });
  slider.addEventListener('input', () => app.yardstick.move(Number(slider.value)));
  const field = el('input', { type: 'number', id: 'displace-percent', min: 0, max: 100, step: 'any', dir: 'ltr', required: true });
  const form = el(
    'form',
    { class: 'row' },
    el('label', { for: 'displace-percent' }, words.say('true_for')),
    field,
    el('button', { type: 'submit', id: 'displace-go' }, words.say('compute')),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    app.yardstick.reach(Number(field.value));
  });
  const draws = el('input', { type: 'checkbox', id: 'displace-draw' });
  draws.addEventListener('change', () => app.yardstick.draw(draws.checked));
  const told = el('div', { role: 'status', id: 'displaced' });
  const failed = el('div', {});
  const element = el(
    'details',
    { class: 'yardstick' },
    el('summary', {}, el('h2', {}, words.say('yardstick'))),
    el('p', { class: 'quiet' }, words.say('yardstick_note')),
    form,
    el('p', {}, el('label', { for: 'displace' }, words.say('displace_by'))),
    slider,
    el('p', { class: 'ends quiet', 'aria-hidden': 'true' }, el('span', {}, words.say('further_in')), el('span', {}, words.say('further_out'))),
    told,
    el('label', { class: 'layer' }, draws, words.say('draw_near')),
    failed,
  );
  element.addEventListener('toggle', () => app.yardstick.open(element.open));
  return {
    needs: 'share',
    element,
    update(view) {
      const { metres, percent, answer, problem, drawsNear, nearProblem } = view.yardstick;
      draws.checked = drawsNear;
      slider.value = String(metres);
      slider.setAttribute('aria-valuetext', distanceOf(view, metres));
      if (percent !== null && document.activeElement !== field) field.value = String(percent);
      told.replaceChildren(...(answer && !problem ? [...verdict(view), ...shareAt(view, answer, metres)] : []));
      if (!answer && !problem && element.open) told.replaceChildren(el('p', { class: 'quiet' }, words.say('computing')));
      failed.replaceChildren(
        ...(problem ? [failureNotice(words, problem, () => app.yardstick.load())] : []),
        ...(nearProblem ? [failureNotice(words, nearProblem, () => app.yardstick.draw(true))] : []),
      );
    },
  };
}

/** "447 m further out", "where it is drawn". */
export function distanceOf({ words }: View, metres: number): string {
  const whole = Math.round(Math.abs(metres));
  if (whole === 0) return words.say('where_it_lies');
  return words.say(metres > 0 ? 'metres_out' : 'metres_in', { n: words.number(whole, 0) });
}

// What was asked about a percentage, in the reader's language.
function verdict(view: View): HTMLElement[] {
  const { words, yardstick: { reached } } = view;
  if (reached?.percent_asked == null) return [];
  const { percent_asked: asked, displacement_m: metres } = reached;
  const percent = words.range(asked, asked, 0, 3);
  if (metres === null) {
    return [
      el('p', { class: 'verdict', 'data-reached': 'no' }, words.say('out_of_reach', { percent })),
      el('p', { class: 'quiet' }, el('bdi', { lang: 'en' }, reached.reason ?? '')),
    ];
  }
  const said = Math.round(metres) === 0 ? words.say('lies_where', { percent }) : words.say('would_lie', { percent, distance: distanceOf(view, metres) });
  return [el('p', { class: 'verdict', 'data-metres': metres }, said)];
}

function shareAt(view: View, answer: Displacement, metres: number): HTMLElement[] {
  const { words } = view;
  const { share } = answer;
  // What was asked for may lie beyond the curve, and is exact.
  const { percent_asked: asked, displacement_m: reached } = answer;
  const found = asked === null || reached === null ? [] : [{ distance_m: reached, percent: asked, held_km2: (asked / 100) * share.territory_km2 }];
  const at = interpolated([...answer.curve, ...found].sort((a, b) => a.distance_m - b.distance_m), metres);
  const what = phraseOf(view, share.measures, partyName(view, share.party));
  return [
    el('h3', {}, words.say('line_at', { distance: distanceOf(view, metres) })),
    el('p', { class: 'figure small' }, percentOf(words, at.percent, { id: 'displaced-percent' })),
    el('p', {}, words.say('part_of', { phrase: what, place: placeName(view, share.of) }), ': ', areaOf(words, at.held_km2)),
    el('p', { class: 'quiet' }, words.rich('drawn_share', { percent: percentOf(words, share.percent), length: el('bdi', {}, words.km(answer.line_km)) }), ' ', asMapped(view, share), ' · ', ageOf(words, share)),
    el('p', { class: 'quiet' }, link(answer.self, words.say('this_figure'))),
  ];
}

/** The point of a curve at a distance, straight between the two beside it; the curve has at least one point. */
export function interpolated(curve: readonly CurvePoint[], metres: number): CurvePoint {
  const after = curve.findIndex((point) => point.distance_m >= metres);
  if (after < 0) return curve.at(-1)!;
  const [a, b] = [curve[Math.max(0, after - 1)]!, curve[after]!];
  const part = b.distance_m === a.distance_m ? 0 : (metres - a.distance_m) / (b.distance_m - a.distance_m);
  const between = (from: number, to: number) => from + part * (to - from);
  return { distance_m: metres, percent: between(a.percent, b.percent), held_km2: between(a.held_km2, b.held_km2) };
}
