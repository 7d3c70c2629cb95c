import type { LineString, Polygon } from 'geojson';
import type { Map as MapLibre } from 'maplibre-gl';
import { TerraDraw, TerraDrawLineStringMode, TerraDrawPolygonMode } from 'terra-draw';
import { TerraDrawMapLibreGLAdapter } from 'terra-draw-maplibre-gl-adapter';
import type { Tool } from '../sketch';

/** A drawing under way. */
export interface Drawing {
  /** ends it with the points set so far, where they make a shape */
  finish(): void;
  /** ends it without a shape */
  cancel(): void;
}

/**
 * Lets the reader draw on a map: a tap or click sets a point; Enter, or the last point again, finishes; Escape cancels.
 * Calls done once, with the shape or null. The colour is #rrggbb. The map's style must not be changed meanwhile.
 */
export function drawOn(map: MapLibre, tool: Tool, colour: `#${string}`, done: (shape: Polygon | LineString | null) => void): Drawing {
  const outline = { coordinatePointColor: '#ffffff', coordinatePointOutlineColor: colour, coordinatePointOutlineWidth: 2, coordinatePointWidth: 4 } as const;
  const point = { closingPointColor: colour, closingPointWidth: 7, closingPointOutlineColor: '#ffffff', closingPointOutlineWidth: 2 } as const;
  const mode =
    tool === 'area'
      ? new TerraDrawPolygonMode({ showCoordinatePoints: true, pointerDistance: 24, styles: { fillColor: colour, fillOpacity: 0.12, outlineColor: colour, outlineWidth: 3, ...point, ...outline } })
      : new TerraDrawLineStringMode({ showCoordinatePoints: true, pointerDistance: 24, styles: { lineStringColor: colour, lineStringWidth: 3, ...point, ...outline } });
  const draw = new TerraDraw({ adapter: new TerraDrawMapLibreGLAdapter({ map, coordinatePrecision: 7 }), modes: [mode] });
  const canvas = map.getCanvas();
  let ended = false;

  const end = (shape: Polygon | LineString | null) => {
    if (ended) return;
    ended = true;
    removeEventListener('keydown', onKey);
    draw.stop();
    done(shape);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') end(null);
  };
  draw.on('finish', (id) => {
    const shape = draw.getSnapshotFeature(id)?.geometry;
    // The mode is still at work on this shape; it is stopped once it is through.
    queueMicrotask(() => end(shape?.type === 'Polygon' || shape?.type === 'LineString' ? shape : null));
  });
  addEventListener('keydown', onKey);
  draw.start();
  draw.setMode(mode.mode);
  canvas.focus({ preventScroll: true });

  return {
    // The mode takes keys only; to it a button is the Enter key.
    finish: () => canvas.dispatchEvent(new KeyboardEvent('keyup', { key: 'Enter', bubbles: true })),
    cancel: () => end(null),
  };
}
