import { Map as MapLibre, ScaleControl, setWorkerUrl, type GeoJSONSource, type LngLat, type LngLatBoundsLike } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import 'maplibre-gl/dist/maplibre-gl.css';
import type { GeoJSON, Position } from 'geojson';
import type { Dataset, Names, TileJSON } from '../api';
import type { View } from '../app';
import type { SketchesView, Tool } from '../sketch';
import { mapLabel } from '../evidence';
import { namesOf } from '../names';
import { isDark, onTheme } from '../theme';
import { asked } from '../offline/kept';
import { boxOf } from './box';
import { coloursFor, lookOf } from './colours';
import { clearImage, contextFor, contextSource } from './context';
import type { Group } from './groups';
import type { Drawing } from './draw';
import { framed, picture } from './image';
import { imageOf } from './paint';
import '../style/ask.css';
import { Asked } from './asked';
import { featuresOf } from './sketches';
import { lineNameSource, mainSource, nameSource, styleOf } from './style';
import { tilesFor } from './tiles';
import { cameraAround } from './upright';

setWorkerUrl(workerUrl);

/** What the map tells the page. */
export interface Told {
  /** a tile or the list of tiles could not be had, or all is well again */
  failed(failed: boolean): void;
  /** which way is up now, in degrees clockwise from north */
  turned(bearing: number): void;
  /** all is drawn, or drawing has begun */
  idle(idle: boolean): void;
  /** what is on the map now */
  shows(shown: Shown): void;
  /** a place was clicked: longitude, latitude in degrees; or is asked about no more */
  asked(at: [number, number] | null): void;
  /** a drawing ended, with its shape or without one */
  drew(tool: Tool, shape: GeoJSON | null): void;
}

/** What the map shows, for its key. */
export interface Shown {
  /** whose land, ids of parties joined by a space */
  held: ReadonlySet<string>;
  /** marks of land that does not count */
  marks: ReadonlySet<string>;
  /** what a tile leaves out: land, or only the borders of zones inside held land */
  omitted: 'land' | 'borders' | null;
}

/** A drawing: at is null until the code for it is there. */
interface Begun {
  tool: Tool;
  edits: boolean;
  at: Drawing | null;
}

const clickable = ['thing-mark', 'place-dot', 'place-name', 'control-casing', 'zone-hatch', 'zone-area', 'district-area'];

/** A map as it is drawn at a moment, and how to read it. */
export interface Still {
  canvas: HTMLCanvasElement;
  /** pixels to a CSS pixel */
  scale: number;
  /** on the ground, for a CSS pixel */
  metres: number;
  bearing: number;
}

/** MapView draws the day, the reading, the language and the theme of the view. */
export class MapView {
  private map: MapLibre | null = null;
  private tiles: TileJSON | null = null;
  /** the tiles of the background, and of which dataset */
  private context: TileJSON | null = null;
  private contextOf = '';
  private shown = '';
  private ready = false;
  /** a tile could not be had since the style was last built */
  private broken = false;
  private asked: Asked | null = null;
  private drawing: Begun | null = null;
  private readonly scale = new ScaleControl({ unit: 'metric', maxWidth: 120 });
  private scaleCorner: 'bottom-left' | 'bottom-right' | null = null;
  private view!: View;
  private isGone = false;

  constructor(
    private readonly container: HTMLElement,
    private readonly told: Told,
    /** it is the second of two, which says nothing in the address */
    private readonly isOther = false,
  ) {
    onTheme(() => this.draw());
  }

  /** Shows a view; fetches the tiles of its epoch and reading when they are others than before. */
  async update(view: View): Promise<void> {
    const before = this.view as View | undefined;
    this.view = view;
    const { day, basis } = drawn(view);
    const wanted = `${view.dataset.id} ${day} ${basis}`;
    if (wanted !== this.shown && !view.busy) {
      this.shown = wanted;
      await this.fetchTiles(wanted, day, basis);
    }
    this.draw();
    if (before && before.of !== view.of) this.fit();
    if (!this.drawing) this.asked?.show(view);
    await this.sketch(view);
  }

  /** Ends a drawing with the points set so far. */
  finishDrawing(): void {
    this.drawing?.at?.finish();
  }

  /** Takes back what was drawn last. */
  undoDrawing(): void {
    this.drawing?.at?.undo();
  }

  // The code for drawing is fetched when the first drawing begins.
  private async sketch({ sketches }: View): Promise<void> {
    const { tool, edits } = sketches;
    if ((tool === (this.drawing?.tool ?? null) && edits === (this.drawing?.edits ?? false)) || !this.map) return;
    this.drawing?.at?.cancel();
    this.drawing = null;
    if (!tool) return;
    const drawing: Begun = { tool, edits, at: null };
    this.drawing = drawing;
    if (this.view.place) this.told.asked(null);
    const { drawOn, isEditable } = await import('./draw');
    if (this.drawing !== drawing) return;
    const before = edits ? shapeOf(sketches, tool) : null;
    // What is being changed is drawn by the drawing.
    if (before) (this.map.getSource('demarc-sketches') as GeoJSONSource).setData(featuresOf({ area: tool === 'area' ? null : sketches.area, line: tool === 'line' ? null : sketches.line, measured: tool === 'measure' ? null : sketches.measured }));
    drawing.at = drawOn(this.map, tool, coloursFor(isDark()).sketch as `#${string}`, before && isEditable(before) ? before : null, (shape) => {
      if (this.drawing !== drawing) return;
      this.drawing = null;
      this.told.drew(tool, shape);
    });
  }

  /** Asks again for what failed. */
  async retry(): Promise<void> {
    this.shown = '';
    await this.update(this.view);
  }

  zoomBy(steps: number): void {
    this.map?.zoomTo(this.map.getZoom() + steps);
  }

  /** The map itself, once there is one: for another that moves with it. */
  get inner(): MapLibre | null {
    return this.map;
  }

  /** Takes the map away for good. */
  remove(): void {
    this.shown = '';
    this.isGone = true;
    this.asked?.remove();
    this.map?.remove();
    this.map = null;
  }

  /** Draws what is shown, in so many times the pixels of a CSS pixel, as a PNG file that says what it states, and joined with what may lie beside it. */
  async picture(times: number, joined: (still: Still) => Promise<Still> = async (still) => still): Promise<Blob | null> {
    const still = await this.still(times);
    return still && this.map ? picture(this.view, this.shows(this.map), await joined(still)) : null;
  }

  /** What is shown, with what it states around it, as one of many days; null where there is no map. */
  async frame(day: string): Promise<HTMLCanvasElement | null> {
    const still = await this.still(1);
    return still && this.map ? framed(this.view, this.shows(this.map), still, day) : null;
  }

  /** What is shown now, in so many times the pixels of a CSS pixel. */
  async still(times: number): Promise<Still | null> {
    const { map } = this;
    if (!map) return null;
    const before = map.getPixelRatio();
    if (times !== before) {
      const drawn = new Promise((done) => map.once('idle', done));
      map.setPixelRatio(times);
      await drawn;
    }
    const drawing = new Promise<HTMLCanvasElement>((done) => map.once('render', () => done(copyOf(map.getCanvas()))));
    map.triggerRepaint();
    const canvas = await drawing;
    const scale = Math.max(1, canvas.width / Math.max(1, map.getCanvas().clientWidth));
    if (times !== before) map.setPixelRatio(before);
    return { canvas, scale, metres: metresPerPixel(map), bearing: map.getBearing() };
  }

  /** Shows the place in force whole. */
  fit(animate = true): void {
    const { map, view } = this;
    if (!map) return;
    const bearing = map.getBearing();
    const turned = bearing === 0 ? null : cameraAround(map, this.shapes(map), bearing, this.padding());
    if (turned) {
      map.easeTo({ ...turned, animate });
      return;
    }
    const box = view.of === view.dataset.territory ? view.dataset.bbox : placeBox(map, view);
    if (box) map.fitBounds(bounds(box), { padding: this.padding(), animate });
  }

  /** Shows a place (longitude, latitude in degrees) with so many metres around it. */
  goTo(at: [number, number], metres: number): void {
    const { map } = this;
    if (!map) return;
    const zoom = map.getZoom() + Math.log2((metresPerPixel(map) * 120) / Math.max(metres, 300));
    map.easeTo({ center: at, zoom: Math.min(zoom, 15) });
  }

  focus(): void {
    this.map?.getCanvas().focus({ preventScroll: true });
  }

  /** What the background names, each with its place; what several tiles have comes several times. */
  towns(): Array<{ names: Names; at: Position }> {
    const found = this.map?.getSource(contextSource) ? this.map.querySourceFeatures(contextSource, { sourceLayer: 'context_places', filter: ['!', ['in', ['get', 'kind'], ['literal', ['country', 'sea']]]] }) : [];
    return found.flatMap(({ properties, geometry }) => (geometry.type === 'Point' ? [{ names: namesOf(properties), at: geometry.coordinates }] : []));
  }

  /** Turns the map as its dataset says, or back so that north is up. */
  turn(): void {
    const { map, view } = this;
    if (!map) return;
    const bearing = map.getBearing() === 0 ? (view.dataset.context?.bearing ?? 0) : 0;
    map.easeTo({ ...(cameraAround(map, this.shapes(map), bearing, this.padding()) ?? { bearing }) });
  }

  // The outline of the place in force, as the shallow tile has it.
  private shapes(map: MapLibre) {
    const found = map.querySourceFeatures(nameSource, { sourceLayer: 'territories', filter: ['==', ['get', 'id'], this.view.of] });
    return found.map((feature) => feature.geometry);
  }

  // The stylesheet puts the credit below a narrow map, and on a wide one.
  private isWide(): boolean {
    return matchMedia('(min-width: 52.01rem) and (min-height: 30.01rem)').matches;
  }

  // Room for the names beside the outline, for the buttons at the far side of the line of text, and, where the map is
  // wide, for the actions, the credit and the key that lie on it.
  private padding() {
    const isRight = this.view.words.dir === 'rtl';
    const isUnder = this.isWide() && !this.view.state.embed;
    return { top: isUnder ? 68 : 28, bottom: !isUnder ? 24 : matchMedia('(max-width: 80rem)').matches ? 40 : 112, left: isRight ? 64 : 36, right: isRight ? 36 : 64 };
  }

  private async fetchTiles(wanted: string, day: string, basis: string): Promise<void> {
    const { view } = this;
    try {
      const context = this.contextOf === view.dataset.id ? this.context : contextFor(view.dataset);
      const tiles = await tilesFor(view.dataset.id, day, basis);
      const around = await context;
      if (this.shown !== wanted || this.isGone) return;
      this.tiles = tiles;
      [this.context, this.contextOf] = [around, view.dataset.id];
    } catch {
      if (this.shown !== wanted || this.isGone) return;
      this.shown = '';
      this.told.failed(true);
      return;
    }
    if (this.map) this.setTiles(this.tiles);
    else this.open(this.tiles);
  }

  private setTiles(list: TileJSON): void {
    this.told.failed(false);
    if (this.broken) {
      // MapLibre 6.17 never asks again for a tile that failed, even at a new address, so all is built anew.
      this.broken = this.ready = false;
      this.map?.setStyle(this.style(list), { diff: false });
      return;
    }
    for (const id of [mainSource, lineNameSource, nameSource]) {
      const source = this.map?.getSource(id);
      if (source && 'setTiles' in source) (source.setTiles as (urls: string[]) => void)(list.tiles);
    }
  }

  private open(tiles: TileJSON): void {
    const { view, told } = this;
    const { words } = view;
    const hasCamera = /[#&]map=/.test(location.hash);
    const map = new MapLibre({
      container: this.container,
      transformRequest: (url) => {
        asked(url);
        return { url };
      },
      style: this.style(tiles),
      bounds: bounds(view.dataset.bbox),
      fitBoundsOptions: { padding: this.padding() },
      maxBounds: bounds(farthest(view.dataset)),
      maxZoom: 17,
      // Pictures for print have up to four times the pixels of the screen.
      maxCanvasSize: [8192, 8192],
      // A source deeper than its tiles is drawn from them as they are, so each place is named once.
      zoomLevelsToOverscale: 24,
      hash: view.state.embed || this.isOther ? false : 'map',
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      rollEnabled: false,
      cooperativeGestures: view.state.embed,
      locale: {
        'Popup.Close': words.say('close'),
        'CooperativeGesturesHandler.WindowsHelpText': words.say('cooperative_windows'),
        'CooperativeGesturesHandler.MacHelpText': words.say('cooperative_mac'),
        'CooperativeGesturesHandler.MobileHelpText': words.say('cooperative_mobile'),
      },
    });
    this.map = map;
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    map.setMissingStyleImageResolver((id) => {
      if (id === clearImage) map.addImage(id, { width: 16, height: 16, data: new Uint8Array(16 * 16 * 4) }, { pixelRatio: 2 });
      const image = imageOf(this.view.dataset.look, id) ?? this.view.sites?.image(this.view, id) ?? this.view.compare?.image(id);
      if (image) map.addImage(id, image, { pixelRatio: 2 });
    });
    map.on('dataloading', () => told.idle(false));
    map.on('movestart', () => told.idle(false));
    map.on('idle', () => {
      told.idle(true);
      told.shows(this.shows(map));
    });
    map.on('error', (event) => {
      console.error(event.error);
      if (!('sourceId' in event)) return;
      this.broken = true;
      told.failed(true);
    });
    map.on('rotate', () => told.turned(map.getBearing()));
    told.turned(map.getBearing());
    map.on('click', (event) => this.ask(event.lngLat.wrap()));
    map.getCanvas().addEventListener('keydown', (event) => {
      if (event.key === 'Enter') this.ask(map.getCenter().wrap());
    });
    map.on('mousemove', (event) => {
      const hit = map.queryRenderedFeatures(event.point, { layers: this.clickable(map) }).length > 0;
      map.getCanvas().classList.toggle('can-tell', hit);
    });
    map.on('style.load', () => {
      this.ready = true;
      this.draw();
    });
    map.once('idle', () => {
      this.asked = new Asked(map, () => this.clickable(map), () => told.asked(null));
      this.asked.show(this.view);
      if (view.of !== view.dataset.territory && !hasCamera) this.fit(false);
    });
    Object.assign(window, { [this.isOther ? 'demarcOther' : 'demarcMap']: map });
  }

  private style(tiles: TileJSON) {
    const { view } = this;
    // Where there is no figure there are no zones either: nothing is shown of another day.
    const hidden: ReadonlySet<Group> = !view.share ? new Set<Group>([...view.hidden, 'zones', 'uncounted', 'lines']) : view.hidden;
    const chosen = view.of === view.dataset.territory ? null : view.of;
    return styleOf({ tiles, context: this.context, colouring: lookOf(view.dataset.look, view.basis), basis: view.basis, lang: view.words.lang, dark: isDark(), chosen, hidden, sketches: featuresOf(view.sketches), near: view.yardstick.near, things: view.sites?.features(view) ?? null, changes: view.compare?.features() ?? null });
  }

  private draw(): void {
    const { map, tiles, view } = this;
    // A style that is still loading cannot be changed, only thrown away; this is called again when it is there.
    // Nor can one while a drawing adds to it.
    if (!map || !tiles || !this.ready || this.drawing?.at) return;
    this.told.idle(false);
    map.setStyle(this.style(tiles), { diff: true });
    map.triggerRepaint(); // even a style without a difference ends in a frame, and so in idle
    this.placeScale(map);
    map.getCanvas().setAttribute('aria-label', mapLabel(view));
  }

  // On a wide map the credit fills the corner where a line of text ends, and the scale stands in the other.
  private placeScale(map: MapLibre): void {
    const corner = this.view.words.dir === 'ltr' && this.isWide() ? 'bottom-left' : 'bottom-right';
    if (corner === this.scaleCorner || this.isOther) return;
    if (this.scaleCorner) map.removeControl(this.scale);
    map.addControl(this.scale, corner);
    this.scaleCorner = corner;
  }

  private shows(map: MapLibre): Shown {
    const tags = (sourceLayer: string) => map.querySourceFeatures(mainSource, { sourceLayer }).map(({ properties }) => properties);
    const zones = tags('zones');
    const held = tags('held').map((tag) => String(tag.parties ?? tag.id));
    const left = tags('omitted');
    const counted = zones.filter((tag) => tag.counts !== false).map((tag) => String(tag.party));
    return {
      held: new Set(held.length > 0 ? held : counted),
      marks: new Set(zones.filter((tag) => tag.counts === false).map((tag) => String(tag.mark))),
      omitted: left.length === 0 ? null : left.every((tag) => tag.dropped === 0) ? 'borders' : 'land',
    };
  }

  private clickable(map: MapLibre): string[] {
    return clickable.filter((id) => map.getLayer(id));
  }

  private ask({ lng, lat }: LngLat): void {
    if (!this.drawing) this.told.asked([lng, lat]);
  }
}

// The epoch and reading whose tiles show a view. Without a figure these are any that exist: only places are drawn then.
function drawn({ share, dataset }: View): { day: string; basis: string } {
  // The map shows lines of every reading, so its epochs are those of the whole dataset, not of the reading.
  const epochs = share ? dataset.epochs.filter((epoch) => epoch.from <= share.as_of) : [];
  if (share) return { day: epochs.at(-1)?.from ?? share.epoch.from, basis: share.basis };
  return { day: dataset.epochs[0]?.from ?? dataset.first_date, basis: dataset.default_basis };
}

// The shape of a tool, where there is one.
function shapeOf({ area, line, measured }: SketchesView, tool: Tool): GeoJSON | null {
  return tool === 'measure' ? measured : ((tool === 'area' ? area : line)?.shape ?? null);
}

// How far the map goes: three times its width and twice its height to each side, and not beyond its background.
function farthest({ bbox: [west, south, east, north], context }: Dataset): [number, number, number, number] {
  const [width, height] = [east - west, north - south];
  const [w, s, e, n] = context?.extent ?? [-360, -90, 360, 90];
  return [Math.max(west - 3 * width, Math.min(w, west)), Math.max(south - 2 * height, Math.min(s, south)), Math.min(east + 3 * width, Math.max(e, east)), Math.min(north + 2 * height, Math.max(n, north))];
}

function bounds([west, south, east, north]: readonly [number, number, number, number]): LngLatBoundsLike {
  return [[west, south], [east, north]];
}

// The server's box of the place, or the one of its outline in the shallow tile.
function placeBox(map: MapLibre, { dataset, of }: View): [number, number, number, number] | null {
  const given = dataset.territories.find((place) => place.id === of)?.bbox;
  if (given) return given;
  const found = map.querySourceFeatures(nameSource, { sourceLayer: 'territories', filter: ['==', ['get', 'id'], of] });
  return boxOf(found.map((feature) => feature.geometry));
}

// A drawing buffer holds what it shows only while a frame is being drawn.
function copyOf(canvas: HTMLCanvasElement): HTMLCanvasElement {
  const copy = document.createElement('canvas');
  [copy.width, copy.height] = [canvas.width, canvas.height];
  copy.getContext('2d')!.drawImage(canvas, 0, 0);
  return copy;
}

// On the ground, for a CSS pixel in the middle of the map (Web Mercator: tiles of 512 pixels).
function metresPerPixel(map: MapLibre): number {
  const equator = 2 * Math.PI * 6378137;
  return (Math.cos((map.getCenter().lat * Math.PI) / 180) * equator) / (512 * 2 ** map.getZoom());
}
