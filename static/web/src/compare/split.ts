import type { Map as MapLibre } from 'maplibre-gl';
import type { App, View } from '../app';
import { el } from '../dom';
import type { MapView, Shown, Still, Told } from '../map/map';
import { otherOf, type Compare } from './compare';
import { divider } from './divider';
import { saidIn, sideName } from './said';

/** Makes the second map, in a place of the page. */
export type Make = (container: HTMLElement, told: Told) => MapView;

/** What the two maps tell the page. */
export type SplitTold = Pick<Told, 'failed' | 'idle' | 'asked'> & { shows(): void };

/**
 * Split holds two maps of one camera: one over the other up to a border that is moved, or side by side. The other state lies
 * where a line of text begins. The second map is made when it is first shown, and taken away at the end.
 */
export class Split {
  private readonly names = [el('p', { class: 'side-name' }), el('p', { class: 'side-name own' })] as const;
  private readonly container = el('div', { class: 'canvas', dir: 'ltr' });
  private readonly border;
  private readonly element: HTMLElement;
  private readonly watched: ResizeObserver;
  private other: MapView | null = null;
  private parted: (() => void) | null = null;
  private drawn: View | null = null;

  constructor(
    app: App,
    private readonly place: HTMLElement,
    private readonly main: MapView,
    private readonly make: Make,
    private readonly told: SplitTold,
  ) {
    this.border = divider((at) => this.move(at), (at) => app.divide(at));
    this.element = el('div', { class: 'compared', hidden: true }, this.container, this.border.element, ...this.names);
    place.after(this.element);
    this.watched = new ResizeObserver(() => this.lie());
    this.watched.observe(place);
  }

  /** Shows both sides of a view, or the main map alone where nothing is compared, or the reader draws. */
  async update(view: View): Promise<void> {
    const { compare } = view;
    this.drawn = view;
    if (!compare) return this.close();
    const wasSide = this.element.hidden ? null : this.element.classList.contains('side');
    const isShown = view.share !== null && view.sketches.tool === null;
    this.element.hidden = !isShown;
    this.place.parentElement!.classList.toggle('side', isShown && view.split === 'side');
    this.element.classList.toggle('side', view.split === 'side');
    if (!isShown) return;
    this.lie();
    // A map of half the width shows the place whole again.
    if (wasSide !== null && wasSide !== (view.split === 'side')) {
      this.main.inner?.resize();
      this.main.fit(false);
    }
    this.speak(view, compare);
    // Under a hand it stays where that has it, whatever else changes meanwhile.
    if (view.split !== 'side' && !this.border.isHeld()) this.move(view.split);
    this.other ??= this.make(this.container, { ...this.told, turned: () => {}, drew: () => {}, shows: (shown) => this.saw(compare, shown) });
    const { other } = this;
    this.told.idle(false);
    await other.update(compare.viewOf(view));
    if (this.other === other && other.inner && this.main.inner && !this.parted) this.parted = inStep(this.main.inner, other.inner);
  }

  /** The PNG file of both, as they share the map, that says what it states of each. */
  async picture(times: number): Promise<Blob | null> {
    return this.main.picture(times, async (own) => {
      const [view, other] = [this.drawn, await (this.other?.still(times) ?? null)];
      return view?.compare && other && !this.element.hidden ? { ...own, canvas: this.joined(view, own, other) } : own;
    });
  }

  private saw(compare: Compare, shown: Shown): void {
    compare.shown = shown;
    this.told.shows();
  }

  // Over the main map, and over what it leaves free beside it.
  private lie(): void {
    this.element.style.insetBlockStart = `${this.place.offsetTop}px`;
    this.element.style.blockSize = `${this.place.offsetHeight}px`;
  }

  private move(at: number): void {
    this.element.style.setProperty('--at', `${at}%`);
    if (this.drawn) this.border.say(at, saidIn(this.drawn.words.lang), sideName(this.drawn, otherOf(this.drawn)));
  }

  private speak(view: View, compare: Compare): void {
    const { words, share } = view;
    const said = (one: View, day: string) => [
      el('strong', {}, words.date(day)),
      el('span', {}, words.name(view.dataset.bases.find(({ id }) => id === one.basis)?.name, one.basis)),
      el('span', { class: 'side-figure' }, one.share ? words.percent(one.share.percent) : '–'),
    ];
    const other = compare.viewOf(view);
    this.names[0].replaceChildren(...said(other, otherOf(view).day));
    this.names[1].replaceChildren(...said(view, share!.as_of));
  }

  private close(): void {
    if (!this.other) return;
    this.parted?.();
    this.other.remove();
    this.other = this.parted = null;
    this.element.hidden = true;
    this.place.parentElement!.classList.remove('side');
    this.container.replaceChildren();
    this.told.idle(true);
  }

  // Both maps on one canvas, with the name and the figure of each side on it.
  private joined(view: View, own: Still, other: Still): HTMLCanvasElement {
    const isRight = view.words.dir === 'rtl';
    const { width, height } = own.canvas;
    const both = el('canvas', { width: view.split === 'side' ? 2 * width : width, height });
    const pen = both.getContext('2d')!;
    const border = view.split === 'side' ? width : Math.round((width * (isRight ? 100 - view.split : view.split)) / 100);
    if (view.split === 'side') {
      pen.drawImage(own.canvas, isRight ? 0 : width, 0);
      pen.drawImage(other.canvas, isRight ? width : 0, 0);
    } else {
      const [left, right] = isRight ? [own, other] : [other, own];
      if (border > 0) pen.drawImage(left.canvas, 0, 0, border, height, 0, 0, border, height);
      if (border < width) pen.drawImage(right.canvas, border, 0, width - border, height, border, 0, width - border, height);
    }
    const { color, backgroundColor } = getComputedStyle(this.names[0]);
    pen.fillStyle = color;
    pen.fillRect(border - own.scale, 0, 2 * own.scale, height);
    pen.direction = view.words.dir;
    pen.font = `600 ${14 * own.scale}px system-ui, sans-serif`;
    pen.textBaseline = 'middle';
    this.names.forEach((name, index) => {
      const text = [...name.children].map((part) => part.textContent).join(' · ');
      const isLeft = (index === 0) !== isRight;
      const [edge, line] = [12 * own.scale, 28 * own.scale];
      const wide = pen.measureText(text).width + 2 * edge;
      const [x, y] = [isLeft ? edge : both.width - edge - wide, edge + (both.width < 2 * wide + 3 * edge ? index * (line + edge / 2) : 0)];
      pen.fillStyle = backgroundColor;
      pen.fillRect(x, y, wide, line);
      pen.fillStyle = color;
      pen.textAlign = 'center';
      pen.fillText(text, x + wide / 2, y + line / 2);
    });
    return both;
  }
}

// Keeps two maps at one camera, whichever is moved, until what it returns is called.
function inStep(main: MapLibre, other: MapLibre): () => void {
  let isFollowing = false;
  const follow = (leader: MapLibre, follower: MapLibre) => () => {
    if (isFollowing) return;
    isFollowing = true;
    follower.jumpTo({ center: leader.getCenter(), zoom: leader.getZoom(), bearing: leader.getBearing() });
    isFollowing = false;
  };
  const [led, leads] = [follow(main, other), follow(other, main)];
  led();
  main.on('move', led);
  other.on('move', leads);
  return () => main.off('move', led);
}
