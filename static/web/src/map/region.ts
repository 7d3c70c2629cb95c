import { actions } from '../actions';
import type { App, View } from '../app';
import { button, el, ltr } from '../dom';
import type { GeoJSON } from 'geojson';
import { mapLabel } from '../evidence';
import { icon, type IconName } from '../icon';
import { lengthOf } from '../length';
import { notice } from '../notice';
import { drawingOf } from '../share';
import type { Tool } from '../sketch';
import { onTheme } from '../theme';
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
  const element = el('section', { class: 'map' }, container, doing, inset.element, controls, banner, task, key, credit);
  const canDraw = hasWebGL();
  const code = canDraw ? import('./map') : null;
  let mapView: MapView | null = null;
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
    idle: (idle: boolean) => (document.body.dataset.state = idle ? 'idle' : 'drawing'),
  };

  async function search(): Promise<void> {
    const { searchBox } = await import('../ask/search');
    if (!mapView || element.querySelector('.lookup')) return;
    const box = searchBox(app, mapView, () => document.getElementById('search')?.focus());
    element.append(box);
    box.querySelector('input')!.focus();
  }

  async function locate(): Promise<void> {
    const { openLocating } = await import('../ask/locate');
    openLocating(app, (at, metres) => mapView?.goTo(at, metres));
  }

  let seen: Shown | null = null;
  function speakKey(): void {
    const view = app.view();
    key.hidden = !canDraw || !view?.share;
    if (!canDraw || !view?.share) return;
    key.setAttribute('aria-label', view.words.say('key'));
    // Until it is known what is drawn, the key keeps the place of what may be.
    key.classList.toggle('awaited', !seen);
    key.replaceChildren(keyOf(view, seen ?? mayShow(view)));
  }
  onTheme(speakKey);
  // Paper is white.
  addEventListener('beforeprint', () => {
    const view = app.view();
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
    if (!app.state.embed) doing.replaceChildren(actions(app, canDraw ? async (times) => (await mapView?.picture(times)) ?? null : null));
    if (!canDraw) {
      controls.replaceChildren();
      container.dir = words.dir;
    }
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
      await mapView.update(app.view() ?? view);
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
