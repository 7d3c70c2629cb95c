import type { LineString, Polygon, Position } from 'geojson';
import type { Map as MapLibre } from 'maplibre-gl';
import { TerraDraw, TerraDrawLineStringMode, TerraDrawModeUndoRedo, TerraDrawPolygonMode, TerraDrawSelectMode, TerraDrawSessionUndoRedo } from 'terra-draw';
import { TerraDrawMapLibreGLAdapter } from 'terra-draw-maplibre-gl-adapter';
import type { Tool } from '../sketch';
import { drawByKeys } from './keys';
import '../style/draw.css';

/** A drawing under way. */
export interface Drawing {
  /** ends it with the points set so far, where they make a shape */
  finish(): void;
  /** takes back the point set last, or the change made last */
  undo(): void;
  /** ends it without a shape */
  cancel(): void;
}

type Shape = Polygon | LineString;

// Decimals of a degree: a centimetre, and what the library takes.
const decimals = 7;

// To the modes of the library a button is a key, and no real key is this one.
const finishKey = 'Finish';

/**
 * Lets the reader draw on a map, or with a shape change its corners: a tap or click sets a point, the last point again
 * finishes, and so do Enter and all that drawByKeys tells. Calls done once, with the shape or null. The colour is
 * #rrggbb. The map's style must not be changed meanwhile.
 */
export function drawOn(map: MapLibre, tool: Tool, colour: `#${string}`, before: Shape | null, done: (shape: Shape | null) => void): Drawing {
  const outline = { coordinatePointColor: '#ffffff', coordinatePointOutlineColor: colour, coordinatePointOutlineWidth: 2, coordinatePointWidth: 4 } as const;
  const point = { closingPointColor: colour, closingPointWidth: 7, closingPointOutlineColor: '#ffffff', closingPointOutlineWidth: 2 } as const;
  const keyEvents = { cancel: null, finish: finishKey };
  const mode =
    tool === 'area'
      ? new TerraDrawPolygonMode({ showCoordinatePoints: true, keyEvents, pointerDistance: 24, styles: { fillColor: colour, fillOpacity: 0.12, outlineColor: colour, outlineWidth: 3, ...point, ...outline } })
      : new TerraDrawLineStringMode({ showCoordinatePoints: true, keyEvents, pointerDistance: 24, styles: { lineStringColor: colour, lineStringWidth: 3, ...point, ...outline } });
  const draw = new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map, coordinatePrecision: decimals }),
    modes: before ? [mode, corners(colour)] : [mode],
    undoRedo: before ? { sessionLevel: new TerraDrawSessionUndoRedo() } : { modeLevel: new TerraDrawModeUndoRedo() },
  });
  const canvas = map.getCanvas();
  let ended = false;

  const end = (shape: Shape | null) => {
    if (ended) return;
    ended = true;
    endKeys();
    draw.stop();
    done(shape);
  };
  const endWith = (shape: unknown) => {
    const found = shape as Shape | undefined;
    end(found?.type === 'Polygon' || found?.type === 'LineString' ? found : null);
  };
  const pointer = (type: string, clientX: number, clientY: number) =>
    canvas.dispatchEvent(new PointerEvent(type, { clientX, clientY, button: 0, isPrimary: true, pointerId: 1, bubbles: true, cancelable: true }));
  const edited = () => draw.getSnapshot().find(({ properties, geometry }) => properties.mode === mode.mode && geometry.type !== 'Point')?.geometry;
  const drawing: Drawing = {
    finish: () => (before ? endWith(edited()) : void canvas.dispatchEvent(new KeyboardEvent('keyup', { key: finishKey, bubbles: true }))),
    undo: () => {
      if (draw.canUndo()) draw.undo();
    },
    cancel: () => end(null),
  };
  const endKeys = drawByKeys(map, {
    ...drawing,
    place: (x, y) => {
      for (const type of ['pointermove', 'pointerdown', 'pointerup']) pointer(type, x, y);
    },
    aim: (x, y) => void pointer('pointermove', x, y),
    hasPoints: () => edited() !== undefined,
  }, before === null);
  draw.start();
  if (before) {
    const [added] = draw.addFeatures([{ type: 'Feature', geometry: rounded(before), properties: { mode: mode.mode } }]);
    draw.setMode('select');
    if (added?.id !== undefined) draw.selectFeature(added.id);
  } else {
    draw.on('finish', (id) => {
      const shape = draw.getSnapshotFeature(id)?.geometry;
      // The mode is still at work on this shape; it is stopped once it is through.
      queueMicrotask(() => endWith(shape));
    });
    draw.setMode(mode.mode);
  }
  canvas.focus({ preventScroll: true });
  return drawing;
}

/** Says whether the corners of a shape can be changed by hand. */
export function isEditable(shape: { type: string; coordinates?: unknown }): shape is Shape {
  return shape.type === 'LineString' || (shape.type === 'Polygon' && (shape as Polygon).coordinates.length === 1);
}

// Corners can be dragged and, by the other button, taken away; the points between them make new ones.
function corners(colour: `#${string}`): TerraDrawSelectMode {
  const flags = { feature: { draggable: false, coordinates: { draggable: true, deletable: true, midpoints: { draggable: true } } } };
  return new TerraDrawSelectMode({
    flags: { polygon: flags, linestring: flags },
    keyEvents: null,
    allowManualDeselection: false,
    pointerDistance: 24,
    styles: {
      selectedPolygonColor: colour, selectedPolygonFillOpacity: 0.12, selectedPolygonOutlineColor: colour, selectedPolygonOutlineWidth: 3,
      selectedLineStringColor: colour, selectedLineStringWidth: 3,
      selectionPointColor: '#ffffff', selectionPointWidth: 7, selectionPointOutlineColor: colour, selectionPointOutlineWidth: 3,
      midPointColor: colour, midPointWidth: 4, midPointOutlineColor: '#ffffff', midPointOutlineWidth: 2,
    },
  });
}

function rounded<S extends Shape>(shape: S): S {
  const round = (position: Position): Position => position.slice(0, 2).map((value) => Number(value.toFixed(decimals)));
  const coordinates = shape.type === 'Polygon' ? shape.coordinates.map((ring) => ring.map(round)) : (shape as LineString).coordinates.map(round);
  return { type: shape.type, coordinates } as S;
}
