import type { ExpressionSpecification, LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl';
import type { Look as Colouring, TileJSON } from '../api';
import type { Lang } from '../lang';
import type { FeatureCollection } from 'geojson';
import { coloursFor, hueOf, inkOf, opacityOf } from './colours';
import { clearOfLines, contextSource, landLayer, layersBelow, namesAbove, sourceOf } from './context';
import type { Group } from './groups';
import { imageName, patternOf } from './paint';
import { zoomOfOneTile } from './tiles';

export interface Look {
  tiles: TileJSON;
  /** the tiles of the map background, or nothing */
  context: TileJSON | null;
  /** the server's colours, and the reading they are of */
  colouring: Colouring | undefined;
  basis: string;
  lang: Lang;
  dark: boolean;
  /** the place picked out, or null */
  chosen: string | null;
  hidden: ReadonlySet<Group>;
  /** what the reader drew; ends of a line carry a name */
  sketches: FeatureCollection;
  /** the land near the line, or nothing */
  near: FeatureCollection | null;
  /** the reader's own things, or nothing */
  things: FeatureCollection | null;
  /** the land in which two days or readings differ, or nothing */
  changes: FeatureCollection | null;
}

/**
 * The source of everything drawn, and two that end shallow, so that a line or a place is in one tile and named once.
 * The one for places is shallower by two: there, parts too small for a name of their own are gone.
 */
export const mainSource = 'demarc';
export const lineNameSource = 'demarc-line-names';
export const nameSource = 'demarc-names';
const sketchSource = 'demarc-sketches';
const nearSource = 'demarc-near';
const thingSource = 'demarc-things';
const changeSource = 'demarc-changes';

const empty: FeatureCollection = { type: 'FeatureCollection', features: [] };

// Drawn by the reader's own fonts: no glyphs are fetched. The weight is read off the first name of the list, which no
// font needs to have.
const font = ['system-ui', 'sans-serif'];
const boldFont = ['Bold', 'system-ui', 'sans-serif'];

// What counts and whose it is stands in the tiles; nothing here decides it.
const counts: ExpressionSpecification = ['!=', ['get', 'counts'], false];
const isAlone: ExpressionSpecification = ['has', 'party'];
const isDistrict: ExpressionSpecification = ['==', ['get', 'kind'], 'district'];
const isTerritory: ExpressionSpecification = ['==', ['get', 'kind'], 'territory'];

/** The whole look of the map as a style, from bottom to top. */
export function styleOf(look: Look): StyleSpecification {
  const { tiles, dark, chosen } = look;
  const colours = coloursFor(dark);
  const name = nameIn(look.lang);
  const source = (deepest: number): SourceSpecification => ({
    type: 'vector', tiles: tiles.tiles, bounds: tiles.bounds, minzoom: tiles.minzoom, maxzoom: Math.max(tiles.minzoom, deepest),
  });
  const wholeZoom = zoomOfOneTile(tiles.bounds, tiles.maxzoom);
  const labelPaint = { 'text-color': colours.text, 'text-halo-color': colours.halo, 'text-halo-width': 1.6 };
  const { colouring } = look;
  const parties = (colouring?.parties ?? []).map(({ party }) => party);
  const marks = (colouring?.statuses ?? []).map(({ mark }) => mark);
  const fill = matched('party', parties.map((party) => [party, hueOf(colouring, party, dark).fill]), colours.neutral);
  const outline = matched('party', parties.map((party) => [party, hueOf(colouring, party, dark).outline]), colours.neutral);
  const markInk = matched('mark', marks.map((mark) => [mark, inkOf(colouring, mark, dark)]), colours.neutral);
  const lineColour = matched('id', (colouring?.lines ?? []).map(({ id, colour }) => [id, colour]), colours.neutral);
  const isDashed: ExpressionSpecification = ['in', ['get', 'id'], ['literal', (colouring?.lines ?? []).filter(({ dashed }) => dashed).map(({ id }) => id)]];
  // Held land is dissolved in a layer of its own; tiles of before it have the zones only.
  const hasHeld = tiles.vector_layers?.some(({ id }) => id === 'held') ?? true;
  const held = { source: mainSource, 'source-layer': hasHeld ? 'held' : 'zones' } as const;
  const isHeld: ExpressionSpecification = hasHeld ? ['has', 'id'] : counts;
  const plain = patternOf(colouring, look.basis) === 'held';
  const opacity = opacityOf(colouring);
  const lineName = {
    'text-field': name, 'text-font': boldFont, 'text-size': 12.5, 'text-offset': [0, -1] as [number, number], 'text-max-angle': 80,
  };
  const { context } = look;
  const surrounded = context !== null && !look.hidden.has('background');
  const background = (all: LayerSpecification[]): Array<[Group, LayerSpecification]> => (context ? all.map((layer) => ['background', layer]) : []);
  const control = { source: mainSource, 'source-layer': 'control_lines', type: 'line' } as const;
  const round = { 'line-cap': 'round', 'line-join': 'round' } as const;

  const layers: Array<[Group | null, LayerSpecification]> = [
    [null, { id: 'around', type: 'background', paint: { 'background-color': surrounded ? colours.sea : colours.around } }],
    ...background([landLayer(colours)]),
    [null, {
      id: 'land', source: mainSource, 'source-layer': 'territories', type: 'fill', filter: isTerritory,
      paint: { 'fill-color': colours.land },
    }],
    ...background(layersBelow(colours)),
    // Not to be seen, only to be asked what district a place lies in.
    [null, {
      id: 'district-area', source: mainSource, 'source-layer': 'territories', type: 'fill', filter: isDistrict,
      paint: { 'fill-color': colours.land, 'fill-opacity': 0 },
    }],
    // Nor this: it keeps the outline of the whole at hand, wherever the map is.
    [null, {
      id: 'whole-area', source: nameSource, 'source-layer': 'territories', type: 'fill',
      paint: { 'fill-color': colours.land, 'fill-opacity': 0 },
    }],
    ['zones', {
      ...held, id: 'held-fill', type: 'fill', filter: ['all', isHeld, isAlone],
      paint: plain
        ? { 'fill-color': fill, 'fill-opacity': opacity, 'fill-antialias': false }
        : { 'fill-pattern': ['concat', imageName('land', dark, look.basis), ['get', 'party']] },
    }],
    ['zones', {
      ...held, id: 'held-shared', type: 'fill', filter: ['all', isHeld, ['!', isAlone]],
      paint: { 'fill-pattern': ['concat', imageName('land', dark, look.basis), ['get', 'parties']] },
    }],
    ['uncounted', {
      id: 'zone-hatch', source: mainSource, 'source-layer': 'zones', type: 'fill', filter: ['!', counts],
      paint: { 'fill-pattern': ['concat', imageName('mark', dark, look.basis), ['get', 'mark']] },
    }],
    // Not to be seen, only to be asked whose a place is.
    ['zones', {
      id: 'zone-area', source: mainSource, 'source-layer': 'zones', type: 'fill', filter: counts,
      paint: { 'fill-color': colours.land, 'fill-opacity': 0 },
    }],
    ['districts', {
      id: 'district-line', source: mainSource, 'source-layer': 'territories', type: 'line', filter: isDistrict,
      paint: { 'line-color': colours.district, 'line-width': ['interpolate', ['linear'], ['zoom'], 8, 0.6, 13, 1.2] },
    }],
    [null, {
      id: 'coast', source: mainSource, 'source-layer': 'territories', type: 'line', filter: isTerritory, layout: round,
      paint: { 'line-color': colours.coast, 'line-width': 1.2 },
    }],
    // Borders between zones of one party, once a zone is large enough to be told from the next.
    ['zones', {
      id: 'zone-line', source: mainSource, 'source-layer': 'zones', type: 'line', filter: counts, layout: round, minzoom: Math.min(24, tiles.outline_zoom ?? wholeZoom + 3),
      paint: { 'line-color': outline, 'line-width': 0.8 },
    }],
    ['zones', {
      ...held, id: 'held-line', type: 'line', filter: isHeld, layout: round,
      paint: { 'line-color': outline, 'line-width': ['interpolate', ['linear'], ['zoom'], wholeZoom, 1, wholeZoom + 2, 2] },
    }],
    ['changes', { id: 'change-fill', source: changeSource, type: 'fill', paint: { 'fill-pattern': ['concat', `change ${dark ? 'dark' : 'light'} `, ['get', 'mark']] } }],
    ['changes', { id: 'change-casing', source: changeSource, type: 'line', layout: round, filter: ['!=', ['get', 'mark'], 'sliver'], paint: { 'line-color': colours.halo, 'line-width': 4, 'line-opacity': 0.8 } }],
    ['changes', { id: 'change-line', source: changeSource, type: 'line', layout: round, filter: ['!=', ['get', 'mark'], 'sliver'], paint: { 'line-color': ['match', ['get', 'mark'], 'gained', colours.gained, colours.lost], 'line-width': 1.8 } }],
    ['uncounted', {
      id: 'uncounted-line', source: mainSource, 'source-layer': 'zones', type: 'line', filter: ['!', counts], layout: round,
      paint: { 'line-color': markInk, 'line-width': 1.5 },
    }],
    [null, {
      id: 'chosen-line', source: mainSource, 'source-layer': 'territories', type: 'line', layout: round,
      filter: ['==', ['get', 'id'], chosen ?? ''],
      paint: { 'line-color': colours.chosen, 'line-width': 3 },
    }],
    [null, { id: 'near-fill', source: nearSource, type: 'fill', paint: { 'fill-color': colours.sketch, 'fill-opacity': 0.12 } }],
    [null, { id: 'near-casing', source: nearSource, type: 'line', layout: round, paint: { 'line-color': colours.halo, 'line-width': 3.5, 'line-opacity': 0.8 } }],
    [null, { id: 'near-line', source: nearSource, type: 'line', layout: round, paint: { 'line-color': colours.sketch, 'line-width': 1.5 } }],
    ['lines', { ...control, id: 'control-casing', layout: round, paint: { 'line-color': colours.casing, 'line-width': 6 } }],
    ['lines', { ...control, id: 'control-solid', filter: ['!', isDashed], layout: round, paint: { 'line-color': lineColour, 'line-width': 3 } }],
    ['lines', {
      ...control, id: 'control-dashed', filter: isDashed,
      paint: { 'line-color': lineColour, 'line-width': 3, 'line-dasharray': [2.5, 1.5] },
    }],
    ['places', {
      id: 'place-dot', source: mainSource, 'source-layer': 'places', type: 'circle',
      paint: { 'circle-radius': 4.5, 'circle-color': colours.halo, 'circle-stroke-color': colours.place, 'circle-stroke-width': 2 },
    }],
    ...background([...namesAbove(colours, name, font, boldFont), clearOfLines(mainSource)]),
    // Many a district is called like its town: where towns are named, it is named on larger scales only.
    ['districts', {
      id: 'district-name', minzoom: surrounded ? Math.max(0, fills(tiles.bounds) + 2.2) : 0, source: nameSource, 'source-layer': 'territories', type: 'symbol', filter: isDistrict,
      layout: { 'text-field': name, 'text-font': font, 'text-size': ['interpolate', ['linear'], ['zoom'], 8, 11, 12, 16], 'text-max-width': 8 },
      paint: labelPaint,
    }],
    ['places', {
      id: 'place-name', source: mainSource, 'source-layer': 'places', type: 'symbol',
      layout: {
        'text-field': name, 'text-font': font, 'text-size': 12.5,
        'text-variable-anchor': ['left', 'right', 'top', 'bottom'], 'text-radial-offset': 0.8, 'text-justify': 'auto',
      },
      paint: labelPaint,
    }],
    [null, {
      id: 'sketch-fill', source: sketchSource, type: 'fill', filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-color': colours.sketch, 'fill-opacity': 0.12 },
    }],
    [null, { id: 'sketch-casing', source: sketchSource, type: 'line', layout: round, paint: { 'line-color': colours.halo, 'line-width': 6, 'line-opacity': 0.8 } }],
    [null, { id: 'sketch-line', source: sketchSource, type: 'line', layout: round, paint: { 'line-color': colours.sketch, 'line-width': 3 } }],
    [null, {
      id: 'sketch-end', source: sketchSource, type: 'symbol', filter: ['==', ['geometry-type'], 'Point'],
      layout: { 'text-field': ['get', 'name'], 'text-font': boldFont, 'text-size': 16, 'text-offset': [0, -0.9], 'text-allow-overlap': true },
      paint: { 'text-color': colours.sketch, 'text-halo-color': colours.halo, 'text-halo-width': 2 },
    }],
    [null, {
      id: 'thing-mark', source: thingSource, type: 'symbol',
      layout: {
        'icon-image': ['concat', imageName('thing', dark, look.basis), ['get', 'mark']], 'icon-allow-overlap': true, 'icon-ignore-placement': true,
        'icon-size': ['interpolate', ['linear'], ['zoom'], 9, ['*', 0.7, ['get', 'size']], 14, 1],
      },
    }],
    // Names drawn later are placed first.
    ['lines', {
      id: 'control-name', source: lineNameSource, 'source-layer': 'control_lines', type: 'symbol', maxzoom: 11,
      layout: { ...lineName, 'symbol-placement': 'line-center' }, paint: labelPaint,
    }],
    ['lines', {
      id: 'control-name-near', source: mainSource, 'source-layer': 'control_lines', type: 'symbol', minzoom: 11,
      layout: { ...lineName, 'symbol-placement': 'line', 'symbol-spacing': 320 }, paint: labelPaint,
    }],
  ];
  return {
    version: 8,
    transition: { duration: 0, delay: 0 },
    sources: { [mainSource]: source(tiles.maxzoom), [lineNameSource]: source(wholeZoom), [nameSource]: source(wholeZoom - 2), ...(context && { [contextSource]: sourceOf(context) }), [sketchSource]: { type: 'geojson', data: look.sketches }, [nearSource]: { type: 'geojson', data: look.near ?? empty }, [thingSource]: { type: 'geojson', data: look.things ?? empty }, [changeSource]: { type: 'geojson', data: look.changes ?? empty } },
    layers: layers.map(([group, layer]) => (group && look.hidden.has(group) ? hide(layer) : layer)),
  };
}

// The zoom, with its fraction, at which a box (west, south, east, north in degrees) is as large as a tile.
function fills([west, south, east, north]: readonly [number, number, number, number]): number {
  const height = (north - south) / Math.cos((((south + north) / 2) * Math.PI) / 180);
  return Math.log2(360 / Math.max(east - west, height, 1e-6));
}

// The colour that belongs to a property, or else another.
function matched(property: string, pairs: ReadonlyArray<readonly [string, string]>, other: string): ExpressionSpecification | string {
  if (pairs.length === 0) return other;
  return ['match', ['get', property], ...pairs.flat(), other] as unknown as ExpressionSpecification;
}

function nameIn(lang: Lang): ExpressionSpecification {
  return ['coalesce', ['get', `name_${lang}`], ['get', 'name_en'], ''];
}

function hide(layer: LayerSpecification): LayerSpecification {
  return { ...layer, layout: { ...layer.layout, visibility: 'none' } } as LayerSpecification;
}
