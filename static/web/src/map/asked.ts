import { Marker, Popup, type Map as MapLibre, type PointLike } from 'maplibre-gl';
import { toldOf } from '../ask/told';
import type { Place } from '../ask/place';
import { saidIn } from '../ask/said';
import type { View } from '../app';
import { el } from '../dom';
import { describe } from './popup';

/** Asked marks the place that the reader asks about, and tells beside it who holds it and what is drawn there. */
export class Asked {
  private popup: Popup | null = null;
  private marker: Marker | null = null;
  private place: Place | null = null;
  private said = '';

  constructor(
    private readonly map: MapLibre,
    private readonly clickable: () => string[],
    private readonly forget: () => void,
  ) {}

  show(view: View): void {
    const { place } = view;
    if (place !== this.place) this.move(view, place);
    if (!place || !this.popup) return;
    const said = `${view.words.lang} ${view.shares?.as_of} ${view.basis} ${place.answer !== null} ${place.problem?.status}`;
    if (said === this.said) return;
    this.said = said;
    // Set again, so that it opens to the side where there is room for what it says now.
    this.popup.setDOMContent(this.content(view, place)).setLngLat(place.at as [number, number]);
    this.popup.getElement()?.querySelector('.maplibregl-popup-close-button')?.setAttribute('aria-label', view.words.say('close'));
  }

  /** Takes the mark and what is told away, as when the map goes. */
  remove(): void {
    this.popup?.remove();
    this.marker?.remove();
  }

  private move(view: View, place: Place | null): void {
    const { map } = this;
    const hadFocus = this.popup?.getElement()?.contains(document.activeElement) ?? false;
    const before = this.popup;
    this.place = place;
    this.popup = null;
    this.said = '';
    before?.remove();
    this.marker?.remove();
    this.marker = null;
    if (!place) {
      if (hadFocus) map.getCanvas().focus({ preventScroll: true });
      return;
    }
    const at = place.at as [number, number];
    this.marker = new Marker({ element: el('div', { class: 'asked-mark', 'aria-hidden': 'true' }) }).setLngLat(at).addTo(map);
    const popup = new Popup({ maxWidth: '320px', offset: 10, closeOnClick: false, focusAfterOpen: false }).setLngLat(at).setDOMContent(el('div')).addTo(map);
    popup.getElement().addEventListener('keydown', (event) => {
      if (event.key === 'Escape') popup.remove();
    });
    // Removing it takes it out of the document: where the focus was is asked before.
    popup.on('close', () => {
      if (this.popup !== popup) return;
      this.popup = null;
      map.getCanvas().focus({ preventScroll: true });
      this.forget();
    });
    this.popup = popup;
    this.show(view);
    // Somebody who asks by hand reads the answer next; a place of the link takes nothing away from who reads the figures.
    if (document.activeElement === map.getCanvas()) popup.getElement().querySelector<HTMLElement>('.told')?.focus({ preventScroll: true });
  }

  private content(view: View, place: Place): HTMLElement {
    const point = this.map.project(place.at as [number, number]);
    const around: [PointLike, PointLike] = [[point.x - 4, point.y - 4], [point.x + 4, point.y + 4]];
    const found = this.map.queryRenderedFeatures(around, { layers: this.clickable() });
    const drawn = describe(view, place.answer ? found.filter(({ sourceLayer }) => sourceLayer !== 'territories') : found);
    const content = el('div', { class: 'told', dir: view.words.dir, tabindex: -1, role: 'group', 'aria-labelledby': 'asked-title' });
    content.append(el('div', { class: 'asked', role: 'status' }, ...toldOf(view, place)));
    if (drawn) content.append(el('h3', { class: 'asked-drawn' }, saidIn(view.words.lang).say('drawn_here')), ...drawn);
    return content;
  }
}
