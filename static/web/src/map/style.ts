import type { ExpressionSpecification, LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl';
import type { TileJSON } from '../api';
import type { Lang } from '../lang';
import type { FeatureCollection } from 'geojson';
import { coloursFor, heldOpacity, lineColours } from './colours';
import type { Group } from './groups';
import { zoomOfOneTile } from './tiles';

export interface Look {
  tiles: TileJSON;
  lang: Lang;
  dark: boolean;
  /** the place picked out, or null */
  chosen: string | null;
  hidden: ReadonlySet<Group>;
  /** what the reader drew; ends of a line carry a name */
  sketches: FeatureCollection;
}

/**
 * The source of everything drawn, and two that end shallow, so that a line or a place is in one tile and named once.
 * The one for places is shallower by two: there, parts too small for a name of their own are gone.
 */
export const mainSource = 'demarc';
export const lineNameSource = 'demarc-line-names';
export const nameSource = 'demarc-names';
const sketchSource = 'demarc-sketches';

// Drawn by the reader's own fonts: no glyphs are fetched. The weight is read off the first name of the list, which no
// font needs to have.
const font = ['system-ui', 'sans-serif'];
const boldFont = ['Bold', 'system-ui', 'sans-serif'];

// Closed or under fire control without being held: datasets say so in a property of their own.
const isRestricted: ExpressionSpecification = ['==', ['get', 'x_kind'], 'restricted'];
const isFirm: ExpressionSpecification = ['in', ['get', 'status'], ['literal', ['agreed', 'observed']]];
const isHeld: ExpressionSpecification = ['all', isFirm, ['!', isRestricted]];
const isUnsure: ExpressionSpecification = ['all', ['!', isFirm], ['!', isRestricted]];
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
  const lineColour: ExpressionSpecification = [
    'case',
    ['in', 'yellow', ['get', 'id']], lineColours.yellow,
    ['in', 'orange', ['get', 'id']], lineColours.orange,
    ['==', ['get', 'kind'], 'pullback'], lineColours.yellow,
    ['in', ['get', 'kind'], ['literal', ['restriction', 'restricted', 'fire-control']]], lineColours.orange,
    lineColours.other,
  ];
  const lineName = {
    'text-field': name, 'text-font': boldFont, 'text-size': 12.5, 'text-offset': [0, -1] as [number, number], 'text-max-angle': 80,
  };
  const isAgreed: ExpressionSpecification = ['==', ['get', 'status'], 'agreed'];
  const control = { source: mainSource, 'source-layer': 'control_lines', type: 'line' } as const;
  const round = { 'line-cap': 'round', 'line-join': 'round' } as const;

  const layers: Array<[Group | null, LayerSpecification]> = [
    [null, { id: 'around', type: 'background', paint: { 'background-color': colours.around } }],
    [null, {
      id: 'land', source: mainSource, 'source-layer': 'territories', type: 'fill', filter: isTerritory,
      paint: { 'fill-color': colours.land },
    }],
    // Not to be seen, only to be asked what district a place lies in.
    [null, {
      id: 'district-area', source: mainSource, 'source-layer': 'territories', type: 'fill', filter: isDistrict,
      paint: { 'fill-color': colours.land, 'fill-opacity': 0 },
    }],
    ['zones', {
      id: 'zone-fill', source: mainSource, 'source-layer': 'zones', type: 'fill', filter: isHeld,
      paint: { 'fill-color': colours.held, 'fill-opacity': heldOpacity, 'fill-antialias': false },
    }],
    ['restricted', {
      id: 'restricted-hatch', source: mainSource, 'source-layer': 'zones', type: 'fill', filter: isRestricted,
      paint: { 'fill-pattern': `thin ${colours.heldOutline}` },
    }],
    ['disputed', {
      id: 'zone-hatch', source: mainSource, 'source-layer': 'zones', type: 'fill', filter: isUnsure,
      paint: { 'fill-pattern': `hatch ${colours.disputed}` },
    }],
    ['districts', {
      id: 'district-line', source: mainSource, 'source-layer': 'territories', type: 'line', filter: isDistrict,
      paint: { 'line-color': colours.district, 'line-width': ['interpolate', ['linear'], ['zoom'], 8, 0.6, 13, 1.2] },
    }],
    [null, {
      id: 'coast', source: mainSource, 'source-layer': 'territories', type: 'line', filter: isTerritory, layout: round,
      paint: { 'line-color': colours.coast, 'line-width': 1.2 },
    }],
    ['zones', {
      id: 'zone-line', source: mainSource, 'source-layer': 'zones', type: 'line', filter: isHeld, layout: round,
      paint: { 'line-color': colours.heldOutline, 'line-width': 2 },
    }],
    ['restricted', {
      id: 'restricted-line', source: mainSource, 'source-layer': 'zones', type: 'line', filter: isRestricted, layout: round,
      paint: { 'line-color': colours.heldOutline, 'line-width': 1.2 },
    }],
    ['disputed', {
      id: 'disputed-line', source: mainSource, 'source-layer': 'zones', type: 'line', filter: isUnsure, layout: round,
      paint: { 'line-color': colours.disputedOutline, 'line-width': 1.5 },
    }],
    [null, {
      id: 'chosen-line', source: mainSource, 'source-layer': 'territories', type: 'line', layout: round,
      filter: ['==', ['get', 'id'], chosen ?? ''],
      paint: { 'line-color': colours.chosen, 'line-width': 3 },
    }],
    ['lines', { ...control, id: 'control-casing', layout: round, paint: { 'line-color': colours.casing, 'line-width': 6 } }],
    ['lines', { ...control, id: 'control-agreed', filter: isAgreed, layout: round, paint: { 'line-color': lineColour, 'line-width': 3 } }],
    ['lines', {
      ...control, id: 'control-other', filter: ['!', isAgreed],
      paint: { 'line-color': lineColour, 'line-width': 3, 'line-dasharray': [2.5, 1.5] },
    }],
    ['places', {
      id: 'place-dot', source: mainSource, 'source-layer': 'places', type: 'circle',
      paint: { 'circle-radius': 4.5, 'circle-color': colours.halo, 'circle-stroke-color': colours.place, 'circle-stroke-width': 2 },
    }],
    ['districts', {
      id: 'district-name', source: nameSource, 'source-layer': 'territories', type: 'symbol', filter: isDistrict,
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
    sources: { [mainSource]: source(tiles.maxzoom), [lineNameSource]: source(wholeZoom), [nameSource]: source(wholeZoom - 2), [sketchSource]: { type: 'geojson', data: look.sketches } },
    layers: layers.map(([group, layer]) => (group && look.hidden.has(group) ? hide(layer) : layer)),
  };
}

function nameIn(lang: Lang): ExpressionSpecification {
  return ['coalesce', ['get', `name_${lang}`], ['get', 'name_en'], ''];
}

function hide(layer: LayerSpecification): LayerSpecification {
  return { ...layer, layout: { ...layer.layout, visibility: 'none' } } as LayerSpecification;
}
