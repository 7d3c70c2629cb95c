import '../style/timeline.css';
import { Problem, type Row } from '../api';
import type { App, View } from '../app';
import { button, el, svg } from '../dom';
import { icon } from '../icon';
import { Phrases } from '../lang';
import type en from '../lang/timeline/en.json';
import { bring } from '../learn';
import { isComparing, today } from '../state';
import { Axis } from './days';
import { Player } from './player';

bring('timeline', import.meta.glob('../lang/timeline/*.json', { import: 'default' }));

/** The strip below the map. */
export interface Timeline {
  element: HTMLElement;
  update(view: View): void;
}

const height = 28; // of the track, in CSS pixels
const still = matchMedia('(prefers-reduced-motion: reduce)');

/** A strip of all changes with the share over time in it: a stop for each, and steps and play between them. Built once a language. */
export function timeline(app: App, first: View): Timeline {
  const { words, dataset } = first;
  const said = new Phrases<typeof en>('timeline', words.lang);
  const newest = today();
  const epochs = dataset.epochs.filter(({ from }) => from <= newest);
  const axis = new Axis(epochs, newest);
  const shown = () => axis.inForce(app.view()?.shares?.as_of ?? app.state.asOf ?? newest);

  const player = new Player(app, epochs.map(({ from }) => from), () => speak());
  const play = button(icon('play'), () => (player.isPlaying ? player.stop() : void player.play(shown())), { id: 'play' });
  const step = (by: number) => {
    player.stop();
    const to = epochs[shown() + by];
    if (to) app.go({ asOf: to.from });
  };
  const previous = button(icon('back'), () => step(-1), { id: 'timeline-previous', 'aria-label': words.say('previous_change'), title: words.say('previous_change') });
  const next = button(icon('forward'), () => step(1), { id: 'timeline-next', 'aria-label': words.say('next_change'), title: words.say('next_change') });
  const speak = () => {
    const label = said.say(player.isPlaying ? 'pause' : 'play');
    play.replaceChildren(icon(player.isPlaying ? 'pause' : 'play'));
    play.setAttribute('aria-label', label);
    play.title = label;
    // Nothing moves by itself for those who asked for that: they step.
    play.hidden = still.matches;
    if (still.matches) player.stop();
  };
  still.addEventListener('change', speak);

  const picture = svg('svg', { preserveAspectRatio: 'none', 'aria-hidden': 'true', height });
  const other = el('div', { class: 'stop other', hidden: true });
  const stop = el('div', { class: 'stop' });
  const track = el('div', { class: 'track', id: 'timeline', role: 'slider', tabindex: 0, 'aria-orientation': 'horizontal', 'aria-label': said.say('day'), 'aria-valuemin': 0, 'aria-valuemax': epochs.length - 1 }, picture, other, stop);
  const day = el('strong', { class: 'timeline-day' });
  const ends = el('p', { class: 'timeline-ends quiet', 'aria-hidden': 'true' }, el('span', {}, words.date(epochs[0]!.from)), day, el('span', {}, words.date(newest)));

  // A stop is gone to once; what the hand passes over between two pictures is left out by the app.
  const slide = (to: number) => {
    const at = Math.min(epochs.length - 1, Math.max(0, to));
    player.stop();
    if (at !== shown() || app.state.asOf === null) app.slide({ asOf: epochs[at]!.from });
  };
  const isRight = words.dir === 'rtl';
  const far = Math.max(1, Math.round(epochs.length / 10));
  track.addEventListener('keydown', (event) => {
    const onward = isRight ? -1 : 1;
    const by: Readonly<Record<string, number>> = { ArrowLeft: -onward, ArrowRight: onward, ArrowDown: -1, ArrowUp: 1, PageDown: -far, PageUp: far, Home: -epochs.length, End: epochs.length };
    const steps = by[event.key];
    if (steps === undefined) return;
    event.preventDefault();
    slide(shown() + steps);
  });
  const pointed = (event: PointerEvent) => {
    const { left, width } = track.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - left) / width));
    slide(axis.nearest(isRight ? 1 - share : share));
  };
  track.addEventListener('pointerdown', (event) => {
    track.setPointerCapture(event.pointerId);
    track.focus({ preventScroll: true });
    event.preventDefault();
    pointed(event);
  });
  track.addEventListener('pointermove', (event) => {
    if (track.hasPointerCapture(event.pointerId)) pointed(event);
  });

  let rows: readonly Row[] | null = null;
  const draw = () => {
    const width = Math.round(track.clientWidth);
    if (width === 0) return;
    picture.setAttribute('viewBox', `0 0 ${width} ${height}`);
    picture.replaceChildren(
      ...(rows ? [svg('path', { class: 'timeline-share', d: shareOver(rows, axis, width) })] : []),
      svg('path', { class: 'timeline-ticks', d: axis.ticks(width, 7) }),
    );
  };
  new ResizeObserver(draw).observe(track);
  speak();

  return {
    element: el('div', { class: 'timeline', role: 'group', 'aria-label': said.say('timeline') }, el('div', { class: 'timeline-buttons' }, previous, play, next), el('div', { class: 'timeline-days' }, track, ends)),
    update(view) {
      const { shares, series, state } = view;
      const at = shares?.as_of ?? state.asOf ?? newest;
      const index = axis.inForce(at);
      stop.style.setProperty('--at', `${100 * axis.at(at)}%`);
      track.setAttribute('aria-valuenow', String(index));
      track.setAttribute('aria-valuetext', words.date(at));
      const from = isComparing(state) ? (state.from ?? at) : null;
      other.hidden = from === null;
      if (from) other.style.setProperty('--at', `${100 * axis.at(from)}%`);
      day.textContent = from && from !== at ? `${words.date(at)}${words.say('comma')}${said.say('compared')} ${words.date(from)}` : words.date(at);
      previous.disabled = index <= 0;
      next.disabled = index >= epochs.length - 1;
      const known = series && !(series instanceof Problem) ? series.rows : null;
      if (known === rows) return;
      rows = known;
      draw();
    },
  };
}

// The share under the reading in force as steps from the foot of the track, 100 % its whole height; open where the day is not mapped.
function shareOver(rows: readonly Row[], axis: Axis, width: number): string {
  const x = (day: string) => (axis.at(day) * width).toFixed(1);
  const y = (percent: number) => (height * (1 - percent / 100)).toFixed(1);
  return rows
    .filter((row) => row.percent !== null)
    .map((row) => `M${x(row.from)} ${height}V${y(row.percent!)}H${row.to === null ? width : x(row.to)}V${height}Z`)
    .join('');
}
