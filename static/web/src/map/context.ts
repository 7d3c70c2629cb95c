import type { ExpressionSpecification, LayerSpecification, SourceSpecification } from 'maplibre-gl';
import { ask, type Dataset, type TileJSON } from '../api';
import type { Colours } from './colours';
import { hereOnly } from './tiles';

/** The source of what lies around and below the zones, for orientation. */
export const contextSource = 'demarc-context';

/** Asks for the tiles of the map background; null where the dataset has none, or they cannot be had: a map goes without. */
export async function contextFor({ id, context }: Dataset): Promise<TileJSON | null> {
  if (!context) return null;
  try {
    const answer = await ask<TileJSON>(`tiles/${id}/context.json`, Object.fromEntries(new URL(context.tilejson, location.href).searchParams));
    return { ...answer, tiles: answer.tiles.map(hereOnly) };
  } catch (fault) {
    console.error(fault);
    return null;
  }
}

export function sourceOf(tiles: TileJSON): SourceSpecification {
  return { type: 'vector', tiles: tiles.tiles, bounds: tiles.bounds, minzoom: tiles.minzoom, maxzoom: tiles.maxzoom };
}

const anchors = ['left', 'right', 'bottom', 'top', 'bottom-right', 'top-right', 'bottom-left', 'top-left'] as const;
const rank: ExpressionSpecification = ['get', 'rank'];
const isArea: ExpressionSpecification = ['in', ['get', 'kind'], ['literal', ['country', 'sea']]];
const isInside: ExpressionSpecification = ['==', ['get', 'inside'], true];
const isMain: ExpressionSpecification = ['all', isInside, ['==', rank, 1]];

/** Land of the neighbours; sea is what none covers. */
export function landLayer(colours: Colours): LayerSpecification {
  return { id: 'context-land', source: contextSource, 'source-layer': 'context_land', type: 'fill', paint: { 'fill-color': colours.neighbour } };
}

/** What lies on all land and below the zones, from bottom to top. */
export function layersBelow(colours: Colours): LayerSpecification[] {
  const line = { source: contextSource, type: 'line', layout: { 'line-cap': 'round', 'line-join': 'round' } } as const;
  const width = (thin: number, wide: number): ExpressionSpecification => ['interpolate', ['exponential', 1.5], ['zoom'], 8, thin, 15, wide];
  return [
    { id: 'context-builtup', source: contextSource, 'source-layer': 'context_builtup', type: 'fill', paint: { 'fill-color': colours.builtup } },
    { ...line, id: 'context-water', 'source-layer': 'context_water', paint: { 'line-color': colours.water, 'line-width': width(0.6, 2) } },
    { ...line, id: 'context-road', 'source-layer': 'context_roads', filter: ['>', rank, 1], paint: { 'line-color': colours.road, 'line-width': width(0.6, 4) } },
    { ...line, id: 'context-main-road', 'source-layer': 'context_roads', filter: ['==', rank, 1], paint: { 'line-color': colours.mainRoad, 'line-width': width(1, 6) } },
    {
      ...line, id: 'context-border', 'source-layer': 'context_borders', filter: ['!=', ['get', 'kind'], 'coast'], layout: {},
      paint: { 'line-color': colours.border, 'line-width': 1, 'line-dasharray': [4, 2, 1, 2] },
    },
  ];
}

/** The name of an image that shows nothing and keeps names away. */
export const clearImage = 'clear';

/** Keeps names of the background off the control lines, where there is room beside them. */
export function clearOfLines(source: string): LayerSpecification {
  return {
    id: 'context-clear', source, 'source-layer': 'control_lines', type: 'symbol',
    layout: { 'symbol-placement': 'line', 'symbol-spacing': 16, 'icon-image': clearImage, 'icon-overlap': 'always', 'icon-padding': 1 },
  };
}

/** Dots and names of places, above the zones and below all other names. Names drawn later are placed first. */
export function namesAbove(colours: Colours, name: ExpressionSpecification, font: string[], bold: string[]): LayerSpecification[] {
  const places = { source: contextSource, 'source-layer': 'context_places' } as const;
  const halo = { 'text-halo-color': colours.halo, 'text-halo-width': 1.5 };
  const beside = {
    'text-field': name, 'text-variable-anchor': [...anchors],
    'text-radial-offset': 0.45, 'text-justify': 'auto' as const, 'symbol-sort-key': rank,
  };
  return [
    {
      ...places, id: 'context-dot', type: 'circle', filter: ['!', isArea],
      paint: { 'circle-radius': ['case', isMain, 2.6, 1.8], 'circle-color': ['case', isInside, colours.text, colours.town], 'circle-stroke-color': colours.halo, 'circle-stroke-width': 1 },
    },
    {
      ...places, id: 'context-town', type: 'symbol', filter: ['all', ['!', isArea], ['!', isInside]],
      layout: { ...beside, 'text-font': font, 'text-size': 12 }, paint: { ...halo, 'text-color': colours.town },
    },
    {
      ...places, id: 'context-area', type: 'symbol', filter: isArea,
      layout: { 'text-field': name, 'text-font': font, 'text-size': 13, 'text-letter-spacing': 0.12, 'text-max-width': 7 },
      paint: { ...halo, 'text-color': ['case', ['==', ['get', 'kind'], 'sea'], colours.seaName, colours.town], 'text-halo-color': ['case', ['==', ['get', 'kind'], 'sea'], colours.sea, colours.neighbour] },
    },
    {
      ...places, id: 'context-town-inside', type: 'symbol', filter: ['all', ['!', isArea], isInside, ['>', rank, 1]],
      layout: { ...beside, 'text-font': font, 'text-size': 12.5 }, paint: { ...halo, 'text-color': colours.text },
    },
    {
      ...places, id: 'context-city', type: 'symbol', filter: ['all', ['!', isArea], isMain],
      layout: { ...beside, 'text-font': bold, 'text-size': 14, 'text-overlap': 'cooperative' }, paint: { ...halo, 'text-color': colours.text },
    },
  ];
}
