import type { App, View } from '../app';
import { button, el } from '../dom';
import { icon, type IconName } from '../icon';
import { notice } from '../notice';
import type { MapView } from './map';

/** The part of the page that holds the map, its buttons and its credit. */
export interface MapRegion {
  element: HTMLElement;
  update(view: View): void;
}

/** Makes the region. The map's own code is fetched apart, so that the figures do not wait for it. */
export function mapRegion(app: App): MapRegion {
  const container = el('div', { class: 'canvas', id: 'map', dir: 'ltr' });
  const controls = el('div', { class: 'controls' });
  const banner = el('div', { class: 'banner', role: 'alert', hidden: true });
  const credit = el('p', { class: 'credit', dir: 'auto' });
  const element = el('section', { class: 'map' }, container, controls, banner, credit);
  const canDraw = hasWebGL();
  const code = canDraw ? import('./map') : null;
  let mapView: MapView | null = null;
  let lang = '';
  if (!canDraw) document.body.dataset['state'] = 'no-map';

  const told = {
    failed: (failed: boolean) => (banner.hidden = !failed),
    idle: (idle: boolean) => (document.body.dataset['state'] = idle ? 'idle' : 'drawing'),
  };

  function speak({ words, dataset }: View): void {
    if (lang === words.lang) return;
    lang = words.lang;
    element.setAttribute('aria-label', words.say('map'));
    const control = (label: string, sign: IconName, act: () => void) => button(icon(sign), act, { 'aria-label': label, title: label });
    controls.replaceChildren(
      control(words.say('zoom_in'), 'plus', () => mapView?.zoomBy(1)),
      control(words.say('zoom_out'), 'minus', () => mapView?.zoomBy(-1)),
      control(words.say('zoom_all'), 'whole', () => mapView?.fit()),
      control(words.say('save_image'), 'save', () => void savePicture()),
    );
    banner.replaceChildren(
      el('span', {}, words.say('tiles_failed')),
      button(words.say('retry'), () => void mapView?.retry(), { class: 'strong' }),
    );
    credit.textContent = words.name(dataset.attribution);
    if (!canDraw) {
      controls.replaceChildren();
      container.replaceChildren(notice(words.say('no_webgl'), words.say('no_webgl_why')));
      container.dir = words.dir;
    }
  }

  async function savePicture(): Promise<void> {
    const file = await mapView?.picture();
    const view = app.view();
    if (!file || !view) return;
    const address = URL.createObjectURL(file);
    el('a', { href: address, download: `${view.dataset.id}-${view.share?.as_of ?? ''}-${view.basis}.png` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
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
      // The first drawing waits for the day, so that no other day's zones are seen first.
      if (mapView || view.shares || view.problem) void draw(view);
    },
  };
}

function hasWebGL(): boolean {
  try {
    return document.createElement('canvas').getContext('webgl2') !== null;
  } catch {
    return false;
  }
}
