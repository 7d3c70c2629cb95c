import 'maplibre-gl/dist/maplibre-gl.css';
import { Map, setWorkerUrl } from 'maplibre-gl';
import { centre, container, drawn, query, server, zoom } from './page.js';

setWorkerUrl('/maplibre-gl-worker.mjs');
const map = new Map({ container, style: `${server}/styles/gaza.json?variant=overlay&${query}`, center: centre, zoom, fadeDuration: 0, zoomLevelsToOverscale: 24 });
map.on('idle', () => drawn((place) => {
  const { x, y } = map.project(place);
  return [x, y];
}));
