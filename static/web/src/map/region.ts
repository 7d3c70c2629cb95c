import { actions } from '../actions';
import type { App, View } from '../app';
import type { Split } from '../compare/split';
import { button, el, ltr } from '../dom';
import type { GeoJSON } from 'geojson';
import { mapLabel } from '../evidence';
import { icon, type IconName } from '../icon';
import { withWords } from '../learn';
import { lengthOf } from '../length';
import { notice } from '../notice';
import { drawingOf } from '../share';
import type { Tool } from '../sketch';
import { today } from '../state';
import { isDark, onTheme } from '../theme';
import type { Timeline } from '../timeline/timeline';
import { creditOf } from './credit';
import { keyOf } from './key';
import { locator } from './locator';
import type { MapView, Shown } from './map';
import { partiesOf } from './paint';

/** The part of the page that holds the map, its buttons and its credit. */
export interface MapRegion {
  element: HTMLElement;
  update(view: View): void;
}

// Milliseconds; shorter than one notices, longer than between two stops of a slider that is dragged.
const restAfter = 120;

/** Makes the region. The map's own code is fetched apart, so that the figures do not wait for it. */
export function mapRegion(app: App): MapRegion {
  const container = el('div', { class: 'canvas', id: 'map', dir: 'ltr' });
  const controls = el('div', { class: 'controls' });
  const banner = el('div', { class: 'banner', role: 'alert', hidden: true });
  const task = el('div', { class: 'banner task', role: 'status', hidden: true });
  const credit = el('p', { class: 'credit', dir: 'auto' });
  const key = el('section', { class: 'key', hidden: true });
  const doing = el('div', { class: 'doing-place' });
  const inset = locator();
  const strip = el('div', { class: 'strip', hidden: true });
  const element = el('section', { class: 'map' }, container, strip, doing, inset.element, controls, banner, task, key, credit);
  const canDraw = hasWebGL();
  const code = canDraw ? import('./map') : null;
  let mapView: MapView | null = null;
  let split: Split | null = null;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let lang = '';
  if (!canDraw) document.body.dataset.state = 'no-map';

  // The arrow points to the north, whichever way is up.
  let compass: HTMLButtonElement | null = null;
  let bearing = 0;
  const told = {
    turned: (now: number) => {
      bearing = now;
      compass?.setAttribute('aria-pressed', String(now !== 0));
      const arrow = compass?.querySelector<SVGElement>('svg');
      if (arrow) arrow.style.rotate = `${-now}deg`;
    },
    failed: (failed: boolean) => (banner.hidden = !failed),
    shows: (shown: Shown) => {
      seen = shown;
      speakKey();
    },
    asked: (at: [number, number] | null) => void app.askPlace(at),
    drew: (tool: Tool, shape: GeoJSON | null) => (shape ? app.sketches.take(tool, shape) : app.sketches.draw(null)),
    idle: settling('own'),
  };

  // All is drawn once each map is.
  const unsettled = new Set<string>();
  function settling(name: string) {
    return (idle: boolean) => {
      if (idle) unsettled.delete(name);
      else unsettled.add(name);
      document.body.dataset.state = unsettled.size === 0 ? 'idle' : 'drawing';
    };
  }

  async function search(): Promise<void> {
    const { searchBox } = await withWords(import('../ask/search'), app.words.lang);
    if (!mapView || element.querySelector('.lookup')) return;
    const box = searchBox(app, mapView, () => document.getElementById('search')?.focus());
    element.append(box);
    box.querySelector('input')!.focus();
  }

  async function locate(): Promise<void> {
    const { openLocating } = await withWords(import('../ask/locate'), app.words.lang);
    openLocating(app, (at, metres) => mapView?.goTo(at, metres));
  }

  let seen: Shown | null = null;
  let keyed = '';
  function speakKey(): void {
    const view = app.view();
    key.hidden = !canDraw || !view?.share;
    if (!canDraw || !view?.share) return;
    key.setAttribute('aria-label', view.words.say('key'));
    // Until it is known what is drawn, the key keeps the place of what may be.
    key.classList.toggle('awaited', !seen);
    const shown = seen ?? mayShow(view);
    const now = JSON.stringify([view.dataset.snapshot, view.basis, view.words.lang, isDark(), [...view.hidden], [...shown.held], [...shown.marks], shown.omitted]);
    if (now === keyed && !view.sites) return;
    keyed = now;
    key.replaceChildren(keyOf(view, shown));
  }
  onTheme(speakKey);
  // Paper is white.
  addEventListener('beforeprint', () => {
    const view = app.view();
    keyed = '';
    if (view?.share && seen) key.replaceChildren(keyOf(view, seen, false));
  });
  addEventListener('afterprint', speakKey);

  function speak({ words, dataset }: View): void {
    if (lang === words.lang) return;
    lang = words.lang;
    element.querySelector('.lookup')?.remove();
    element.setAttribute('aria-label', words.say('map'));
    const control = (label: string, sign: IconName, act: () => void) => button(icon(sign), act, { id: sign, 'aria-label': label, title: label });
    compass = control(words.say('upright'), 'north', () => mapView?.turn());
    compass.id = 'upright';
    told.turned(bearing);
    controls.replaceChildren(
      ...(app.state.embed ? [] : [control(words.say('search'), 'search', () => void search())]),
      control(words.say('zoom_in'), 'plus', () => mapView?.zoomBy(1)),
      control(words.say('zoom_out'), 'minus', () => mapView?.zoomBy(-1)),
      control(words.say('zoom_all'), 'whole', () => mapView?.fit()),
      ...(dataset.context?.bearing ? [compass] : []),
      control(words.say('measure'), 'measure', () => app.sketches.draw('measure')),
      ...(isSecureContext && 'geolocation' in navigator && !app.state.embed ? [control(words.say('locate'), 'locate', () => void locate())] : []),
    );
    banner.replaceChildren(
      el('span', {}, words.say('tiles_failed')),
      button(words.say('retry'), () => void mapView?.retry(), { class: 'strong' }),
    );
    if (!app.state.embed) doing.replaceChildren(actions(app, canDraw ? async (times) => (await (split ?? mapView)?.picture(times)) ?? null : null, canDraw ? async (day) => (await mapView?.frame(day)) ?? null : null));
    if (!canDraw) {
      controls.replaceChildren();
      container.dir = words.dir;
    }
  }

  // All changes along the foot of the map, where there are any. Its place is kept from the first.
  let days: Timeline | null = null;
  let daysOf = '';
  function showDays(view: View): void {
    const { epochs } = view.dataset;
    const newest = today();
    strip.hidden = view.state.embed || epochs.filter(({ from }) => from <= newest).length < 2;
    element.classList.toggle('timed', !strip.hidden);
    if (strip.hidden) return;
    const made = `${view.words.lang} ${view.dataset.id} ${view.dataset.snapshot}`;
    days?.update(view);
    if (made === daysOf) return;
    daysOf = made;
    const make = async () => {
      const { timeline } = await withWords(import('../timeline/timeline'), view.words.lang);
      const now = app.view();
      if (!now || daysOf !== made) return;
      days = timeline(app, now);
      strip.replaceChildren(days.element);
      days.update(now);
    };
    make().catch(console.error);
  }

  // Where nothing can be drawn here, the server's picture of the same day, place and reading is shown.
  const still = el('img', { class: 'still' });
  function showStill(view: View): void {
    const { words, share } = view;
    const address = drawingOf(view);
    if (share && still.getAttribute('src') !== address) still.src = address;
    still.alt = mapLabel(view);
    still.hidden = !share;
    container.replaceChildren(still, notice(words.say('no_webgl'), words.say('no_webgl_why')));
  }

  // What is being drawn and how to end it, or how long the measured line is.
  let atWork = '';
  function speakTask({ words, sketches }: View): void {
    const { tool, edits, measured } = sketches;
    const now = `${words.lang} ${tool} ${edits} ${measured ? lengthOf(measured.coordinates) : ''}`;
    if (now === atWork) return;
    atWork = now;
    task.hidden = !canDraw || (!tool && !measured);
    if (tool) {
      task.replaceChildren(
        el('span', {}, words.say(edits ? 'drawing_edit' : `drawing_${tool}`), !edits && el('span', { class: 'by-keys' }, ' ', words.say('drawing_keys'))),
        el('span', { class: 'actions' },
          button(words.say('undo'), () => mapView?.undoDrawing(), { id: 'undo' }),
          button(words.say('finish'), () => mapView?.finishDrawing(), { id: 'finish', class: 'strong' }),
          button(words.say('cancel'), () => app.sketches.draw(null), { id: 'cancel' })),
      );
      element.scrollIntoView({ block: 'nearest' });
    } else if (measured) {
      const km = lengthOf(measured.coordinates) / 1000;
      task.replaceChildren(
        el('span', {}, words.rich('measured', { length: el('data', { value: km, id: 'measured' }, ltr(words.km(km))) })),
        button(words.say('edit'), () => app.sketches.edit('measure'), { id: 'edit-measure' }),
        button(words.say('clear'), () => app.sketches.clear('measure')),
      );
    }
  }

  async function draw(view: View): Promise<void> {
    if (!code) return;
    try {
      const { MapView } = await code;
      mapView ??= new MapView(container, told);
      const now = app.view() ?? view;
      await mapView.update(now);
      if (now.compare && !split) {
        const { Split } = await import('../compare/split');
        split ??= new Split(app, container, mapView, (place, other) => new MapView(place, other, true), { failed: told.failed, idle: settling('other'), asked: told.asked, shows: speakKey });
      }
      await split?.update(app.view() ?? now);
    } catch (fault) {
      console.error(fault);
      told.failed(true);
    }
  }

  return {
    element,
    update(view) {
      speak(view);
      speakTask(view);
      speakKey();
      credit.textContent = creditOf(view);
      showDays(view);
      if (canDraw) inset.update(view);
      if (!canDraw) return showStill(view);
      // The first drawing waits for the day, so that no other day's zones are seen first.
      if (!mapView && (view.shares || view.problem)) void draw(view);
      if (!mapView) return;
      // Drawing a map can take longer than a slider takes to its next stop: it waits until the hand rests.
      clearTimeout(waiting);
      waiting = setTimeout(() => void draw(view), restAfter);
    },
  };
}

// What the legend of the reading in force has.
function mayShow({ dataset, basis }: View): Shown {
  const legend = dataset.look?.legend[basis] ?? [];
  const held = legend.map(partiesOf).filter((parties) => parties.length === 1).map((parties) => parties.join(' '));
  return { held: new Set(held), marks: new Set(), omitted: null };
}

function hasWebGL(): boolean {
  try {
    return document.createElement('canvas').getContext('webgl2') !== null;
  } catch {
    return false;
  }
}
