import 'maplibre-gl/dist/maplibre-gl.css';
import { Map, setWorkerUrl } from 'maplibre-gl';
import { centre, container, drawn, query, server, style, zoom } from './page.js';

setWorkerUrl('/maplibre-gl-worker.mjs');
const map = new Map({ container, style: style ?? `${server}/styles/gaza.json?variant=overlay&${query}`, ...(!style && { center: centre, zoom }), fadeDuration: 0, zoomLevelsToOverscale: 24 });
window.demarcMap = map;
map.on('idle', () => drawn((place) => {
  const { x, y } = map.project(place);
  return [x, y];
}));
